import * as events from '@rapport/domain/events';
import type { Holiday, MakeUpDay, ServiceWindow } from '@rapport/domain/values';
import { instant, integer, json, projection, text } from '@rapport/kernel';

/** Every version of every working calendar that was published (SYS-20). */
export const workingCalendar = projection(events, {
  name: 'working-calendar',
  version: 1,
  about: 'When do people work: zone, windows, holidays and make-up days, version by version?',
  // prettier-ignore
  columns: {
    calendarId: text().says('Which calendar: default, or another one that policies name (SYS-20.1)'),
    version: integer().says('2 at first: version 1 is built in and has no row (SYS-20.3)', 'version'),
    effectiveFrom: instant().says('From then on new deadlines are counted by it (SYS-20.2)'),
    zone: text().says('By whose clock on the wall, such as Asia/Shanghai (SYS-20.3)', 'IANA time zone'),
    standard: json<readonly ServiceWindow[]>([]).says('The windows of everybody by day of the week; a day with one is a working day (C-10)'),
    priority: json<readonly ServiceWindow[]>([]).says('The windows of priority customers by day of the week (R-30)'),
    holidays: json<readonly Holiday[]>([]).says('Days on which nobody works, by name (SYS-20.3)'),
    makeUpDays: json<readonly MakeUpDay[]>([]).says('Days that are worked for others, by name (SYS-20.3)'),
  },
  indexes: [['calendarId', 'version']],
  history: true,
  key: 'calendarId',
  per: 'calendar and version',
  keys: { WorkingCalendarPublished: ({ calendarId, version }) => [`${calendarId}|${version}`] },
}).on({
  WorkingCalendarPublished: (_, { calendarId, version, effectiveFrom, ...days }) => {
    const { zone, standard, priority, holidays, makeUpDays } = days;
    return { calendarId, version, effectiveFrom, zone, standard, priority, holidays, makeUpDays };
  },
});
