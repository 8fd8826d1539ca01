import { Amount, hydrate } from '@rapport/kernel';
import { scenario } from '@rapport/kernel/spec';
import * as c from './ticket.analysis.commands';
import * as e from './ticket.analysis.events';
import { ToldResources } from './ticket.analysis.values';
import { ticket } from './ticket.decider';
import * as t from './ticket.events';
import {
  NOW,
  analyse,
  analysed,
  flags,
  of,
  people,
  raisedAt,
  registered,
  stored,
  told,
  uma,
  wanted,
} from './ticket.weighed.story';

const at = (now: string, actor = uma) => scenario(ticket, { now, actor }).given;
const given = at(NOW);
const known = { customer: { stage: 'known', profile: { ZONE: 'Asia/Shanghai' }, contacts: {} } };
const unclassified = (() => {
  const { type: _, ...without } = of;
  return t.TicketRegistered.of({ ...without, ...told, ...flags }, raisedAt);
})();

describe('a need is analysed', () => {
  it('as in WE-01: PARTIAL, coordination and an alternative, 2 technical and 1 product, RND works', () => {
    given(registered).when(analyse(), known).then(analysed);
  });
  it('once it is classified: here, or before', () => {
    given(unclassified).when(analyse(), known).thenRefused('TICKET_UNCLASSIFIED');
    const { type: _, ...unknown } = of;
    const classified = t.TicketClassified.of({
      ...{ ...unknown, type: 'FUNCTIONAL', to: 'FUNCTIONAL', isEnquiry: false, channel: 'EMAIL' },
    });
    given(unclassified)
      .when(analyse({ type: 'FUNCTIONAL' }), known)
      .then(classified, analysed);
  });
  it('a corrected type is an event of its own, and the assessment is of the new type', () => {
    const corrected = t.TicketClassified.of({
      ...{ ...of, type: 'SERVICE', from: 'FUNCTIONAL', to: 'SERVICE', isEnquiry: false, channel: 'EMAIL' },
    });
    given(registered)
      .when(analyse({ type: 'SERVICE' }), known)
      .then(corrected, e.TicketAnalysed.of({ ...stored, type: 'SERVICE' }));
  });
  it('a budget and a place on the roadmap are kept', () => {
    const budget = hydrate(Amount, { minor: 50_000_00, currency: 'CNY' });
    given(registered)
      .when(analyse({ resources: hydrate(ToldResources, { people, budget }), roadmapPosition: 'Q3' }), known)
      .then(e.TicketAnalysed.of({ ...stored, resources: { people, budget }, roadmapPosition: 'Q3' }));
  });
  it('on a day of the customer’s calendar between the day it was raised and today', () => {
    const late = at('2024-03-02T17:00:00.000Z');
    given(registered)
      .when(analyse({ analysedOn: '2024-02-29' }), known)
      .thenRefused('BEFORE_RAISED');
    given(registered)
      .when(analyse({ analysedOn: '2024-03-03' }), known)
      .thenRefused('IN_FUTURE');
    given(registered)
      .when(analyse({ analysedOn: '2024-03-01' }), known)
      .then(e.TicketAnalysed.of({ ...stored, analysedOn: '2024-03-01' }));
    // It is Sunday already in Shanghai.
    late(registered)
      .when(analyse({ analysedOn: '2024-03-03' }), known)
      .then(e.TicketAnalysed.of({ ...stored, analysedOn: '2024-03-03' }));
  });
  it('not when it is closed, and not twice: it is revised', () => {
    const closed = t.TicketClosed.of({ ...of, outcome: 'CONFIRMED', closedAt: NOW, round: 1 });
    given(registered, closed).when(analyse(), known).thenRefused('TICKET_CLOSED');
    given(registered, analysed).when(analyse(), known).thenRefused('TICKET_ANALYSED');
  });
});

describe('it is analysed anew', () => {
  const revise = (changes: Partial<c.ReviseAnalysis> = {}) =>
    c.ReviseAnalysis.of({ ...wanted, revisionReason: 'the API is there', ...changes });
  const revised: e.TicketAnalysisRevised = {
    ...stored,
    ...{ version: 2, from: 'PARTIAL', revisionReason: 'the API is there' },
  };

  it('in a version of its own; the one before remains in the log', () => {
    given(registered, analysed)
      .when(revise({ verdict: 'YES' }), known)
      .then(e.TicketAnalysisRevised.of({ ...revised, verdict: 'YES', mustBeTold: false }));
    given(registered, analysed, e.TicketAnalysisRevised.of(revised))
      .when(revise(), known)
      .then(e.TicketAnalysisRevised.of({ ...revised, version: 3 }));
    given(registered).when(revise(), known).thenRefused('ANALYSIS_REQUIRED');
  });
  it('what was told and has not changed need not be told again', () => {
    const toldIt = e.VerdictTold.of({ ...of, verdict: 'PARTIAL', version: 1, toldAt: NOW });
    given(registered, analysed, toldIt)
      .when(revise({ suggestionText: 'develop it in May' }), known)
      .then(
        e.TicketAnalysisRevised.of({ ...revised, suggestionText: 'develop it in May', mustBeTold: false }),
      );
    given(registered, analysed, toldIt)
      .when(revise({ reason: 'no longer supported' }), known)
      .then(e.TicketAnalysisRevised.of({ ...revised, reason: 'no longer supported' }));
  });
  it('whether it is complex stays as it was said, until it is said otherwise', () => {
    const complex = e.TicketAnalysed.of({ ...stored, isComplex: true });
    given(registered)
      .when(analyse({ isComplex: true }), known)
      .then(complex);
    given(registered, complex)
      .when(revise(), known)
      .then(e.TicketAnalysisRevised.of({ ...revised, isComplex: true }));
  });
});
