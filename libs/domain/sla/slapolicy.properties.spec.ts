import fc from 'fast-check';
import { dueOf } from './calendar.rules';
import { boundsOf, neverLater } from './calendarbounds.rules';
import { SLA_CHAIN, SlaMoment, SlaStart, type ServiceTier, type SlaDuration } from './sla.values';
import { BUILT_IN_POLICY } from './slapolicy.builtin.rules';
import { underCommitments, type CommittedTime } from './slapolicy.commitments.rules';
import { rulingsOf, type Rulings, type Starts } from './slapolicy.rules';
import { strictnessBreach } from './slapolicy.strictness.rules';
import type { SlaCase, SlaMatch, SlaRule } from './slapolicy.values';
import { BUILT_IN_CALENDAR } from './workingcalendar.builtin.rules';
import { WEEKDAYS, type Weekday, type WorkingCalendar } from './workingcalendar.values';

const JANUARY = '2024-01-01T00:00:00.000Z';
const HOUR_MS = 3_600_000;
const on = (days: readonly Weekday[], opens: string, closes: string) =>
  days.map((weekday) => ({ weekday, opens, closes }));
const daysFrom = (first: string, count: number) =>
  Array.from({ length: count }, (_, n) => ({
    day: new Date(Date.parse(first) + n * 24 * HOUR_MS).toISOString().slice(0, 10),
    name: 'free',
  }));

/** As the house has it; with weeks of holidays; split days where clocks move; days without an end; short ones. */
const calendars: readonly WorkingCalendar[] = [
  BUILT_IN_CALENDAR,
  {
    ...BUILT_IN_CALENDAR,
    holidays: daysFrom('2024-03-25', 16),
    makeUpDays: [{ day: '2024-03-24', name: 'made up', like: 'FRIDAY' }],
  },
  {
    ...{ ...BUILT_IN_CALENDAR, zone: 'Europe/Berlin', priority: on(WEEKDAYS, '00:00', '24:00') },
    standard: [
      ...[...on(WEEKDAYS.slice(0, 5), '07:30', '12:00'), ...on(WEEKDAYS.slice(0, 4), '13:00', '17:15')],
      ...on(['SATURDAY'], '00:00', '10:00'),
    ],
  },
  {
    ...{ ...BUILT_IN_CALENDAR, zone: 'Australia/Lord_Howe', priority: on(WEEKDAYS, '00:00', '24:00') },
    standard: on(WEEKDAYS, '00:00', '24:00'),
  },
  {
    ...{ ...BUILT_IN_CALENDAR, zone: 'America/New_York', priority: on(WEEKDAYS, '00:00', '20:00') },
    standard: [...on(['SUNDAY'], '01:15', '03:45'), ...on(['TUESDAY'], '06:00', '09:00')],
  },
];
const calendar = fc.constantFrom(...calendars);
const bounds = new Map(calendars.map((by) => [by, boundsOf(by, JANUARY)]));
const tier = fc.constantFrom<ServiceTier>('STANDARD', 'PRIORITY');
/** Somewhere in 2024, most often about the days at which clocks are moved. */
const moment = fc
  .tuple(
    fc.constantFrom(
      '2024-03-08',
      '2024-03-29',
      '2024-04-05',
      '2024-10-04',
      '2024-10-25',
      '2024-11-01',
      '2024-06-03',
    ),
    fc.integer({ min: 0, max: 4 * 24 * 60 }),
  )
  .map(([day, minutes]) => new Date(Date.parse(day) + minutes * 60_000).toISOString());
const length: fc.Arbitrary<SlaDuration> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('CONTINUOUS' as const, 'SERVICE_WINDOW' as const),
    minutes: fc.integer({ min: 1, max: 100 }).map((quarters) => quarters * 60),
  }),
  fc.record({
    kind: fc.constantFrom('WORKING_DAY' as const, 'CALENDAR_DAY' as const),
    days: fc.integer({ min: 1, max: 6 }),
  }),
);

const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined, freq: 2 });
const match = fc.record(
  {
    urgency: fc.constantFrom('URGENT' as const, 'IMPORTANT' as const, 'ROUTINE' as const),
    complaintLevel: fc.constantFrom('MAJOR' as const, 'SERIOUS' as const, 'ORDINARY' as const),
    quadrant: fc.integer({ min: 1, max: 4 }),
    ...{ isEnquiry: fc.boolean(), priorityCustomer: fc.boolean(), afterSale: fc.boolean() },
    roundMin: fc.constantFrom(1, 2),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<SlaMatch>;
const rule: fc.Arbitrary<SlaRule> = fc.record({
  ...{ id: fc.constantFrom('A', 'B', 'C'), match, within: length },
  moment: fc.constantFrom(...(Object.keys(SlaMoment) as SlaMoment[])),
  start: fc.constantFrom('RAISED' as const, 'RAISED' as const, 'GREEN_CHANNEL_OPENED' as const),
});
/** Rules of nobody's making, alone or beside the built-in ones. */
const rules = fc
  .tuple(fc.boolean(), fc.array(rule, { minLength: 1, maxLength: 6 }))
  .map(([alone, some]) => (alone ? some : [...BUILT_IN_POLICY.rules, ...some]));

const ticket: fc.Arbitrary<SlaCase> = fc
  .record({
    type: maybe(fc.constantFrom('COMPLAINT' as const, 'COMPLAINT' as const, 'SERVICE' as const)),
    urgency: fc.constantFrom('URGENT' as const, 'IMPORTANT' as const, 'ROUTINE' as const),
    complaintLevel: maybe(fc.constantFrom('MAJOR' as const, 'SERIOUS' as const, 'ORDINARY' as const)),
    quadrant: maybe(fc.integer({ min: 1, max: 4 })),
    ...{ isEnquiry: fc.boolean(), priorityCustomer: fc.boolean(), afterSale: fc.boolean() },
    ...{ round: fc.constantFrom(1, 2), expectedDays: fc.constantFrom(1, 4) },
  })
  .map(({ type, complaintLevel, quadrant, ...of }) => ({
    ...of,
    ...(type && { type }),
    ...(type === 'COMPLAINT' && { complaintLevel: complaintLevel ?? 'ORDINARY' }),
    ...(quadrant !== undefined && { quadrant }),
  }));
/** Everything begins when it was raised, but the green channel may open hours later. */
const startsFrom = (raised: string, hoursLater: number): Starts => ({
  ...Object.fromEntries(Object.keys(SlaStart).map((start) => [start, raised])),
  GREEN_CHANNEL_OPENED: new Date(Date.parse(raised) + hoursLater * HOUR_MS).toISOString(),
});
const dues = (rulings: Rulings): readonly string[] => SLA_CHAIN.flatMap((name) => rulings[name]?.due ?? []);
const sorted = (rulings: Rulings): void => expect(dues(rulings)).toEqual([...dues(rulings)].sort());

describe('whatever the policy and the ticket', () => {
  it('an earlier moment is never due after a later one (invariant 1), nor under commitments', () =>
    fc.assert(
      fc.property(
        ...([ticket, rules, calendar, moment, fc.nat(30)] as const),
        fc.array(
          fc.record({
            ...{
              commitmentId: fc.constant('p'),
              moment: fc.constantFrom(...(Object.keys(SlaMoment) as SlaMoment[])),
            },
            ...{ dueAt: moment, inWriting: fc.boolean(), agreedInWriting: fc.boolean() },
          }),
          { maxLength: 4 },
        ),
        (of, some, by, raised, later, commitments: readonly CommittedTime[]) => {
          const rulings = rulingsOf(of, startsFrom(raised, later), { rules: some }, by);
          sorted(rulings);
          const moved = underCommitments(rulings, commitments);
          sorted(moved);
          for (const name of ['ACKNOWLEDGE', 'FIRST_RESPONSE'] as const)
            expect((moved[name]?.due ?? '') <= (rulings[name]?.due ?? '')).toBe(true);
        },
      ),
      { numRuns: 400 },
    ));
  it('what is remembered of one case and one start answers for no other one', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(ticket, fc.integer({ min: 0, max: 2 })), { minLength: 2, maxLength: 8 }),
        ...([rules, calendar, moment] as const),
        (asked, some, by, raised) => {
          for (const [of, later] of [...asked, ...asked]) {
            const starts = startsFrom(raised, later);
            const anew = rulingsOf(of, starts, { rules: [...some] }, structuredClone(by));
            expect(rulingsOf(of, starts, { rules: some }, by)).toEqual(anew);
          }
        },
      ),
      { numRuns: 100 },
    ));
  it('the winner is the strictest of all that hold, and nobody is forgotten', () =>
    fc.assert(
      fc.property(ticket, rules, calendar, moment, (of, some, by, raised) => {
        const rulings = rulingsOf(of, startsFrom(raised, 0), { rules: some }, by);
        for (const { ruled, due, losers } of Object.values(rulings)) {
          expect(losers.every((loser) => loser.due >= ruled)).toBe(true);
          expect(due <= ruled).toBe(true);
        }
      }),
      { numRuns: 300 },
    ));
});

describe('a duration that is said never to be later than another one', () => {
  it('is not, on any day, in any zone', () =>
    fc.assert(
      fc.property(
        length,
        tier,
        length,
        tier,
        calendar,
        moment,
        (one, oneTier, other, otherTier, by, start) => {
          const [quick, slow] = [
            { within: one, tier: oneTier },
            { within: other, tier: otherTier },
          ];
          if (!neverLater(quick, slow, bounds.get(by) ?? boundsOf(by, JANUARY))) return;
          const due = (of: typeof quick) => dueOf(start, { ...of, calendar: by });
          expect(due(quick) <= due(slow)).toBe(true);
        },
      ),
      { numRuns: 3_000 },
    ));
});

const URGENCIES = ['URGENT', 'IMPORTANT', 'ROUTINE'] as const;
const LEVELS = ['MAJOR', 'SERIOUS', 'ORDINARY'] as const;
/** The same ticket with one thing lighter. */
const milder = (of: SlaCase): readonly SlaCase[] => [
  ...URGENCIES.slice(URGENCIES.indexOf(of.urgency ?? 'ROUTINE') + 1).map((urgency) => ({ ...of, urgency })),
  ...(of.complaintLevel ? LEVELS.slice(LEVELS.indexOf(of.complaintLevel) + 1) : []).map((complaintLevel) => ({
    ...{ ...of, complaintLevel },
  })),
  ...(of.quadrant === 1 ? [2, 3, 4].map((quadrant) => ({ ...of, quadrant })) : []),
  ...(of.priorityCustomer ? [{ ...of, priorityCustomer: false }] : []),
];
const neverWaitsLonger = (
  some: readonly SlaRule[],
  of: SlaCase,
  by: WorkingCalendar,
  raised: string,
  later: number,
) => {
  const starts = startsFrom(raised, later);
  const due = (one: SlaCase) => rulingsOf(one, starts, { rules: some }, by);
  for (const lighter of milder(of))
    for (const { moment: name, due: slow } of Object.values(due(lighter)))
      expect((due(of)[name]?.due ?? 'never') <= slow).toBe(true);
};

describe('for equal starts URGENT, Q1, a graver level and a priority customer never wait longer (invariants 2 and 3)', () => {
  it('by the built-in policy, under every calendar', () => {
    for (const by of calendars) expect(strictnessBreach(BUILT_IN_POLICY, by, JANUARY)).toBeNull();
    fc.assert(
      fc.property(ticket, calendar, moment, fc.nat(30), (of, by, raised, later) =>
        neverWaitsLonger(BUILT_IN_POLICY.rules, of, by, raised, later),
      ),
      { numRuns: 500 },
    );
  });
  it('by any policy that is not refused', () => {
    let taken = 0;
    fc.assert(
      fc.property(ticket, rules, calendar, moment, fc.nat(30), (of, some, by, raised, later) => {
        if (strictnessBreach({ rules: some }, by, JANUARY)) return;
        taken++;
        neverWaitsLonger(some, of, by, raised, later);
      }),
      { numRuns: 600 },
    );
    expect(taken).toBeGreaterThan(20);
  });
});
