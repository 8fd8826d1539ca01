import type { ServiceTier } from './sla.values';
import { WEEKDAYS, type ServiceWindow, type Weekday, type WorkingCalendar } from './workingcalendar.values';
import { DAY_MS, segmentsOf } from './zone.rules';

/** From, and up to but not including, in milliseconds. */
export type Interval = readonly [from: number, to: number];

/** One local day: when it begins and ends, when it is open, and why it is or is not. */
export interface LocalDay {
  readonly from: number;
  readonly to: number;
  readonly open: readonly Interval[];
  readonly openMs: number;
  readonly why: 'WORKED' | 'MAKE_UP_DAY' | 'HOLIDAY' | 'WEEKEND';
  /** Of the holiday or the make-up day. */
  readonly name?: string;
}
/** WHOLE: open from midnight to midnight. */
export type Opening = ServiceTier | 'WHOLE';

const MINUTE_MS = 60_000;
const CLOCK = /^([01]\d|2[0-3]):([0-5]\d)$/;
/** Minutes since midnight by the clock on the wall; `24:00` is the end of the day. NaN: it is no time of day. */
export const minuteOf = (clock: string): number => {
  if (clock === '24:00') return DAY_MS / MINUTE_MS;
  const [, hours, minutes] = CLOCK.exec(clock) ?? [];
  return Number(hours) * 60 + Number(minutes);
};
/** A calendar day (2024-03-01) as a number of days since 1970, and back. */
export const dateOf = (day: string): number => Date.parse(day) / DAY_MS;
export const dayOf = (date: number): string => new Date(date * DAY_MS).toISOString().slice(0, 10);
/** 1970 began on a Thursday, the fourth of the week. */
export const weekdayOf = (date: number): Weekday => WEEKDAYS[(((date + 3) % 7) + 7) % 7] ?? 'MONDAY';

/** As many days of one calendar are remembered; then they are worked out anew. */
const DAYS_KEPT_MAX = 4_000;

interface Prepared {
  readonly holidays: ReadonlyMap<number, string>;
  readonly makeUpDays: ReadonlyMap<number, { readonly name: string; readonly like: Weekday }>;
  readonly days: Readonly<Record<Opening, Map<number, LocalDay>>>;
}
const prepared = new WeakMap<WorkingCalendar, Prepared>();

/** One day of a calendar, by its number of days since 1970. Worked out once for each calendar that is held. */
export const localDay = (calendar: WorkingCalendar, opening: Opening, date: number): LocalDay => {
  const { days, ...named } = preparedOf(calendar);
  const kept = days[opening];
  const found = kept.get(date);
  if (found) return found;
  if (kept.size >= DAYS_KEPT_MAX) kept.clear();
  const made = workedOut(calendar, named, opening, date);
  kept.set(date, made);
  return made;
};
const preparedOf = (calendar: WorkingCalendar): Prepared => {
  const found = prepared.get(calendar);
  if (found) return found;
  const like = firstWorked(calendar.standard);
  const made: Prepared = {
    holidays: new Map(calendar.holidays.map(({ day, name }) => [dateOf(day), name])),
    makeUpDays: new Map(calendar.makeUpDays.map((it) => [dateOf(it.day), { like, ...it }])),
    days: { STANDARD: new Map(), PRIORITY: new Map(), WHOLE: new Map() },
  };
  prepared.set(calendar, made);
  return made;
};
/** The first day of the week with a window: a make-up day is worked like it, if nothing else is said. */
export const firstWorked = (windows: readonly ServiceWindow[]): Weekday =>
  WEEKDAYS.find((day) => windows.some(({ weekday }) => weekday === day)) ?? 'MONDAY';

const WHOLE_DAY: Interval = [0, DAY_MS];
const workedOut = (
  { zone, standard, priority }: WorkingCalendar,
  { holidays, makeUpDays }: Omit<Prepared, 'days'>,
  opening: Opening,
  date: number,
): LocalDay => {
  const weekday = weekdayOf(date);
  const [whole] = between(zone, date, [WHOLE_DAY]);
  const last = between(zone, date, [WHOLE_DAY]).at(-1);
  const day = { from: whole?.[0] ?? date * DAY_MS, to: last?.[1] ?? date * DAY_MS };
  const opened = (windows: readonly Interval[], why: LocalDay['why'], name?: string): LocalDay => {
    const open = between(zone, date, windows);
    const openMs = open.reduce((sum, [from, to]) => sum + to - from, 0);
    return {
      ...day,
      open,
      openMs,
      why: openMs > 0 ? why : closedWhy(why),
      ...(name !== undefined && { name }),
    };
  };
  if (opening === 'WHOLE') return opened([WHOLE_DAY], 'WORKED');
  if (opening === 'PRIORITY') return opened(windowsOn(priority, weekday), 'WORKED');
  const holiday = holidays.get(date);
  if (holiday !== undefined) return opened([], 'HOLIDAY', holiday);
  const makeUp = makeUpDays.get(date);
  if (makeUp) return opened(windowsOn(standard, makeUp.like), 'MAKE_UP_DAY', makeUp.name);
  return opened(windowsOn(standard, weekday), 'WORKED');
};
const closedWhy = (why: LocalDay['why']): LocalDay['why'] => (why === 'HOLIDAY' ? why : 'WEEKEND');

/** The windows of one day of the week, as milliseconds since midnight by the clock on the wall. */
export const windowsOn = (windows: readonly ServiceWindow[], on: Weekday): readonly Interval[] =>
  windows
    .filter(({ weekday }) => weekday === on)
    .map(({ opens, closes }) => [minuteOf(opens) * MINUTE_MS, minuteOf(closes) * MINUTE_MS]);

/**
 * When the clock on the wall shows a time within these windows on a local date. An hour that the clock skips is in no
 * window, one that it shows twice is in them twice: this is what a person with a watch would count.
 */
const between = (zone: string, date: number, windows: readonly Interval[]): readonly Interval[] => {
  const midnight = date * DAY_MS;
  const found = [date - 1, date, date + 1]
    .flatMap((day) => segmentsOf(zone, day))
    .flatMap(({ from, to, offset }) =>
      windows.map(([opens, closes]): Interval => {
        const start = midnight - offset;
        return [Math.max(from, start + opens), Math.min(to, start + closes)];
      }),
    )
    .filter(([from, to]) => from < to)
    .sort(([one], [other]) => one - other);
  return found.reduce<Interval[]>(joined, []);
};
const joined = (before: Interval[], [from, to]: Interval): Interval[] => {
  const last = before.at(-1);
  return last && last[1] >= from
    ? [...before.slice(0, -1), [last[0], Math.max(last[1], to)]]
    : [...before, [from, to]];
};
