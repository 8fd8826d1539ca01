import { Command, Id, Instant, ListOf, Optional, Text } from '@rapport/kernel';
import {
  Holiday,
  MakeUpDay,
  NAMED_DAYS_MAX,
  ServiceWindow,
  CALENDAR_WINDOWS_MAX,
} from './workingcalendar.values';

/** Publish when people work; clocks that run keep the deadlines they have (SYS-20). */
export class PublishWorkingCalendar extends Command {
  /** `default`, or another one that policies name. */
  @Id() calendarId!: string;
  /** Not in the past; now, if nothing is said. What was to begin later is replaced. */
  @Optional() @Instant() effectiveFrom?: string;
  /** IANA, such as `Asia/Shanghai`. */
  @Text(80) zone!: string;
  /** The windows of everybody, by day of the week; a day with one is a working day. */
  @ListOf(ServiceWindow, CALENDAR_WINDOWS_MAX) standard!: readonly ServiceWindow[];
  /** The windows of priority customers: at least those of everybody. Holidays do not close them. */
  @ListOf(ServiceWindow, CALENDAR_WINDOWS_MAX) priority!: readonly ServiceWindow[];
  @ListOf(Holiday, NAMED_DAYS_MAX) holidays!: readonly Holiday[];
  @ListOf(MakeUpDay, NAMED_DAYS_MAX) makeUpDays!: readonly MakeUpDay[];
}
