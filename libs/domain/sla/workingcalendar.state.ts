import type { DataOf, Rules } from '@rapport/kernel';
import * as events from './workingcalendar.events';
import type { CalendarVersion } from './workingcalendar.inforce.rules';

/** Every version of one calendar, in the order in which they were published. */
export interface WorkingCalendars {
  readonly versions: readonly CalendarVersion[];
}
const initial: WorkingCalendars = { versions: [] };
const evolve = {
  WorkingCalendarPublished: (
    { versions }: WorkingCalendars,
    version: DataOf<typeof events.WorkingCalendarPublished>,
  ): WorkingCalendars => ({ versions: [...versions, version] }),
};

/**
 * How a calendar is read: by its own decisions, and by those of policies and clocks, which ask for it with
 * `stateOf(workingCalendars, DEFAULT_CALENDAR)`. What may be decided stands in the decider.
 */
export const workingCalendars = {
  ...{ name: 'workingcalendar', id: 'calendarId', events, commands: {}, initial, evolve, decide: {} },
} satisfies Rules<WorkingCalendars>;
