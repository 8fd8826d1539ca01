import { Day, OneOf, Optional, options, Text } from '@rapport/kernel';

/** The calendar that holds where nothing else is said. */
export const DEFAULT_CALENDAR = 'default';

export const Weekday = options(
  ...(['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const),
);
export type Weekday = keyof typeof Weekday;
export const WEEKDAYS = Object.keys(Weekday) as readonly Weekday[];

/** One band of time on one day of the week, by the clock on the wall: from `opens` up to, not including, `closes`. */
export class ServiceWindow {
  @OneOf(Weekday) weekday!: Weekday;
  /** `09:00` */
  @Text(5) opens!: string;
  /** `18:00`; `24:00` is the end of the day. */
  @Text(5) closes!: string;
}
/** A public holiday: nobody works, whatever the day of the week; the windows of priority customers stay open. */
export class Holiday {
  @Day() day!: string;
  @Text(80) name!: string;
}
/** A day that is worked for another one that was free (1.6). */
export class MakeUpDay {
  @Day() day!: string;
  @Text(80) name!: string;
  /** The windows of this day of the week hold; if nothing is said, of the first in the week that is worked. */
  @Optional() @OneOf(Weekday) like?: Weekday;
}

/** Most windows of one kind, and most holidays and make-up days of a calendar. */
export const CALENDAR_WINDOWS_MAX = 50;
export const NAMED_DAYS_MAX = 1_000;

/** When people work, as it was published: by a zone's clock on the wall. */
export interface WorkingCalendar {
  readonly calendarId: string;
  readonly version: number;
  /** IANA, such as `Asia/Shanghai`. */
  readonly zone: string;
  readonly standard: readonly ServiceWindow[];
  /** Contains the standard windows of every day. */
  readonly priority: readonly ServiceWindow[];
  readonly holidays: readonly Holiday[];
  readonly makeUpDays: readonly MakeUpDay[];
}
