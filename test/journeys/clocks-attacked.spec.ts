import fc from 'fast-check';
import * as c from '@rapport/domain/commands';
import type * as e from '@rapport/domain/events';
import { aggregates } from '@rapport/domain';
import { hydrate, type RecordedEvent, type Rules } from '@rapport/kernel';
import { PlanOption, SpokenComplaint } from '@rapport/domain/values';
import { PlayedTicket } from '../support/played-ticket';

const START = '2024-03-01T09:00:00.000Z';
const iso = (ms: number) => new Date(ms).toISOString();
const id = { ticketId: 't-1' };
const HOUR_MS = 3_600_000;
const ann = { id: 'ann', role: 'SERVICE_SPECIALIST' };
const uma = { id: 'uma', role: 'SUPERVISOR' };
const hua = { id: 'hua', role: 'DEPARTMENT_HEAD' };

/** What may be wanted: `now`, and an earlier moment of which somebody may tell late. */
type Wish = (now: string, ago: string, n: number) => object;
const spoken = hydrate(SpokenComplaint, { causes: ['POOR_QUALITY'], emotion: 'CALM' });
const aboutTheTicket: readonly Wish[] = [
  (_, ago) => c.AcknowledgeTicket.of({ ...id, acknowledgedAt: ago }),
  (_, ago) => c.RecordFirstResponse.of({ ...id, respondedAt: ago, direction: 'so', interactionId: 'm' }),
  (_, ago) => c.PresentPlan.of({ ...id, options: [hydrate(PlanOption, { summary: 'x' })], presentedAt: ago }),
  (_, ago) => c.DeliverSolution.of({ ...id, solution: 'x', deliveredAt: ago }),
  () => c.WaitForCustomer.of({ ...id, question: 'which?' }),
  () => c.WaitForCustomer.of({ ...id, question: 'which?', interactionId: 'mail' }),
  () => c.ResumeTicket.of(id),
  (_, __, n) => c.ChangeTicketUrgency.of({ ...id, urgency: URGENCIES[n % 3]!, reason: 'x' }),
  () => c.PrioritiseTicket.of({ ...id, urgent: true, important: true }),
  (_, __, n) => c.OverridePriority.of({ ...id, level: 1 + (n % 4), reason: 'x', approverId: 'uma' }),
  () => c.ReportDissatisfied.of({ ...id, reason: 'no' }),
  () => c.ConfirmSatisfied.of({ ...id, evidence: 'call' }),
  () => c.ReopenTicket.of({ ...id, reason: 'again' }),
  (_, __, n) => c.AssignTicketOwner.of({ ...id, ownerId: [ann, uma, hua][n % 3]!.id }),
  (now, ago) =>
    c.SyncProgress.of({
      ...{ ...id, text: 'x', nextAt: iso(Date.parse(now) + HOUR_MS) },
      ...(ago < now && { syncedAt: ago }),
    }),
  (now, _, n) => promise(n, iso(Date.parse(now) + (1 + (n % 200)) * HOUR_MS)),
  (_, __, n) => c.ConfirmCommitmentInWriting.of({ commitmentId: `k-${n % 2}`, writtenId: 'mail' }),
];
const URGENCIES = ['URGENT', 'IMPORTANT', 'ROUTINE'] as const;
const promise = (n: number, dueAt: string) =>
  c.MakeCommitment.of({
    ...{ commitmentId: `k-${n % 2}`, customerId: 'c-1', ticketId: 't-1', kind: 'RESOLUTION_TIME' },
    ...{ makerId: 'ann', text: 'x', channel: 'PHONE', dueAt, ...(n % 3 === 0 && { writtenId: 'mail' }) },
  });
/** A promise is tied to its ticket by another policy: whether it holds a closure depends on whether that one is awake. */
const CLOSURES: readonly Wish[] = [() => c.CloseTicket.of(id)];
/** Time may make a complaint graver: its own timers are another's work, and come when that one wakes. */
const OF_COMPLAINTS: readonly Wish[] = [
  () => c.ClassifyTicket.of({ ...id, type: 'COMPLAINT', complaint: spoken }),
  () => c.RaiseComplaintLevel.of({ ...id, to: 'MAJOR', because: 'x' }),
];
/** What people do to clocks and escalations themselves, and the end of all. */
const aboutClocks: readonly Wish[] = [
  (_, __, n) =>
    c.PauseSlaClock.of({
      ...id,
      moment: n % 2 ? 'PLAN' : 'RESOLVE',
      reason: 'WAITING_FOR_CUSTOMER',
      questionId: 'q',
    }),
  (_, __, n) => c.ResumeSlaClock.of({ ...id, moment: n % 2 ? 'PLAN' : 'RESOLVE' }),
  (_, __, n) =>
    c.RecordBreachReason.of({ ...id, moment: n % 2 ? 'PLAN' : 'FIRST_RESPONSE', reason: 'KNOWLEDGE_GAP' }),
  () => c.EscalateTicket.of({ ...id, askedBy: 'CUSTOMER', reason: 'x' }),
  () => c.AcceptEscalation.of(id),
  () => c.ResolveEscalation.of({ ...id, note: 'x' }),
  () => c.WithdrawTicket.of({ ...id, reason: 'x' }),
];

interface Step {
  readonly wish: number;
  readonly passes: number;
  readonly late: number;
  readonly n: number;
}
const steps = (wishes: readonly Wish[], late: number) =>
  fc.array(
    fc.record({
      wish: fc.nat(wishes.length - 1),
      passes: fc.oneof(
        fc.constant(0),
        fc.integer({ min: 1, max: 4 * HOUR_MS }),
        fc.integer({ min: 1, max: 60 * HOUR_MS }),
      ),
      late: fc.integer({ min: 0, max: late }),
      n: fc.nat(1_000),
    }),
    { minLength: 1, maxLength: 14 },
  );
const first = fc.record({
  urgency: fc.constantFrom(...URGENCIES),
  isEnquiry: fc.boolean(),
  complaint: fc.boolean(),
});
interface First {
  readonly urgency: (typeof URGENCIES)[number];
  readonly isEnquiry: boolean;
  readonly complaint: boolean;
}

/** No wish comes at the very moment of a deadline, where it would be chance who is first. */
const ODD_MS = 7;

/** `asleep`: nothing follows from anything until the end; then all of it does. */
const play = async (of: First, wishes: readonly Wish[], life: readonly Step[], asleep: boolean) => {
  const world = new PlayedTicket(START);
  await world.send(c.RegisterCustomer.of({ customerId: 'c-1', name: 'A', industry: 'B', source: 'OTHER' }));
  await world.send(
    c.RegisterTicket.of({
      ...{ ...id, customerId: 'c-1', urgency: of.urgency, channel: 'PHONE', verbatim: 'x', collectorId: 's' },
      ...{ raisedAt: START, isEnquiry: of.isEnquiry, type: of.complaint ? 'COMPLAINT' : 'SERVICE' },
      ...(of.complaint && { complaint: spoken }),
    }),
  );
  await world.send(c.AssignTicketOwner.of({ ...id, ownerId: ann.id }));
  if (!asleep) await world.settle();
  for (const { wish, passes, late, n } of life) {
    const now = Date.parse(world.now) + Math.floor(passes / 1_000) * 1_000 + ODD_MS;
    world.now = iso(now);
    if (!asleep) await world.settle();
    const command = wishes[wish]!(iso(now), iso(Math.max(Date.parse(START), now - late)), n);
    await world.send(command, command instanceof c.SyncProgress ? ann : [ann, uma, hua][n % 3]);
    if (!asleep) await world.settle();
  }
  world.now = iso(Date.parse(world.now) + 60 * 24 * HOUR_MS);
  await world.settle();
  return world;
};

type Clock = e.SlaClockStarted & Record<string, unknown>;
const clockOf = ({ data }: RecordedEvent): string => `${(data as Clock).moment} ${(data as Clock).round}`;
const byClock = (events: readonly RecordedEvent[]): ReadonlyMap<string, readonly RecordedEvent[]> => {
  const found = new Map<string, RecordedEvent[]>();
  for (const event of events) found.set(clockOf(event), [...(found.get(clockOf(event)) ?? []), event]);
  return found;
};
const ENDS = ['SlaClockMet', 'SlaClockMetLate', 'SlaClockCancelled'];
const count = (events: readonly RecordedEvent[], ...types: readonly string[]): number =>
  events.filter(({ type }) => types.includes(type)).length;

/** What must hold for the history of one clock, whatever happened. */
const assertSound = (events: readonly RecordedEvent[]): void => {
  expect(events[0]?.type).toBe('SlaClockStarted');
  expect(count(events, 'SlaClockStarted')).toBe(1);
  for (const once of [
    'SlaClockWarned',
    'SlaClockBreached',
    'SlaClockMet',
    'SlaClockMetLate',
    'SlaClockCancelled',
  ])
    expect(count(events, once)).toBeLessThanOrEqual(1);
  expect(count(events, ...ENDS)).toBeLessThanOrEqual(1);
  expect(count(events, 'SlaClockLeftOverdue')).toBeLessThanOrEqual(2);
  const breach = events.findIndex(({ type }) => type === 'SlaClockBreached');
  const end = events.findIndex(({ type }) => ENDS.includes(type));
  const after = (n: number) => events.slice(n + 1).map(({ type }) => type);
  if (breach >= 0) {
    expect(
      after(breach).filter(
        (type) => !['SlaClockLeftOverdue', 'SlaClockMetLate', 'BreachReasonRecorded'].includes(type),
      ),
    ).toEqual([]);
    expect(events[breach]?.occurredAt).toBe((events[breach]?.data as Clock).dueAt);
  } else expect(count(events, 'SlaClockMetLate', 'SlaClockLeftOverdue', 'BreachReasonRecorded')).toBe(0);
  if (end >= 0) expect(after(end).filter((type) => type !== 'BreachReasonRecorded')).toEqual([]);
  for (const { type, data } of events) {
    const { reachedAt, dueAt, breachedAt } = data as Clock & { reachedAt: string; breachedAt: string };
    if (type === 'SlaClockMet') expect(reachedAt <= dueAt).toBe(true);
    if (type === 'SlaClockMetLate') expect(reachedAt > breachedAt).toBe(true);
  }
};

/** Each level at most once for each breach, and only for a breach. */
const assertLadders = (
  escalations: readonly RecordedEvent[],
  clocks: ReadonlyMap<string, readonly RecordedEvent[]>,
) => {
  const called = escalations
    .filter(({ type }) => type === 'TicketEscalated')
    .map(({ data }) => data as e.TicketEscalated)
    .filter(({ moment }) => moment !== undefined)
    .map(({ moment, clockRound, level }) => ({ clock: `${moment} ${clockRound}`, level }));
  const each = called.map(({ clock, level }) => `${clock} ${level}`);
  expect(each).toEqual([...new Set(each)]);
  for (const { clock } of called) expect(count(clocks.get(clock) ?? [], 'SlaClockBreached')).toBe(1);
};

/** A deadline never lies after one that comes later, among clocks of one round that can still be kept (2.4, invariant 1). */
const assertClipped = (clocks: readonly { moment: string; opening: { heard: number }; dueAt: string }[]) => {
  const chain = ['ACKNOWLEDGE', 'FIRST_RESPONSE', 'PLAN', 'RESOLVE'];
  for (const one of clocks)
    for (const other of clocks)
      if (
        one.opening.heard === other.opening.heard &&
        chain.indexOf(one.moment) < chain.indexOf(other.moment)
      )
        expect([one, other, one.dueAt <= other.dueAt]).toEqual([one, other, true]);
};

interface State {
  readonly clocks: readonly {
    readonly moment: string;
    readonly round: number;
    readonly end?: string;
    readonly breachedAt?: string;
    readonly paused?: object;
    readonly opening: { readonly heard: number };
    readonly times: { readonly dueAt: string };
  }[];
}
const slaClocks = aggregates.find(({ name }) => name === 'slaclocks') as Rules<State>;

describe('whatever is wanted of a ticket and its clocks, in whatever order, with a clock that goes on', () => {
  const all = [...aboutTheTicket, ...CLOSURES, ...OF_COMPLAINTS, ...aboutClocks];
  it('no clock is lost, missed twice or mended, and each level is called once for each breach', () =>
    fc.assert(
      fc.asyncProperty(first, steps(all, 6 * HOUR_MS), async (of, life) => {
        const world = await play(of, all, life, false);
        const events = await world.events('slaclocks-t-1');
        const clocks = byClock(events);
        for (const some of clocks.values()) assertSound(some);
        assertLadders(await world.events('escalation-t-1'), clocks);
        const { clocks: standing } = await world.stateOf(slaClocks, 't-1');
        expect(standing.map(({ moment, round }) => `${moment} ${round}`).sort()).toEqual(
          [...clocks.keys()].sort(),
        );
        const running = standing.filter(
          ({ end, breachedAt }) => end === undefined && breachedAt === undefined,
        );
        const overdue = running.filter(
          ({ paused, times }) => paused === undefined && times.dueAt < world.now,
        );
        expect(overdue).toEqual([]);
        assertClipped(
          running
            .filter(({ paused }) => paused === undefined)
            .map(({ moment, opening, times }) => ({ moment, opening, dueAt: times.dueAt })),
        );
        const replayed = events.reduce(
          (state, { type, data, occurredAt }) => slaClocks.evolve[type]!(state, data as never, occurredAt),
          slaClocks.initial,
        );
        expect(replayed).toEqual(await world.stateOf(slaClocks, 't-1'));
      }),
      { numRuns: 60 },
    ));

  /** Syncs follow one from another: which class the next one is of is settled when somebody wakes. */
  it('a process that slept over all of it tells the same history of every clock of the chain', () =>
    fc.assert(
      fc.asyncProperty(first, steps(aboutTheTicket, 6 * HOUR_MS), async (raised, life) => {
        const of = { ...raised, complaint: false };
        const [awake, slept] = await Promise.all(
          [false, true].map((asleep) => play(of, aboutTheTicket, life, asleep)),
        );
        const told = async (world: PlayedTicket | undefined) =>
          ((await world?.events('slaclocks-t-1')) ?? [])
            .filter(({ data }) => (data as Clock).moment !== 'PROGRESS_SYNC')
            .map(({ type, data, occurredAt }) => {
              const { moment, round, dueAt, startAt } = data as Clock;
              const at = type === 'SlaClockStarted' ? startAt : occurredAt;
              return [moment, round, type, at, dueAt].join(' ');
            })
            .sort();
        expect(await told(slept)).toEqual(await told(awake));
      }),
      { numRuns: 60 },
    ));
});
