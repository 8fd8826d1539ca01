import { scenario } from '@rapport/kernel/spec';
import { clocks, reached, stateAfter } from '../sla/slaclocks.story';
import { ticket } from './ticket.decider';
import * as t from './ticket.events';
import { GreenChannelOpened } from './ticket.greenchannel.events';
import * as e from './ticket.strategy.events';
import {
  raisedAt,
  NOW,
  vip,
  of,
  registered,
  analysed,
  owned,
  set,
  lacking,
  stored,
} from './ticket.spoken.story';

const at = (now: string) => scenario(ticket, { now, actor: { id: 'mia', role: 'ACCOUNT_MANAGER' } }).given;
const given = at(NOW);

describe('a strategy says until when the customer hears from us first (SYS-15.3)', () => {
  it('as the clock runs: of a ticket that became urgent from then on, of one that was breached none', () => {
    const routine = { raisedAt, heard: 1, classedAt: raisedAt };
    const upgradedAt = '2024-03-01T14:00:00.000Z';
    const upgraded = { raisedAt, heard: 2, urgency: 'URGENT', classedAt: upgradedAt } as const;
    const running = clocks([raisedAt, routine], [upgradedAt, upgraded]);
    const now = '2024-03-01T14:10:00.000Z';
    const strategyOf = (firstResponseDue: string, history = running) =>
      at(now)(registered, analysed, owned).when(set({ firstResponseDue }), {
        ...{ ...vip, clocks: stateAfter(history) },
      });
    strategyOf('2024-03-01T16:00:00.001Z').thenRefused('LATER_THAN_SLA');
    expect(() => strategyOf('2024-03-01T17:00:00.000Z').decided()).toThrow(
      expect.objectContaining({
        code: 'LATER_THAN_SLA',
        detail: { dueAt: '2024-03-01T16:00:00.000Z' },
      }) as Error,
    );
    const inTime = '2024-03-01T16:00:00.000Z';
    strategyOf(inTime).then(e.CommunicationStrategySet.of({ ...stored, firstResponseDue: inTime }));
    const missed = clocks(
      [raisedAt, { ...routine, urgency: 'URGENT' }],
      ['2024-03-01T11:01:00.000Z', { ...routine, urgency: 'URGENT' }],
    );
    strategyOf('2024-03-02T10:00:00.000Z', missed).then(
      e.CommunicationStrategySet.of({ ...stored, firstResponseDue: '2024-03-02T10:00:00.000Z' }),
    );
  });
  it('in a later round, in which the customer has not heard from us yet, again', () => {
    const answered = t.FirstResponseRecorded.of({ ...of, direction: 'x', respondedAt: NOW });
    const again = t.SecondCommunicationStarted.of({ ...of, round: 2, startedAt: NOW });
    const opening = { start: 'DISSATISFIED', at: NOW, heard: 2 } as const;
    const dissatisfied = { raisedAt, heard: 2, opening, classedAt: raisedAt } as const;
    const second = { ...vip, clocks: stateAfter(clocks([NOW, dissatisfied])) };
    const history = [registered, analysed, owned, answered, again];
    const dayLater = '2024-03-03T04:00:00.000Z';
    given(...history)
      .when(lacking('firstResponseDue'), second)
      .thenRefused('FIRST_RESPONSE_MISSING');
    given(...history)
      .when(set({ firstResponseDue: '2024-03-03T04:00:00.001Z' }), second)
      .thenRefused('LATER_THAN_SLA');
    given(...history)
      .when(set({ firstResponseDue: dayLater }), second)
      .then(e.CommunicationStrategySet.of({ ...stored, firstResponseDue: dayLater }));
  });
  it('by the rules of that round, as long as its clock is not there yet or never will be', () => {
    const answered = t.FirstResponseRecorded.of({ ...of, direction: 'x', respondedAt: NOW });
    const dissatisfied = t.SecondCommunicationStarted.of({ ...of, round: 2, startedAt: NOW });
    const about = { reason: 'back', reopenedAt: NOW, withinRecurrence: true, round: 2 };
    const reopened = t.TicketReopened.of({ ...of, ...about, isEnquiry: false, channel: 'EMAIL' });
    const first = { raisedAt, classedAt: raisedAt };
    const met = clocks(
      [raisedAt, first],
      [NOW, { ...first, heard: 2, reached: [reached('FIRST_RESPONSE', NOW)] }],
    );
    const dayLater = '2024-03-03T04:00:00.000Z';
    for (const again of [dissatisfied, reopened])
      for (const known of [vip, { ...vip, clocks: stateAfter(met) }]) {
        const history = [registered, analysed, owned, answered, again];
        given(...history)
          .when(set({ firstResponseDue: '2024-03-03T04:00:00.001Z' }), known)
          .thenRefused('LATER_THAN_SLA');
        given(...history)
          .when(set({ firstResponseDue: dayLater }), known)
          .then(e.CommunicationStrategySet.of({ ...stored, firstResponseDue: dayLater }));
      }
  });
  it('not again where another solution was delivered and nobody was dissatisfied', () => {
    const answered = t.FirstResponseRecorded.of({ ...of, direction: 'x', respondedAt: NOW });
    const solved = (round: number) =>
      t.SolutionDelivered.of({ ...of, solution: 'x', deliveredAt: NOW, round });
    const { firstResponseDue: _, ...rest } = stored;
    given(registered, analysed, owned, answered, solved(1), solved(2))
      .when(lacking('firstResponseDue'), vip)
      .then(e.CommunicationStrategySet.of(rest));
  });
  it('no later than the plan that a green channel calls for (R-12)', () => {
    const openedAt = '2024-03-02T03:30:00.000Z';
    const planBy = '2024-03-02T05:30:00.000Z';
    const green = GreenChannelOpened.of({ ...of, cause: 'BY_HAND', openedAt, planBy });
    given(registered, analysed, owned, green)
      .when(set({ firstResponseDue: '2024-03-02T05:30:00.001Z' }), vip)
      .thenRefused('LATER_THAN_SLA');
    given(registered, analysed, owned, green)
      .when(set({ firstResponseDue: planBy }), vip)
      .then(e.CommunicationStrategySet.of({ ...stored, firstResponseDue: planBy }));
  });
});
