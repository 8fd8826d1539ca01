import { Count, Event, Id, Instant, ListOf, Text } from '@rapport/kernel';
import {
  Holiday,
  MakeUpDay,
  NAMED_DAYS_MAX,
  ServiceWindow,
  CALENDAR_WINDOWS_MAX,
} from './workingcalendar.values';

/** When people work, from a time on: zone, windows, holidays and make-up days. Version 1 is built in (SYS-20). */
export class WorkingCalendarPublished extends Event {
  @Id() calendarId!: string;
  @Count(2, 1_000_000) version!: number;
  @Instant() effectiveFrom!: string;
  /** IANA, such as `Asia/Shanghai`. */
  @Text(80) zone!: string;
  /** The windows of everybody; a day with one is a working day. */
  @ListOf(ServiceWindow, CALENDAR_WINDOWS_MAX) standard!: readonly ServiceWindow[];
  /** The windows of priority customers. */
  @ListOf(ServiceWindow, CALENDAR_WINDOWS_MAX) priority!: readonly ServiceWindow[];
  @ListOf(Holiday, NAMED_DAYS_MAX) holidays!: readonly Holiday[];
  @ListOf(MakeUpDay, NAMED_DAYS_MAX) makeUpDays!: readonly MakeUpDay[];
}
