import * as e from '@rapport/domain/events';
import { groupsOf } from '@rapport/kernel';
import { rowsOf } from '@rapport/kernel/spec';
import { ticketTimeliness, timelinessFigures } from './ticket-timeliness.projection';

const { given } = rowsOf(ticketTimeliness);
const raisedAt = '2024-03-01T09:00:00.000Z';
const at = (hours: number) => new Date(Date.parse(raisedAt) + hours * 3_600_000).toISOString();
const of = { ticketId: 't-1', customerId: 'c-1', type: 'SERVICE', urgency: 'ROUTINE', raisedAt } as const;
const registered = e.TicketRegistered.of({
  ...{
    ...of,
    isEnquiry: false,
    isComplex: false,
    channel: 'PHONE',
    verbatim: 'it burns',
    collectorId: 'sam',
  },
});
const delivered = (hours: number, round = 1) =>
  e.SolutionDelivered.of({ ...of, solution: 'x', deliveredAt: at(hours), round });
const closed = (hours: number, verdict: { sourceVerdict?: 'MET' | 'MISSED' } = {}) =>
  e.TicketClosed.of({ ...of, outcome: 'UNCONFIRMED', closedAt: at(hours), round: 1, ...verdict });
const step = (hours: number) =>
  e.ExecutionStepRecorded.of({
    ...{
      ...of,
      step: 1,
      stage: 'x',
      executedAt: at(hours),
      executorId: 'a',
      progress: 'x',
      final: true,
      lateEntry: false,
    },
  });
const reopened = e.TicketReopened.of({
  ...{
    ...of,
    reason: 'x',
    reopenedAt: at(9),
    withinRecurrence: true,
    round: 2,
    isEnquiry: false,
    channel: 'PHONE',
  },
});

describe('the times of a ticket', () => {
  it('the first work is whatever moved it on from being new', () => {
    const firsts = [
      e.TicketAcknowledged.of({ ...of, acknowledgedAt: at(2) }),
      e.FirstResponseRecorded.of({ ...of, direction: 'x', respondedAt: at(2) }),
      step(2),
      e.PlanPresented.of({ ...of, options: [], presentedAt: at(2), round: 1 }),
      e.TicketWaitingForCustomer.of({ ...of, question: 'x', waitingSince: at(2) }),
      delivered(2),
      closed(2),
    ];
    for (const event of firsts)
      given(registered, event, step(5))
        .row('t-1')
        .is({ firstWorkAt: at(2) });
    const assigned = e.TicketOwnerAssigned.of({ ...of, to: 'ann', reassignment: false });
    given(registered, assigned).row('t-1').is({ firstWorkAt: null });
  });
  it('an entry that comes late still counts from when it was', () => {
    given(registered, step(5), step(2))
      .row('t-1')
      .is({ firstWorkAt: at(2) });
    given(registered, delivered(5), delivered(2, 2))
      .row('t-1')
      .is({ firstSolvedAt: at(2), lastSolvedAt: at(5) });
  });
  it('the first and the last solution, and the closure', () => {
    given(registered, delivered(3), delivered(7, 2), closed(8))
      .row('t-1')
      .is({ firstSolvedAt: at(3), lastSolvedAt: at(7), closedAt: at(8), rounds: 2 });
  });
  it('a reopened ticket is not closed any more', () => {
    given(registered, closed(8), reopened).row('t-1').is({ closedAt: null, reopens: 1, rounds: 2 });
    given(registered, closed(8), reopened, closed(12))
      .row('t-1')
      .is({ closedAt: at(12), reopens: 1 });
  });
  it('the waits are added up', () => {
    const wait = (from: number, to: number) =>
      e.TicketResumed.of({ ...of, waitingSince: at(from), resumedAt: at(to) });
    given(registered, wait(1, 2), wait(4, 7))
      .row('t-1')
      .is({ waitingMs: 4 * 3_600_000 });
  });
  it('only changes of hands count as reassignments', () => {
    const owner = (reassignment: boolean) => e.TicketOwnerAssigned.of({ ...of, to: 'ann', reassignment });
    const led = (to: string, reassignment: boolean) =>
      e.LeadDepartmentAssigned.of({ ...of, to, reassignment });
    given(registered, owner(false), owner(true), led('A', false), led('B', true), led('C', true))
      .row('t-1')
      .is({ ownerReassignments: 1, departmentReassignments: 2, department: 'C' });
  });
  it('priority and verdict are the last ones', () => {
    const weighed = e.TicketUrgencyChanged.of({
      ...of,
      priority: 3,
      from: 'ROUTINE',
      to: 'ROUTINE',
      reason: 'x',
    });
    given(
      registered,
      weighed,
      closed(1, { sourceVerdict: 'MET' }),
      reopened,
      closed(2, { sourceVerdict: 'MISSED' }),
    )
      .row('t-1')
      .is({ priority: 3, sourceVerdict: 'MISSED' });
  });
  it('are told by month, final priority and department', () => {
    const row = given(registered, delivered(2), closed(4, { sourceVerdict: 'MET' }))
      .row('t-1')
      .value();
    const [group] = groupsOf(timelinessFigures, [row]);
    expect(group).toMatchObject({
      month: '2024-03',
      priority: 'NONE',
      department: 'UNASSIGNED',
      rows: 1,
      closed: 1,
    });
    expect(group).toMatchObject({
      verdictMet: 1,
      verdictMissed: 0,
      reopens: 0,
      firstResponse: {},
      waiting: {},
    });
  });
});
