import {
  calendarInForce,
  DEFAULT_CALENDAR,
  SLA_VERSIONS_MAX,
  type CalendarVersion,
} from '@rapport/domain/values';
import { Id, Instant, Optional, question } from '@rapport/kernel';
import { workingCalendar } from './working-calendar.projection';

class InForceParams {
  /** `default` if nothing is said. */
  @Optional() @Id() calendarId?: string;
  /** Now if nothing is said; a time to come shows what is to hold then. */
  @Optional() @Instant() at?: string;
}

/** The working calendar that holds at a time (SYS-20). */
export const workingCalendarInForce = question({
  name: 'working-calendar-in-force',
  about: 'Which working calendar holds now, or at any time?',
  params: InForceParams,
  reads: [workingCalendar],
  answer: async ({ calendarId = DEFAULT_CALENDAR, at }, { rows, now }) => {
    const found = await rows.find(workingCalendar.table, {
      where: [['calendarId', '=', calendarId]],
      ...{ orderBy: { column: 'version' }, limit: SLA_VERSIONS_MAX },
    });
    const versions = found as unknown as readonly CalendarVersion[];
    const { version, zone, standard, priority, holidays, makeUpDays } = calendarInForce(versions, at ?? now);
    return {
      ...{ asOf: now, at: at ?? now, calendarId, version, zone, standard, priority, holidays, makeUpDays },
      later: versions
        .filter((it) => it.effectiveFrom > (at ?? now))
        .map((it) => ({ version: it.version, effectiveFrom: it.effectiveFrom })),
    };
  },
});
