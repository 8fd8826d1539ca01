import fc from 'fast-check';
import { amountOf, dueOf, elapsed, instantAtShare, type Counting } from './calendar.rules';
import { deadlineOf } from './calendarspans.rules';
import { CalendarKind, type ServiceTier, type SlaDuration } from './sla.values';
import { countedOut, shownAt, worthOf } from './calendar.watch';
import { assertSoundCalendar } from './workingcalendar.sound.rules';
import { WEEKDAYS, type WorkingCalendar } from './workingcalendar.values';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** What adding up many parts may lose. */
const ROUNDING = 1e-9;
const textOf = (at: number): string => new Date(at).toISOString();

/** Zones that move their clocks by an hour or half of it, at night or at midnight, north and south, and some that do not. */
const ZONES = [
  ...['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Shanghai', 'America/Havana'],
  ...['Asia/Beirut', 'Pacific/Auckland', 'Pacific/Chatham', 'America/Santiago', 'Asia/Kathmandu'],
] as const;
/** Sundays at which clocks are moved somewhere among them; the tests begin in the days before. */
const TURNS = [
  '2024-03-10',
  '2024-03-31',
  '2024-04-07',
  '2024-09-08',
  '2024-10-06',
  '2024-10-27',
  '2024-11-03',
];

const clockOf = (quarter: number): string =>
  `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`;
/** One to three windows of a day that do not overlap. */
const windows = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 6 })
  .map((quarters) => quarters.sort((one, other) => one - other))
  .map((quarters) =>
    quarters.flatMap((from, n) => {
      const to = quarters[n + 1];
      return n % 2 === 0 && to !== undefined ? [{ opens: clockOf(from), closes: clockOf(to) }] : [];
    }),
  );
const week = fc
  .tuple(...WEEKDAYS.map(() => fc.option(windows, { freq: 3, nil: [] })))
  .map((days) =>
    days.flatMap((some, n) => some.map((window) => ({ ...window, weekday: WEEKDAYS[n] ?? 'MONDAY' }))),
  );

const drawn = fc
  .record({
    zone: fc.constantFrom(...ZONES),
    standard: week,
    turn: fc.constantFrom(...TURNS),
    named: fc.uniqueArray(fc.integer({ min: -6, max: 20 }), { maxLength: 6 }),
    ...{ split: fc.nat(6), wide: fc.boolean() },
  })
  .map(({ zone, standard, turn, named, split, wide }) => {
    const days = named.map((n) => ({
      day: textOf(Date.parse(turn) + n * DAY_MS).slice(0, 10),
      name: `day ${n}`,
    }));
    const [opens, closes] = wide
      ? ['00:00', '24:00']
      : [
          standard.map((it) => it.opens).sort()[0] ?? '00:00',
          standard
            .map((it) => it.closes)
            .sort()
            .at(-1) ?? '24:00',
        ];
    const priority = WEEKDAYS.map((weekday) => ({ weekday, opens, closes }));
    const calendar: WorkingCalendar = {
      ...{ calendarId: 'drawn', version: 2, zone, standard, priority },
      ...{ holidays: days.slice(split), makeUpDays: days.slice(0, split) },
    };
    return { calendar, turn };
  })
  .filter(({ calendar }) => isSound(calendar));
const isSound = (calendar: WorkingCalendar): boolean => {
  try {
    assertSoundCalendar(calendar);
    return true;
  } catch {
    return false;
  }
};
const duration = fc.oneof(
  fc.record({
    kind: fc.constantFrom('CONTINUOUS', 'SERVICE_WINDOW'),
    minutes: fc.integer({ min: 1, max: 3_000 }),
  }),
  fc.record({ kind: fc.constantFrom('WORKING_DAY', 'CALENDAR_DAY'), days: fc.integer({ min: 1, max: 5 }) }),
) as fc.Arbitrary<SlaDuration>;

/** A start in the week before a turn of the clock, and pauses in the days after it. */
const scene = fc
  .record({
    ...{ drawn, duration, tier: fc.constantFrom<ServiceTier>('STANDARD', 'PRIORITY') },
    startsIn: fc.integer({ min: -5 * 1440, max: 1440 }),
    pauses: fc.array(fc.tuple(fc.integer({ min: 0, max: 6_000 }), fc.integer({ min: 1, max: 3_000 })), {
      maxLength: 3,
    }),
  })
  .map(({ drawn: { calendar, turn }, duration: length, tier, startsIn, pauses }) => {
    const start = Date.parse(turn) + startsIn * MINUTE_MS;
    return {
      ...{ start, counting: { calendar, tier, within: length } },
      pauses: pauses.map(([from, long]) => ({
        from: textOf(start + from * MINUTE_MS),
        to: textOf(start + (from + long) * MINUTE_MS),
      })),
    };
  });
type Scene = typeof scene extends fc.Arbitrary<infer T> ? T : never;

const always = (name: string, holds: (of: Scene) => void, numRuns = 150) =>
  it(name, () => fc.assert(fc.property(scene, holds), { numRuns }));

describe('whatever the calendar, the zone, the holidays and the pauses', () => {
  always('a deadline is that of somebody who counts minutes with a watch', ({ start, counting, pauses }) => {
    const due = Date.parse(dueOf(textOf(start), counting, pauses));
    const minute = countedOut(start, counting, pauses);
    expect(due).toBeGreaterThan(minute);
    expect(due).toBeLessThanOrEqual(minute + MINUTE_MS);
    if (counting.within.minutes !== undefined) expect(due).toBe(minute + MINUTE_MS);
  });
  always('what has passed is that, too', ({ start, counting, pauses }) => {
    const worth = worthOf(start, counting, pauses);
    const long = 4_000;
    const counted = Array.from({ length: long }, (_, n) => worth(start + n * MINUTE_MS)).reduce(
      (sum, it) => sum + it,
      0,
    );
    expect(elapsed(textOf(start), textOf(start + long * MINUTE_MS), counting, pauses)).toBeCloseTo(
      counted,
      6,
    );
  });
  always(
    'at the deadline exactly the duration has passed, and at a share of it that share',
    ({ start, counting, pauses }) => {
      for (const share of [0.8, 1, 1.5, 2]) {
        const at = instantAtShare(share, textOf(start), counting, pauses);
        expect(elapsed(textOf(start), at, counting, pauses)).toBeCloseTo(
          share * amountOf(counting.within),
          4,
        );
      }
    },
    300,
  );
  always(
    'the explanation leaves no gap, and what it counts adds up to the duration',
    ({ start, counting, pauses }) => {
      const { due, spans } = deadlineOf(textOf(start), counting, pauses);
      expect([spans[0]?.from, spans.at(-1)?.to]).toEqual([textOf(start), due]);
      expect(spans.slice(1).map(({ from }) => from)).toEqual(spans.slice(0, -1).map(({ to }) => to));
      const sum = spans.reduce((total, { amount }) => total + amount, 0);
      const passed = (ms: number) => elapsed(textOf(start), textOf(Date.parse(due) + ms), counting, pauses);
      expect(sum).toBeCloseTo(passed(0), 9);
      // a deadline is a whole millisecond: the duration lies between the one before it and the one after it
      expect(passed(-1)).toBeLessThanOrEqual(amountOf(counting.within) + ROUNDING);
      expect(passed(1)).toBeGreaterThanOrEqual(amountOf(counting.within) - ROUNDING);
      expect(spans.filter(({ counted, amount }) => !counted && amount !== 0)).toEqual([]);
    },
    300,
  );
  always(
    'an explanation names each holiday and each make-up day by its name, and nothing else so',
    ({ start, counting, pauses }) => {
      const { spans } = deadlineOf(textOf(start), { ...counting, tier: 'STANDARD' }, pauses);
      const { holidays, makeUpDays, zone } = counting.calendar;
      for (const { why, name, from } of spans) {
        const of = why === 'HOLIDAY' ? holidays : makeUpDays;
        const { day } = shownAt(zone, Date.parse(from));
        if (name !== undefined && why !== 'PAUSE') expect(of.find((it) => it.name === name)?.day).toBe(day);
      }
    },
    300,
  );
  always(
    'nobody waits longer for having come earlier, nor as a priority customer',
    ({ start, counting, pauses }) => {
      const due = (from: number, of: Counting = counting) => dueOf(textOf(from), of, pauses);
      expect(due(start) <= due(start + 37 * MINUTE_MS)).toBe(true);
      expect(
        due(start, { ...counting, tier: 'PRIORITY' }) <= due(start, { ...counting, tier: 'STANDARD' }),
      ).toBe(true);
    },
    300,
  );
});

describe('a working-day deadline', () => {
  const workingDays = (calendar: WorkingCalendar, days: number): Counting => ({
    ...{ calendar, tier: 'STANDARD', within: { kind: CalendarKind.WORKING_DAY, days } },
  });
  /** The local dates of the days that were counted. */
  const countedDays = (start: string, counting: Counting): readonly string[] =>
    deadlineOf(start, counting)
      .spans.filter(({ counted }) => counted)
      .map(({ from }) => shownAt(counting.calendar.zone, Date.parse(from)).day);

  it('is moved by exactly one working day by each whole-day holiday inside its span', () =>
    fc.assert(
      fc.property(
        scene,
        fc.integer({ min: 1, max: 6 }),
        fc.nat(),
        ({ start, counting: { calendar } }, days, pick) => {
          const plain: WorkingCalendar = { ...calendar, makeUpDays: [] };
          const counted = countedDays(textOf(start), workingDays(plain, days));
          const day = counted[pick % counted.length] ?? '';
          const free: WorkingCalendar = {
            ...plain,
            holidays: [...plain.holidays, { day, name: 'one more' }],
          };
          expect(dueOf(textOf(start), workingDays(free, days))).toBe(
            dueOf(textOf(start), workingDays(plain, days + 1)),
          );
        },
      ),
      { numRuns: 300 },
    ));
  it('comes one working day earlier for each make-up day inside its span', () =>
    fc.assert(
      fc.property(scene, fc.integer({ min: 1, max: 6 }), ({ start, counting: { calendar } }, days) => {
        const plain: WorkingCalendar = { ...calendar, holidays: [], makeUpDays: [] };
        const { spans } = deadlineOf(textOf(start), workingDays(plain, days));
        const free = spans.find(({ why }) => why === 'WEEKEND');
        fc.pre(free !== undefined && !isMoved(plain.zone, free.from));
        const { day } = shownAt(plain.zone, Date.parse(free?.from ?? ''));
        const made: WorkingCalendar = { ...plain, makeUpDays: [{ day, name: 'made up' }] };
        expect(dueOf(textOf(start), workingDays(made, days + 1))).toBe(
          dueOf(textOf(start), workingDays(plain, days)),
        );
      }),
      { numRuns: 300 },
    ));
  /** A day with a skipped hour may be no working day by that: its make-up day would be none either. */
  const isMoved = (zone: string, from: string): boolean =>
    [0, DAY_MS].some((later) => shownAt(zone, Date.parse(from) + later).clock !== '00:00');
});
