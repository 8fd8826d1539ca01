import { localDay, type Interval, type LocalDay } from './calendarday.rules';
import type { ServiceTier, SlaDuration } from './sla.values';
import type { WorkingCalendar } from './workingcalendar.values';
import { dateAt } from './zone.rules';

/** How long, how it is counted, by which calendar and whose windows. */
export interface Counting {
  readonly within: SlaDuration;
  readonly calendar: WorkingCalendar;
  readonly tier: ServiceTier;
}
/** The clock stood still from `from` up to `to` (2.4: PLAN and RESOLVE only). */
export interface Pause {
  readonly from: string;
  readonly to: string;
}

const MINUTE_MS = 60_000;
/** No duration that can be published reaches further by a calendar that can be published. */
const DAYS_AHEAD_MAX = 20_000;
/** Less than this part of a day is no time at all: what is left of it is the rounding of thirds and sevenths. */
const NOTHING_DAYS = 1e-9;

/** The instant at which a duration has passed since `start`. */
export const dueOf = (start: string, counting: Counting, pauses: readonly Pause[] = []): string =>
  instantAtShare(1, start, counting, pauses);

/** The instant at which a share of it has passed: 0.8 to warn, 1.5 and 2 to call higher (2.4). */
export const instantAtShare = (
  share: number,
  start: string,
  counting: Counting,
  pauses: readonly Pause[] = [],
): string =>
  textOf(walked(counting, Date.parse(start), { amount: share * amountOf(counting.within) }, pauses).at);

/** How much of it has passed: minutes or days, as the duration counts them, with fractions. */
export const elapsed = (
  start: string,
  until: string,
  counting: Counting,
  pauses: readonly Pause[] = [],
): number => walked(counting, Date.parse(start), { until: Date.parse(until) }, pauses).counted;

/** The number of minutes or days of a duration. */
export const amountOf = ({ minutes, days }: SlaDuration): number => minutes ?? days ?? 0;
const textOf = (at: number): string => new Date(at).toISOString();

interface End {
  readonly amount?: number;
  readonly until?: number;
}
/** Counts open time from `start` on until there is enough of it, or until an instant. */
const walked = (counting: Counting, start: number, end: End, pauses: readonly Pause[]) => {
  const { amount = Infinity, until = Infinity } = end;
  const still = intervalsOf(pauses);
  const date = dateAt(counting.calendar.zone, start);
  const plain = still.length === 0 && until === Infinity;
  let counted = 0;
  for (let n = 0; n <= DAYS_AHEAD_MAX; n++) {
    const { open, unitMs, to: over, wholeDay } = stretchOf(counting, start, date, n);
    if (plain && n > 0 && counted + wholeDay < amount - NOTHING_DAYS) {
      counted += wholeDay;
      continue;
    }
    for (const [from, to] of without(clipped(open, start, until), still)) {
      const more = (to - from) / unitMs;
      if (counted + more >= amount - NOTHING_DAYS)
        return { at: Math.min(to, from + Math.round((amount - counted) * unitMs)), counted: amount };
      counted += more;
    }
    if (over >= until) return { at: until, counted };
  }
  throw new RangeError(`the calendar ${counting.calendar.calendarId} is not open for so long`);
};

/** One local day as a duration counts it; time without a calendar is a single stretch that never ends. */
export interface Stretch {
  readonly to: number;
  readonly open: readonly Interval[];
  /** So many milliseconds of open time add one to the count. */
  readonly unitMs: number;
  /** What all its open time adds. */
  readonly wholeDay: number;
  readonly day?: LocalDay;
  /** The date of the start, which days are counted after (2.4). */
  readonly startDate: boolean;
}
/** The n-th day from the local date of the start on (`date`: its number of days since 1970). */
export const stretchOf = (
  { within: { kind }, calendar, tier }: Counting,
  start: number,
  date: number,
  n: number,
): Stretch => {
  if (kind === 'CONTINUOUS') return { ...EVER, open: [[start, Infinity]] };
  if (kind === 'SERVICE_WINDOW') {
    const day = localDay(calendar, tier, date + n);
    const { to, open, openMs } = day;
    return { day, to, open, unitMs: MINUTE_MS, wholeDay: openMs / MINUTE_MS, startDate: false };
  }
  const day = localDay(calendar, kind === 'WORKING_DAY' ? 'STANDARD' : 'WHOLE', date + n);
  const { to, open, openMs: unitMs } = day;
  if (n === 0) return { day, to, open: [], unitMs, wholeDay: 0, startDate: true };
  return { day, to, open, unitMs, wholeDay: unitMs > 0 ? 1 : 0, startDate: false };
};
const EVER = { to: Infinity, unitMs: MINUTE_MS, wholeDay: Infinity, startDate: false };

export const intervalsOf = (pauses: readonly Pause[]): readonly Interval[] =>
  pauses.map(({ from, to }) => [Date.parse(from), Date.parse(to)]);
/** What of these lies between two instants. */
export const clipped = (some: readonly Interval[], start: number, until: number): readonly Interval[] =>
  some
    .map(([from, to]): Interval => [Math.max(from, start), Math.min(to, until)])
    .filter(([from, to]) => from < to);
/** What of these is in none of the others. */
export const without = (some: readonly Interval[], others: readonly Interval[]): readonly Interval[] =>
  others.reduce<readonly Interval[]>(
    (rest, [from, to]) =>
      rest.flatMap(([begin, end]) => [
        ...clipped([[begin, Math.min(end, from)]], begin, end),
        ...clipped([[Math.max(begin, to), end]], begin, end),
      ]),
    some,
  );
