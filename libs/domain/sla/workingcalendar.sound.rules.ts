import { reject } from '@rapport/kernel';
import { firstWorked, minuteOf, weekdayOf, windowsOn, dateOf, type Interval } from './calendarday.rules';
import { WEEKDAYS, type ServiceWindow, type Weekday, type WorkingCalendar } from './workingcalendar.values';
import { isZone } from './zone.rules';

type Draft = Omit<WorkingCalendar, 'calendarId' | 'version'>;

/** At least so much of a week is worked: what is counted in open time must come to an end. */
export const OPEN_MINUTES_MIN = 300;

/** Refuses a calendar that contradicts itself, or in which priority customers would find a door closed that others find open (SYS-20). */
export const assertSoundCalendar = (draft: Draft): void => {
  if (!isZone(draft.zone)) reject('ZONE_UNKNOWN', 'zone', `${draft.zone} is no zone such as Asia/Shanghai`);
  assertWindows('standard', draft.standard);
  assertWindows('priority', draft.priority);
  if (minutesOf(draft.standard) < OPEN_MINUTES_MIN)
    reject('CALENDAR_NEVER_OPEN', 'standard', `at least ${OPEN_MINUTES_MIN} minutes of a week must be open`);
  assertNamedDays(draft);
  assertContained(draft);
};
const minutesOf = (windows: readonly ServiceWindow[]): number =>
  windows.reduce((sum, { opens, closes }) => sum + minuteOf(closes) - minuteOf(opens), 0);

const assertWindows = (field: string, windows: readonly ServiceWindow[]): void => {
  for (const { weekday, opens, closes } of windows) {
    const [from, to] = [minuteOf(opens), minuteOf(closes)];
    if (Number.isNaN(from) || Number.isNaN(to))
      reject(
        'WINDOW_MALFORMED',
        field,
        `${opens}–${closes}: times are written 09:00, the end of a day 24:00`,
      );
    if (to <= from)
      reject(
        'WINDOW_ENDS_BEFORE_IT_BEGINS',
        field,
        `${weekday} ${opens}–${closes}: split a night into two days`,
      );
  }
  for (const day of WEEKDAYS) assertApart(field, day, windowsOn(windows, day));
};
const assertApart = (field: string, day: Weekday, windows: readonly Interval[]): void => {
  const sorted = [...windows].sort(([one], [other]) => one - other);
  if (sorted.some(([, to], n) => (sorted[n + 1]?.[0] ?? Infinity) < to))
    reject('WINDOWS_OVERLAP', field, `${day}: two windows hold the same time`);
};

const assertNamedDays = ({ holidays, makeUpDays, standard }: Draft): void => {
  const free = assertOnce('HOLIDAY_LISTED_TWICE', 'holidays', holidays);
  const made = assertOnce('MAKE_UP_DAY_LISTED_TWICE', 'makeUpDays', makeUpDays);
  for (const day of made)
    if (free.has(day))
      reject('DAY_FREE_AND_WORKED', 'makeUpDays', `${day} is both a holiday and a make-up day`);
  for (const { day, like } of makeUpDays)
    if (like && windowsOn(standard, like).length === 0)
      reject('MAKE_UP_DAY_CLOSED', 'makeUpDays', `${day} is to be like ${like}, which has no window`);
};
const assertOnce = (code: string, field: string, days: readonly { readonly day: string }[]) => {
  const seen = new Set<string>();
  for (const { day } of days)
    if (seen.size === seen.add(day).size) reject(code, field, `${day} is listed twice`);
  return seen;
};

/** On every day of the week, and on every make-up day, the priority windows hold the standard ones (2.4). */
const assertContained = ({ standard, priority, makeUpDays }: Draft): void => {
  const pairs = [
    ...WEEKDAYS.map((day) => ({ day, like: day, of: day })),
    ...makeUpDays.map(({ day, like = firstWorked(standard) }) => ({ day, like, of: weekdayOf(dateOf(day)) })),
  ];
  for (const { day, like, of } of pairs) {
    const outer = touching(windowsOn(priority, of));
    for (const [from, to] of windowsOn(standard, like))
      if (!outer.some(([opens, closes]) => opens <= from && to <= closes))
        reject(
          'PRIORITY_WINDOW_TOO_NARROW',
          'priority',
          `${day}: the priority window must contain the standard one`,
        );
  }
};
/** Windows that follow without a break are one. */
const touching = (windows: readonly Interval[]): readonly Interval[] =>
  [...windows]
    .sort(([one], [other]) => one - other)
    .reduce<Interval[]>((before, [from, to]) => {
      const last = before.at(-1);
      return last?.[1] === from ? [...before.slice(0, -1), [last[0], to]] : [...before, [from, to]];
    }, []);
