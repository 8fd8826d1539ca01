import { MemoryRowStore } from '@rapport/adapters/memory';
import * as e from '@rapport/domain/events';
import { KeyNode, PlanOption } from '@rapport/domain/values';
import { hydrate, type NewEvent } from '@rapport/kernel';
import { modelsOf, rowsOf } from '@rapport/kernel/spec';
import { ticketStory as clocksOf } from '../clocks.story';
import { ticketStory } from '../ticket.story';
import { currentNode } from './current-node.projection';
import { executionLog } from './execution-log.projection';
import { noProgressList } from './no-progress-list.question';

const raisedAt = '2024-03-01T09:00:00.000Z';
const hour = (n: number) => new Date(Date.parse(raisedAt) + n * 3_600_000).toISOString();
const of = { ticketId: 't-1', customerId: 'c-1', type: 'SERVICE', urgency: 'ROUTINE', raisedAt } as const;
const story = ticketStory('t-1', raisedAt);
const step = (n: number, hours: number, more: Partial<e.ExecutionStepRecorded> = {}) =>
  e.ExecutionStepRecorded.of(
    {
      ...{
        ...of,
        step: n,
        stage: `stage ${n}`,
        executedAt: hour(hours),
        executorId: 'ann',
        progress: 'done',
      },
      ...{ nextNode: `node ${n}`, final: false, lateEntry: false, ...more },
    },
    hour(hours),
  );

const rank = { score: 0, handling: 'START_AT_ONCE', urgent: true, important: true } as const;
const scores = { impact: 0, returnOnCost: 0, customerValue: 0, feasibility: 0 };
const prioritised = e.TicketPrioritised.of({
  ...{
    ...of,
    ...rank,
    scores,
    priority: 1,
    quadrant: 'Q1',
    level: 1,
    emergency: true,
    prioritisedAt: hour(1),
  },
});
const overridden = e.TicketPriorityOverridden.of({
  ...{ ...of, ...rank, scores, priority: 2, quadrant: 'Q2', level: 2, from: 'Q1', to: 'Q2' },
  ...{ reason: 'x', approverId: 'uma', overriddenAt: hour(2) },
});

describe('the log of execution', () => {
  it('holds every line of the tracking table', () => {
    const whole = step(1, 2, {
      ...{ customerFeedback: 'soon, please', nextDue: hour(9), evidenceId: 'call-1' },
      ...{ participants: ['bob'], internalProgress: 'hard' },
    });
    const rows = rowsOf(executionLog).given(whole, step(2, 1, { lateEntry: true }));
    rows.row('t-1|1').is({
      ...{ ticketId: 't-1', customerId: 'c-1', step: 1, stage: 'stage 1', executedAt: hour(2) },
      ...{ executorId: 'ann', customerFeedback: 'soon, please', progress: 'done', nextNode: 'node 1' },
      ...{ nextDue: hour(9), final: false, lateEntry: false, evidenceId: 'call-1' },
      ...{ participants: ['bob'], internalProgress: 'hard' },
    });
    rows.row('t-1|2').is({ lateEntry: true, customerFeedback: null, evidenceId: null, participants: [] });
  });
});

describe('the current node', () => {
  const { given } = rowsOf(currentNode);

  it('is the next node of the latest line; a line that is told late does not change it', () => {
    given(story.registered)
      .row('t-1')
      .is({ customerId: 'c-1', nextNode: null, steps: 0, progressAt: raisedAt, cadenceHours: 48 });
    const latest = { stage: 'stage 1', nextNode: 'node 1', nextDue: hour(9), lastStepAt: hour(5), steps: 1 };
    given(story.registered, step(1, 5, { nextDue: hour(9) }))
      .row('t-1')
      .is({ ...latest, executorId: 'ann', progressAt: hour(5) });
    given(story.registered, step(1, 5, { nextDue: hour(9) }), step(2, 3, { lateEntry: true }))
      .row('t-1')
      .is({ ...latest, steps: 2, progressAt: hour(5) });
    const { nextNode: _, ...final } = step(2, 7).data as e.ExecutionStepRecorded;
    given(story.registered, step(1, 5), e.ExecutionStepRecorded.of({ ...final, final: true }))
      .row('t-1')
      .is({ nextNode: null, nextDue: null });
  });
  it('shows in whose hands it is, and whether only the customer can go on', () => {
    const owned = e.TicketOwnerAssigned.of({ ...of, to: 'ann', reassignment: false });
    given(story.registered, owned, story.led(1, 'RND', false))
      .row('t-1')
      .is({ ownerId: 'ann', department: 'RND' });
    const waiting = e.TicketWaitingForCustomer.of({ ...of, question: 'which?', waitingSince: hour(3) });
    const resumed = e.TicketResumed.of({ ...of, waitingSince: hour(3), resumedAt: hour(4) });
    given(story.registered, waiting)
      .row('t-1')
      .is({ waitingSince: hour(3), progressAt: hour(3) });
    given(story.registered, waiting, resumed)
      .row('t-1')
      .is({ waitingSince: null, progressAt: hour(4) });
    const seen = (automatic: boolean) =>
      e.TicketAcknowledged.of({ ...of, acknowledgedAt: hour(2), ...(automatic && { automatic }) });
    given(story.registered, seen(false))
      .row('t-1')
      .is({ progressAt: hour(2) });
    given(story.registered, seen(true)).row('t-1').is({ progressAt: raisedAt });
  });
  it('says since when the customer has to be told what the departments have done', () => {
    const due = e.CustomerTellingDue.of({ ...of, tasks: 1, since: hour(6) });
    const options = [hydrate(PlanOption, { summary: 'this way' })];
    const plan = e.PlanPresented.of({ ...of, options, presentedAt: hour(7), round: 1 });
    given(story.registered, due)
      .row('t-1')
      .is({ toTellSince: hour(6) });
    given(story.registered, due, plan)
      .row('t-1')
      .is({ toTellSince: null, progressAt: hour(7) });
    given(story.registered, due, story.resolved(7))
      .row('t-1')
      .is({ toTellSince: null, solvedAt: hour(7) });
    const confirmed = e.CustomerConfirmedSatisfied.of({ ...of, confirmedAt: hour(8), round: 1 });
    given(story.registered, story.resolved(7), due, confirmed).row('t-1').is({ toTellSince: null });
    const more = e.DepartmentTaskAssigned.of({
      ...{ ...of, taskId: 'b', duty: 'x', department: 'RND', dueAt: hour(99), origin: 'ASSIGNED' },
      ...{ assignedAt: hour(7), acceptBy: hour(11), green: false },
    });
    given(story.registered, due, more).row('t-1').is({ toTellSince: null });
  });
  it('goes with the ticket and comes back with it', () => {
    const withdrawn = e.TicketWithdrawn.of({ ...of, reason: 'x', withdrawnAt: hour(3) });
    given(story.registered, withdrawn).row('t-1').isGone();
    given(story.registered, story.closed(3, 'MET')).row('t-1').isGone();
    given(story.registered, story.resolved(2), story.closed(3, 'MET'), story.reopened(9))
      .row('t-1')
      .is({ customerId: 'c-1', progressAt: hour(9), solvedAt: null });
    const reported = e.CustomerReportedDissatisfied.of({ ...of, reason: 'x', reportedAt: hour(4), round: 1 });
    const second = e.SecondCommunicationStarted.of({ ...of, startedAt: hour(4), round: 2 });
    given(story.registered, story.resolved(2), reported, second)
      .row('t-1')
      .is({ solvedAt: null, progressAt: hour(4) });
  });
  it('is a ticket of 24 hours where it is a complaint, urgent, of the first priority or of a VIP', () => {
    const cadence = (...events: NewEvent[]) =>
      given(...events)
        .row('t-1')
        .value().cadenceHours;
    expect(cadence(story.registered, story.weighed(1, 1))).toBe(24);
    expect(cadence(story.registered, story.weighed(1, 1), story.weighed(2, 2))).toBe(48);
    expect(cadence(story.registered, prioritised)).toBe(24);
    expect(cadence(story.registered, prioritised, overridden)).toBe(48);
    expect(cadence(ticketStory('t-1', raisedAt, 'COMPLAINT').registered)).toBe(24);
    expect(cadence(ticketStory('t-1', raisedAt, 'SERVICE', 'URGENT').registered)).toBe(24);
    const { data } = story.registered;
    expect(cadence(e.TicketRegistered.of({ ...data, grade: 'VIP' }))).toBe(24);
    const again = e.TicketReopened.of({ ...story.reopened(9).data, grade: 'VIP' });
    expect(cadence(story.registered, story.closed(3, 'MET'), again)).toBe(24);
    const complaint = {
      ...of,
      type: 'COMPLAINT',
      to: 'COMPLAINT',
      isEnquiry: false,
      channel: 'PHONE',
    } as const;
    expect(cadence(story.registered, e.TicketClassified.of(complaint))).toBe(24);
  });
});

describe('the cadence of a key account', () => {
  it('is that of a VIP as soon as a clock says that it is a priority customer (C-11), and a closed ticket stays away', () => {
    const { given } = rowsOf(currentNode);
    const t = clocksOf();
    const clock = t.started('FIRST_RESPONSE', hour(24), 1, { priorityCustomer: true });
    given(t.registered(), clock).row('t-1').is({ priorityCustomer: true, cadenceHours: 24 });
    given(t.registered(), t.started('PLAN', hour(24)))
      .row('t-1')
      .is({ cadenceHours: 48 });
    given(t.registered(), t.closed, clock).row('t-1').isGone();
  });
});

describe('tickets without visible progress', () => {
  interface Line {
    readonly ticketId: string;
    readonly quietHours: number;
    readonly overHours: number;
  }
  const { told } = modelsOf(() => new MemoryRowStore(), [currentNode]);
  const quiet = async (events: NewEvent[], now: string, params: object = {}) =>
    (await (await told(...events)).ask<{ readonly tickets: Line[] }>(noProgressList, now, params)).tickets;
  const complaint = ticketStory('t-2', raisedAt, 'COMPLAINT');

  it('are those that have been quiet for longer than their cadence, the longest first', async () => {
    const both = [story.registered, complaint.registered];
    expect(await quiet(both, hour(24))).toEqual([]);
    expect(await quiet(both, hour(25))).toMatchObject([{ ticketId: 't-2', quietHours: 25, overHours: 1 }]);
    expect((await quiet(both, hour(49))).map(({ ticketId }) => ticketId)).toEqual(['t-2', 't-1']);
    expect(await quiet(both, hour(49), { limit: 1 })).toHaveLength(1);
    expect(await quiet([story.registered, step(1, 10)], hour(50))).toEqual([]);
  });
  it('are quiet up to the node that was agreed with the customer, and no longer', async () => {
    const node = (nodeId: string, hours: number, agreedWithCustomer: boolean) =>
      hydrate(KeyNode, { nodeId, dueAt: hour(hours), content: 'we report', agreedWithCustomer });
    const strategy = e.CommunicationStrategySet.of({
      ...{ ...of, version: 1, goals: ['SYNC_PROGRESS'], modes: ['PHONE'], adHoc: false },
      keyNodes: [node('n1', 30, false), node('n2', 73, true)],
      ...{ ownerId: 'ann', ownerCapacity: 'OTHER', nextAction: 'report', nextActionAt: hour(73) },
    });
    const events = [
      complaint.registered,
      e.CommunicationStrategySet.of({ ...strategy.data, ticketId: 't-2' }),
    ];
    expect(await quiet(events, hour(73))).toEqual([]);
    expect(await quiet(events, hour(74))).toMatchObject([{ ticketId: 't-2', quietHours: 74, overHours: 1 }]);
    const synced = e.ProgressSynced.of({
      ...{ ...of, ticketId: 't-2', text: 'it goes on', withoutNews: false, channel: 'PHONE' },
      ...{ nextAt: hour(99), syncedById: 'ann', syncedAt: hour(73) },
    });
    expect(await quiet([...events, synced], hour(97))).toEqual([]);
    expect(await quiet([...events, synced], hour(98))).toHaveLength(1);
  });
  it('are not those that have been solved, nor those in other hands than asked for', async () => {
    expect(await quiet([story.registered, story.resolved(1)], hour(99))).toEqual([]);
    const owned = e.TicketOwnerAssigned.of({ ...of, to: 'ann', reassignment: false });
    const events = [story.registered, owned, story.led(1, 'RND', false), complaint.registered];
    expect(await quiet(events, hour(99), { ownerId: 'ann' })).toMatchObject([{ ticketId: 't-1' }]);
    expect(await quiet(events, hour(99), { department: 'RND' })).toMatchObject([{ ticketId: 't-1' }]);
  });
});
