import { amountOf, type Counting, type Pause } from './calendar.rules';
import type { ServiceTier } from './sla.values';
import { WEEKDAYS, type ServiceWindow, type Weekday, type WorkingCalendar } from './workingcalendar.values';

/** Somebody with a watch and a calendar on the wall, who counts minute by minute: what specs hold the arithmetic against. */
const MINUTE_MS = 60_000;

interface Shown {
  readonly day: string;
  readonly weekday: Weekday;
  readonly clock: string;
}
const formats = new Map<string, Intl.DateTimeFormat>();
const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const made =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  formats.set(timeZone, made);
  return made;
};
const QUARTER_MS = 15 * MINUTE_MS;
const quarters = new Map<string, Shown>();
/** What calendar and clock on a wall in that zone show: asked of the platform, quarter by quarter. No clock is moved in between. */
export const shownAt = (zone: string, at: number): Shown => {
  const key = `${zone} ${Math.floor(at / QUARTER_MS)}`;
  const shown = quarters.get(key) ?? asked(zone, Math.floor(at / QUARTER_MS) * QUARTER_MS);
  quarters.set(key, shown);
  const minute = Number(shown.clock.slice(3)) + Math.floor((at % QUARTER_MS) / MINUTE_MS);
  return { ...shown, clock: `${shown.clock.slice(0, 3)}${String(minute).padStart(2, '0')}` };
};
const asked = (zone: string, at: number): Shown => {
  const [day = '', clock = ''] = formatOf(zone).format(at).split(' ');
  return { day, clock, weekday: WEEKDAYS[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7] ?? 'MONDAY' };
};
const within = (windows: readonly ServiceWindow[], on: Weekday, clock: string): boolean =>
  windows.some(({ weekday, opens, closes }) => weekday === on && opens <= clock && clock < closes);
/** Whether somebody is there in that minute. */
const isOpen = (calendar: WorkingCalendar, tier: ServiceTier, at: number): boolean => {
  const { day, weekday, clock } = shownAt(calendar.zone, at);
  if (tier === 'PRIORITY') return within(calendar.priority, weekday, clock);
  if (calendar.holidays.some((it) => it.day === day)) return false;
  const first = WEEKDAYS.find((it) => calendar.standard.some((window) => window.weekday === it)) ?? 'MONDAY';
  const makeUp = calendar.makeUpDays.find((it) => it.day === day);
  return within(calendar.standard, makeUp ? (makeUp.like ?? first) : weekday, clock);
};
/** The same answer as the product's, by looking at each minute: what a minute adds to the count. */
export const worthOf = (
  start: number,
  { within: { kind }, calendar, tier }: Counting,
  pauses: readonly Pause[],
) => {
  const open = (at: number) =>
    kind === 'CALENDAR_DAY' || isOpen(calendar, kind === 'WORKING_DAY' ? 'STANDARD' : tier, at);
  const openMinutes = new Map<string, number>();
  const lengthOf = (day: string): number => {
    const found =
      openMinutes.get(day) ??
      minutesAround(day).filter((at) => shownAt(calendar.zone, at).day === day && open(at)).length;
    openMinutes.set(day, found);
    return found;
  };
  return (at: number): number => {
    if (pauses.some(({ from, to }) => Date.parse(from) <= at && at < Date.parse(to))) return 0;
    if (kind === 'CONTINUOUS') return 1;
    if (kind === 'SERVICE_WINDOW') return open(at) ? 1 : 0;
    const { day } = shownAt(calendar.zone, at);
    return day === shownAt(calendar.zone, start).day || !open(at) ? 0 : 1 / lengthOf(day);
  };
};
/** All minutes that may belong to a day somewhere on earth. */
const minutesAround = (day: string): readonly number[] =>
  Array.from({ length: 54 * 60 }, (_, n) => Date.parse(`${day}T12:00:00Z`) + (n - 27 * 60) * MINUTE_MS);

/** The minute in which the count is full, by counting minutes. */
export const countedOut = (start: number, counting: Counting, pauses: readonly Pause[]): number => {
  const worth = worthOf(start, counting, pauses);
  let left = amountOf(counting.within);
  for (let at = start; ; at += MINUTE_MS) {
    left -= worth(at);
    if (left < 1e-7) return at;
  }
};
