import {
  DEFAULT_CALENDAR,
  WEEKDAYS,
  type ServiceWindow,
  type WorkingCalendar,
} from './workingcalendar.values';

const on = (
  days: readonly ServiceWindow['weekday'][],
  opens: string,
  closes: string,
): readonly ServiceWindow[] => days.map((weekday) => ({ weekday, opens, closes }));

/** The calendar that holds as long as none was published: Shanghai, Monday to Friday 9 to 18, priority customers daily 8 to 20 (2.4, R-30). */
export const BUILT_IN_CALENDAR: WorkingCalendar = {
  ...{ calendarId: DEFAULT_CALENDAR, version: 1, zone: 'Asia/Shanghai' },
  standard: on(WEEKDAYS.slice(0, 5), '09:00', '18:00'),
  priority: on(WEEKDAYS, '08:00', '20:00'),
  ...{ holidays: [], makeUpDays: [] },
};
