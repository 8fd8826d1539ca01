import { dateOf, localDay } from './calendarday.rules';
import { amountOf } from './calendar.rules';
import type { CalendarKind, ServiceTier, SlaDuration } from './sla.values';
import type { WorkingCalendar } from './workingcalendar.values';
import { dateAt, DAY_MS } from './zone.rules';

/** What holds for every day of a calendar, in minutes. */
export interface CalendarBounds {
  readonly shortestDay: number;
  readonly longestDay: number;
  /** From midnight to the close of a working day. */
  readonly earliestClose: number;
  /** Open time of any day. */
  readonly leastOpen: Readonly<Record<ServiceTier, number>>;
  readonly mostOpen: Readonly<Record<ServiceTier, number>>;
  /** Open time of a working day, and that before its close. */
  readonly leastWorked: Readonly<Record<ServiceTier, number>>;
  readonly leastUntilClose: Readonly<Record<ServiceTier, number>>;
}

/** Two summers and two winters: weeks and clocks repeat, and a named day only takes away from them or adds like ones. */
const DAYS_LOOKED_AT = 800;
const MINUTE_MS = 60_000;
const DAY_MINUTES = DAY_MS / MINUTE_MS;

/** Looks at each day of two years from a time on, and at each make-up day. */
export const boundsOf = (calendar: WorkingCalendar, from: string): CalendarBounds => {
  const first = dateAt(calendar.zone, Date.parse(from));
  const named = [...calendar.makeUpDays, ...calendar.holidays].map(({ day }) => dateOf(day));
  const dates = [...Array.from({ length: DAYS_LOOKED_AT }, (_, n) => first + n), ...named];
  const days = dates.map((date) => dayOf(calendar, date));
  const worked = days.filter(({ STANDARD }) => STANDARD.open > 0);
  const least = (of: readonly Looked[], what: (day: Looked) => number) => Math.min(...of.map(what));
  const most = (what: (day: Looked) => number) => Math.max(...days.map(what));
  const each = (what: (tier: ServiceTier) => number) => ({
    STANDARD: what('STANDARD'),
    PRIORITY: what('PRIORITY'),
  });
  return {
    ...{ shortestDay: least(days, ({ length }) => length), longestDay: most(({ length }) => length) },
    earliestClose: least(worked, ({ close }) => close),
    leastOpen: each((tier) => least(days, (day) => day[tier].open)),
    mostOpen: each((tier) => most((day) => day[tier].open)),
    leastWorked: each((tier) => least(worked, (day) => day[tier].open)),
    leastUntilClose: each((tier) => least(worked, (day) => day[tier].untilClose)),
  };
};
type Looked = ReturnType<typeof dayOf>;
const dayOf = (calendar: WorkingCalendar, date: number) => {
  const whole = localDay(calendar, 'WHOLE', date);
  const closing = localDay(calendar, 'STANDARD', date).open.at(-1)?.[1] ?? whole.from;
  const opened = (tier: ServiceTier) => {
    const { openMs, open } = localDay(calendar, tier, date);
    const before = open.reduce((sum, [from, to]) => sum + Math.max(0, Math.min(to, closing) - from), 0);
    return { open: openMs / MINUTE_MS, untilClose: before / MINUTE_MS };
  };
  return {
    ...{ length: whole.openMs / MINUTE_MS, close: (closing - whole.from) / MINUTE_MS },
    ...{ STANDARD: opened('STANDARD'), PRIORITY: opened('PRIORITY') },
  };
};

/** A duration for customers of a tier. */
export interface Tiered {
  readonly within: SlaDuration;
  readonly tier: ServiceTier;
}
type Never = (one: Promised, other: Promised, bounds: CalendarBounds) => boolean;
interface Promised {
  readonly amount: number;
  readonly tier: ServiceTier;
}

/**
 * True when whatever is due within `one` is never due later than what is due within `other`, wherever both begin at the
 * same moment. False: it may be, or that it is not does not follow from what holds for every day.
 */
export const neverLater = (one: Tiered, other: Tiered, bounds: CalendarBounds): boolean =>
  table[one.within.kind][other.within.kind](promised(one), promised(other), bounds);
const promised = ({ within, tier }: Tiered): Promised => ({ amount: amountOf(within), tier });

const noLonger: Never = (one, other) => one.amount <= other.amount;
const never: Never = () => false;
const slack = ({ shortestDay, longestDay }: CalendarBounds): number =>
  Math.max(DAY_MINUTES - shortestDay, longestDay - DAY_MINUTES);

/** Row: what is to be the stricter. All others count from the end of the start date on, and their days fill up alike. */
const table: Readonly<Record<CalendarKind, Readonly<Record<CalendarKind, Never>>>> = {
  CONTINUOUS: {
    CONTINUOUS: noLonger,
    SERVICE_WINDOW: noLonger,
    WORKING_DAY: (one, { amount: days }, bounds) =>
      one.amount <= (days - 1) * DAY_MINUTES + bounds.earliestClose - (days > 1 ? slack(bounds) : 0),
    CALENDAR_DAY: (one, { amount: days }, bounds) => one.amount <= days * DAY_MINUTES - slack(bounds),
  },
  SERVICE_WINDOW: {
    CONTINUOUS: (one, other, { leastOpen, shortestDay, longestDay }) =>
      one.amount <= other.amount && leastOpen[one.tier] >= DAY_MINUTES && shortestDay === longestDay,
    SERVICE_WINDOW: (one, other, bounds) =>
      noLonger(one, other, bounds) && (one.tier === 'PRIORITY' || other.tier === 'STANDARD'),
    WORKING_DAY: (one, { amount: days }, { leastWorked, leastUntilClose }) =>
      one.amount <= (days - 1) * leastWorked[one.tier] + leastUntilClose[one.tier],
    CALENDAR_DAY: (one, { amount: days }, { leastOpen }) => one.amount <= days * leastOpen[one.tier],
  },
  WORKING_DAY: {
    CONTINUOUS: never,
    SERVICE_WINDOW: ({ amount: days }, other, { mostOpen }) =>
      other.tier === 'STANDARD' && other.amount >= (days + 1) * mostOpen.STANDARD,
    WORKING_DAY: noLonger,
    CALENDAR_DAY: never,
  },
  CALENDAR_DAY: {
    CONTINUOUS: ({ amount: days }, other, bounds) => other.amount >= (days + 1) * DAY_MINUTES + slack(bounds),
    SERVICE_WINDOW: ({ amount: days }, other, { mostOpen }) =>
      other.amount > (days + 1) * mostOpen[other.tier],
    WORKING_DAY: ({ amount: days }, other) => days < other.amount,
    CALENDAR_DAY: noLonger,
  },
};
