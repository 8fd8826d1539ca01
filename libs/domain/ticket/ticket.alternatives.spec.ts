import { scenario } from '@rapport/kernel/spec';
import * as c from './ticket.analysis.commands';
import * as e from './ticket.analysis.events';
import { CloseTicket, CloseUnconfirmed } from './ticket.commands';
import { ticket } from './ticket.decider';
import * as t from './ticket.events';
import { NOW, analysed, of, registered, stored, uma } from './ticket.weighed.story';

const at = (now: string, actor = uma) => scenario(ticket, { now, actor }).given;
const given = at(NOW);

describe('an alternative', () => {
  const offeredAt = '2024-03-02T02:00:00.000Z';
  const offer = c.OfferAlternative.of({
    ...{ ticketId: 't-1', alternativeId: 'a-1', alternative: 'a spreadsheet', offeredAt },
  });
  const offered = e.AlternativeOffered.of(
    {
      ...{ ...of, alternativeId: 'a-1', alternative: 'a spreadsheet', verdict: 'PARTIAL', version: 1 },
      offeredAt,
    },
    offeredAt,
  );
  const answer = (changes: Partial<c.RecordAlternativeAnswer> = {}) =>
    c.RecordAlternativeAnswer.of({
      ...{ ticketId: 't-1', alternativeId: 'a-1', answer: 'ACCEPTED', answeredAt: NOW, ...changes },
    });
  const accepted = e.AlternativeAccepted.of({ ...of, alternativeId: 'a-1', version: 1, answeredAt: NOW });
  const rejected = (insists = false) =>
    e.AlternativeRejected.of({ ...of, alternativeId: 'a-1', version: 1, insists, answeredAt: NOW });

  it('is offered after the analysis, under an id of its own', () => {
    given(registered, analysed).when(offer).then(offered);
    given(registered).when(offer).thenRefused('ANALYSIS_REQUIRED');
    given(registered, analysed, offered).when(offer).thenRefused('ALTERNATIVE_EXISTS');
  });
  it('is accepted or rejected, once', () => {
    given(registered, analysed, offered).when(answer()).then(accepted);
    given(registered, analysed, offered)
      .when(answer({ words: 'I can live with the template first' }))
      .then(
        e.AlternativeAccepted.of({
          ...{
            ...of,
            alternativeId: 'a-1',
            version: 1,
            answer: 'I can live with the template first',
            answeredAt: NOW,
          },
        }),
      );
    given(registered, analysed, offered)
      .when(answer({ answer: 'REJECTED' }))
      .then(rejected());
    given(registered, analysed, offered, accepted).when(answer()).thenNothing();
    given(registered, analysed, offered, accepted)
      .when(answer({ answer: 'REJECTED' }))
      .thenRefused('ALTERNATIVE_ANSWERED');
  });
  it('is answered after it was offered and not before it was there', () => {
    given(registered, analysed).when(answer()).thenRefused('ALTERNATIVE_UNKNOWN');
    given(registered, analysed, offered)
      .when(answer({ answeredAt: '2024-03-02T01:59:59.999Z' }))
      .thenRefused('BEFORE_OFFERED');
    given(registered, analysed, offered)
      .when(answer({ answeredAt: '2024-03-02T03:00:00.001Z' }))
      .thenRefused('IN_FUTURE');
    given(registered, analysed, offered)
      .when(answer({ insists: true }))
      .thenRefused('CONTRADICTORY_ANSWER');
  });
  it('that is rejected without a risk plan sets nothing in motion', () => {
    given(registered, analysed, offered)
      .when(answer({ answer: 'REJECTED', insists: true }))
      .then(rejected(true));
  });

  describe('and the verdict before closure', () => {
    const delivered = t.SolutionDelivered.of({ ...of, solution: 'x', deliveredAt: NOW, round: 1 });
    const confirmed = t.CustomerConfirmedSatisfied.of({ ...of, confirmedAt: NOW, round: 1 });
    const close = CloseTicket.of({ ticketId: 't-1' });
    const closed = (closedAt: string, outcome: 'CONFIRMED' | 'UNCONFIRMED') =>
      t.TicketClosed.of({ ...of, outcome, closedAt, round: 1 });
    const tell = c.TellVerdict.of({ ticketId: 't-1', toldAt: NOW, interactionId: 'call-1' });
    const toldIt = e.VerdictTold.of({
      ...{ ...of, verdict: 'PARTIAL', version: 1, toldAt: NOW, interactionId: 'call-1' },
    });

    it('a verdict of NO or PARTIAL that nobody told the customer blocks it', () => {
      given(registered, analysed, delivered, confirmed).when(close).thenRefused('VERDICT_UNTOLD');
      given(registered, analysed, toldIt, delivered, confirmed).when(close).then(closed(NOW, 'CONFIRMED'));
      given(registered, analysed, offered, delivered, confirmed).when(close).then(closed(NOW, 'CONFIRMED'));
    });
    it('also where the customer never answered', () => {
      const later = '2024-04-01T09:00:00.000Z';
      const silently = CloseUnconfirmed.of({ ticketId: 't-1' });
      at(later)(registered, analysed, delivered).when(silently).thenRefused('VERDICT_UNTOLD');
      at(later)(registered, analysed, toldIt, delivered).when(silently).then(closed(later, 'UNCONFIRMED'));
      const importer = { id: 'importer', role: 'MIGRATION' };
      at(later, importer)(registered, analysed).when(silently).then(closed(later, 'UNCONFIRMED'));
    });
    it('is told once, and YES need not be told', () => {
      given(registered, analysed).when(tell).then(toldIt);
      given(registered, analysed, toldIt).when(tell).thenNothing();
      given(registered).when(tell).thenRefused('ANALYSIS_REQUIRED');
      const yes = e.TicketAnalysed.of({ ...stored, verdict: 'YES', mustBeTold: false });
      given(registered, yes).when(tell).thenNothing();
      given(registered, yes, delivered, confirmed).when(close).then(closed(NOW, 'CONFIRMED'));
    });
  });
});
