import { BUILT_IN_CALENDAR } from './workingcalendar.builtin.rules';
import type { WorkingCalendar } from './workingcalendar.values';

export interface CalendarVersion extends WorkingCalendar {
  readonly effectiveFrom: string;
}
/** The calendar that holds at a time; the one built in where none was published. */
export const calendarInForce = (versions: readonly CalendarVersion[], at: string): WorkingCalendar =>
  versions.findLast(({ effectiveFrom }) => effectiveFrom <= at) ?? BUILT_IN_CALENDAR;

/** Every version that holds at some time from then on, as things stand. */
export const calendarsFrom = (
  versions: readonly CalendarVersion[],
  from: string,
): readonly WorkingCalendar[] => {
  const turns = versions.map(({ effectiveFrom }) => effectiveFrom).filter((at) => at > from);
  return [...new Set([from, ...turns].map((at) => calendarInForce(versions, at)))];
};
