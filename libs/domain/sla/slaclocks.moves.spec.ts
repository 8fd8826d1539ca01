import {
  at,
  book,
  clocks,
  data,
  dues,
  line,
  MONDAY,
  reached,
  stateAfter,
  working,
  type Facts,
  type Look,
} from './slaclocks.story';
import { BUILT_IN_POLICY } from './slapolicy.builtin.rules';
import { clockState, lastClock } from './slaclocks.state';

const stateOf = (events: ReturnType<typeof clocks>, moment: 'FIRST_RESPONSE' | 'PLAN' | 'RESOLVE') => {
  const clock = lastClock(stateAfter(events), moment);
  return clock && clockState(clock);
};

describe('a ticket that gets another class', () => {
  const urgentAt = (when: string): Look => [when, { heard: 2, urgency: 'URGENT', classedAt: when }];

  it('upwards has the earlier of the old deadline and the new duration from then on (2.4)', () => {
    const events = clocks([MONDAY, {}], urgentAt(at(11, 15)));
    const moved = (moment: string) => data(events, 'SlaClockRescheduled', moment)[0];
    expect(moved('FIRST_RESPONSE')).toMatchObject({
      ...{ from: at(12, 10), to: at(11, 17), cause: 'RECLASSIFIED', winner: { rule: 'SLA-URG' } },
    });
    expect(moved('PLAN')).toMatchObject({ from: at(18, 18), to: at(12, 15) });
    expect(data(events, 'SlaClockStarted', 'ACKNOWLEDGE')).toMatchObject([
      { startAt: at(11, 15), dueAt: at(11, 15, 30) },
    ]);
    const late = clocks([MONDAY, {}], urgentAt(at(12, 9)));
    expect(data(late, 'SlaClockRescheduled', 'FIRST_RESPONSE')).toEqual([]);
  });

  it('gets no clock for what has been reached already', () => {
    const answered = { heard: 2, reached: [reached('FIRST_RESPONSE', at(11, 12))] };
    const [when, urgent] = urgentAt(at(11, 15));
    const events = clocks([MONDAY, {}], [at(11, 12), answered], [when, { ...answered, ...urgent, heard: 3 }]);
    expect(data(events, 'SlaClockStarted', 'ACKNOWLEDGE')).toEqual([]);
  });

  it('too late for what was missed already begins with a time of its own', () => {
    const urgent = { heard: 2, urgency: 'URGENT', classedAt: at(13, 10) } as const;
    const events = clocks([MONDAY, {}], [at(13, 10), urgent]);
    const [started] = data(events, 'SlaClockStarted', 'ACKNOWLEDGE');
    expect(started).toMatchObject({ dueAt: at(13, 10, 30), wakeAt: at(13, 10, 24) });
    expect(started).not.toHaveProperty('clippedBy');
  });

  it('downwards keeps the earlier deadline, unless a supervisor approves (2.4)', () => {
    const down = (approved: boolean): Look => [
      ...([
        at(11, 11),
        { heard: 2, urgency: 'ROUTINE', classedAt: at(11, 11), classApproved: approved },
      ] as const),
    ];
    const urgent: Look = [MONDAY, { urgency: 'URGENT' }];
    expect(data(clocks(urgent, down(false)), 'SlaClockRescheduled')).toEqual([]);
    const eased = clocks(urgent, down(true));
    expect(data(eased, 'SlaClockRescheduled', 'FIRST_RESPONSE')).toMatchObject([
      { from: at(11, 12), to: at(12, 10), cause: 'DOWNGRADE_APPROVED', winner: { rule: 'SLA-ANY' } },
    ]);
    expect(clocks(urgent, down(true), down(true))).toHaveLength(eased.length);
  });

  it('never revives a clock that was breached (2.4)', () => {
    const eased: Facts = { heard: 2, urgency: 'ROUTINE', classedAt: at(11, 12, 30), classApproved: true };
    const events = clocks([MONDAY, { urgency: 'URGENT' }], [at(11, 12, 30), eased]);
    expect(line(events, 'FIRST_RESPONSE').at(-1)).toBe('FIRST_RESPONSE 1 SlaClockBreached');
  });

  it('of quadrant 1 is planned two hours after the green channel was opened (R-12)', () => {
    const q1 = { heard: 2, priority: 1, classedAt: at(11, 15), greenChannelAt: at(11, 15) };
    const events = clocks([MONDAY, {}], [at(11, 15), q1]);
    expect(data(events, 'SlaClockRescheduled', 'PLAN')[0]).toMatchObject({
      ...{ to: at(11, 17), winner: { rule: 'SLA-Q1', startEvent: 'GREEN_CHANNEL_OPENED' } },
    });
  });

  it('of any class is planned two hours after somebody opened its green channel by hand (R-12, SYS-24.1)', () => {
    const byHand = { heard: 2, greenChannelAt: at(11, 15) };
    const events = clocks([MONDAY, {}], [at(11, 15), byHand]);
    expect(data(events, 'SlaClockRescheduled', 'PLAN')).toMatchObject([
      { from: at(18, 18), to: at(11, 17), winner: { rule: 'SLA-GRN', startEvent: 'GREEN_CHANNEL_OPENED' } },
    ]);
    const missed = clocks([MONDAY, {}], [at(11, 15), byHand], [at(11, 17, 1), byHand]);
    expect(line(missed, 'PLAN').at(-1)).toBe('PLAN 1 SlaClockBreached');
  });
});

describe('another round', () => {
  const solved: Facts = { heard: 2, reached: [reached('RESOLVE', at(12, 9))] };
  const unhappy: Facts = {
    ...solved,
    heard: 3,
    opening: { start: 'DISSATISFIED', at: at(13, 10), heard: 3 },
  };

  it('begins when the customer is not satisfied: response in 24 hours, plan in two working days (SLA-2ND)', () => {
    const events = clocks([MONDAY, {}], [at(12, 9), solved], [at(13, 10), unhappy], [at(13, 10), unhappy]);
    expect(dues(events, 2)).toEqual({ FIRST_RESPONSE: at(14, 10), PLAN: at(15, 18) });
    const [first] = data(events, 'SlaClockStarted', 'FIRST_RESPONSE', 2);
    expect(first).toMatchObject({ opener: 'DISSATISFIED', winner: { rule: 'SLA-2ND' }, openedHeard: 3 });
  });

  it('has its plan two hours after a green channel of its own is opened (R-12)', () => {
    const green = { ...unhappy, heard: 4, greenChannelAt: at(13, 12) };
    const events = clocks([MONDAY, {}], [at(12, 9), solved], [at(13, 10), unhappy], [at(13, 12), green]);
    expect(data(events, 'SlaClockRescheduled', 'PLAN', 2)).toMatchObject([
      { from: at(15, 18), to: at(13, 14), winner: { rule: 'SLA-GRN' } },
    ]);
  });

  it('is not satisfied by what was done in the one before', () => {
    const answered: Facts = {
      ...unhappy,
      heard: 4,
      reached: [...(solved.reached ?? []), reached('FIRST_RESPONSE', at(13, 12), 4)],
    };
    const before = clocks([MONDAY, {}], [at(12, 9), solved], [at(13, 10), unhappy]);
    expect(data(before, 'SlaClockMet', 'FIRST_RESPONSE', 2)).toEqual([]);
    const events = clocks([MONDAY, {}], [at(12, 9), solved], [at(13, 10), unhappy], [at(13, 12), answered]);
    expect(data(events, 'SlaClockMet', 'FIRST_RESPONSE', 2)).toMatchObject([{ elapsedMs: 2 * 3_600_000 }]);
  });

  it('is solved until it is newly promised', () => {
    const dueAt = at(18, 12);
    const promises = [
      {
        commitmentId: 'k-2',
        moment: 'RESOLVE' as const,
        dueAt,
        inWriting: true,
        agreedInWriting: false,
        heard: 4,
      },
    ];
    const events = clocks(
      [MONDAY, {}],
      [at(12, 9), solved],
      [at(13, 10), unhappy],
      [at(13, 11), { ...unhappy, heard: 4, promises }],
    );
    expect(data(events, 'SlaClockStarted', 'RESOLVE', 2)).toMatchObject([
      { dueAt, commitmentId: 'k-2', winner: { rule: 'COMMITMENT' } },
    ]);
  });

  it('to be resolved begins when an ordinary complaint rises because its time has passed (2.4)', () => {
    const ordinary: Facts = { type: 'COMPLAINT', complaintLevel: 'ORDINARY' };
    const rise = (when: string): Facts => ({
      ...{ type: 'COMPLAINT', complaintLevel: 'SERIOUS', heard: 2, classedAt: when },
      rise: { start: 'RISEN', at: when, heard: 2 },
    });
    const late = clocks([MONDAY, ordinary], [at(12, 10), rise(at(12, 10))], [at(12, 11), rise(at(12, 10))]);
    expect(data(late, 'SlaClockStarted', 'RESOLVE', 2)).toMatchObject([
      { opener: 'RISEN', startAt: at(12, 10), dueAt: at(13, 10), winner: { rule: 'SLA-CMP2' } },
    ]);
    expect(data(late, 'SlaClockBreached', 'RESOLVE')).toMatchObject([{ breachedAt: at(12, 10) }]);
    const solution = { ...rise(at(12, 10)), heard: 3, reached: [reached('RESOLVE', at(13, 9), 3)] };
    const both = clocks([MONDAY, ordinary], [at(12, 10), rise(at(12, 10))], [at(13, 9), solution]);
    expect(line(both, 'RESOLVE').slice(-1)).toEqual(['RESOLVE 2 SlaClockMet']);
    expect(data(both, 'SlaClockMetLate', 'RESOLVE')).toHaveLength(1);
    const before: Facts = { ...ordinary, heard: 2, reached: [reached('RESOLVE', at(13, 9), 2)] };
    const asleep = { ...rise(at(12, 10)), heard: 3, reached: before.reached ?? [] };
    const heardLater = { ...asleep, rise: { start: 'RISEN' as const, at: at(12, 10), heard: 3 } };
    const slept = clocks([MONDAY, ordinary], [at(13, 9), before], [at(12, 10), heardLater]);
    expect(data(slept, 'SlaClockMet', 'RESOLVE', 2)).toMatchObject([{ reachedAt: at(13, 9) }]);
    const early = clocks([MONDAY, ordinary], [at(11, 12), rise(at(11, 12))]);
    expect(data(early, 'SlaClockStarted', 'RESOLVE', 2)).toEqual([]);
  });

  it('for a plan begins when the requirement deviates (R-15)', () => {
    const deviates: Facts = {
      ...solved,
      heard: 3,
      deviation: { start: 'DEVIATION_DECLARED', at: at(13, 10), heard: 3 },
    };
    const events = clocks([MONDAY, {}], [at(12, 9), solved], [at(13, 10), deviates]);
    expect(dues(events, 2)).toEqual({ PLAN: at(15, 10) });
  });
});

describe('a policy that is published', () => {
  it('moves no clock that runs; the next round is ruled by it (2.4, invariant 4)', () => {
    const hour = { kind: 'CONTINUOUS', minutes: 60 } as const;
    const rules = BUILT_IN_POLICY.rules.map((rule) => ({ ...rule, within: hour }));
    const strict = { ...BUILT_IN_POLICY, version: 2, rules, basis: 'stricter', effectiveFrom: at(11, 12) };
    const rulebook = { ...book, policies: { versions: [strict], promises: [] } };
    const known = { rulebook };
    const events = clocks(
      [MONDAY, {}],
      [at(11, 13), { heard: 2, urgency: 'IMPORTANT', classedAt: at(11, 13) }, known],
    );
    expect(data(events, 'SlaClockRescheduled', 'PLAN')[0]).toMatchObject({ to: at(14, 18) });
    const solved: Facts = { heard: 2, reached: [reached('RESOLVE', at(12, 9))] };
    const unhappy: Facts = {
      ...solved,
      heard: 3,
      opening: { start: 'DISSATISFIED', at: at(13, 10), heard: 3 },
    };
    const next = clocks([MONDAY, {}, known], [at(12, 9), solved, known], [at(13, 10), unhappy, known]);
    expect(data(next, 'SlaClockStarted', 'FIRST_RESPONSE', 2)).toMatchObject([
      { policyVersion: 2, dueAt: at(13, 11) },
    ]);
  });
});

it('a need that is taken back ends its clocks; what was breached stays (SYS-21.6)', () => {
  const events = clocks(
    [MONDAY, {}],
    [at(12, 12), { heard: 2, withdrawnAt: at(12, 12) }, { ticket: { ...working, stage: 'withdrawn' } }],
  );
  expect(data(events, 'SlaClockCancelled').map(({ moment }) => moment)).toEqual(['PLAN', 'RESOLVE']);
  expect(stateOf(events, 'FIRST_RESPONSE')).toBe('BREACHED');
  expect(data(events, 'SlaClockCancelled')[0]).not.toHaveProperty('wakeAt');
});
