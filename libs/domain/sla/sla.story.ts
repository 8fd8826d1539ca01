import { BUILT_IN_CALENDAR } from './workingcalendar.builtin.rules';
import type { Rulebook } from './sla.rulebook';
import { BUILT_IN_POLICY } from './slapolicy.builtin.rules';
import type { SlaPolicy } from './slapolicy.values';
import type { WorkingCalendar } from './workingcalendar.values';

/** The built-in policy and calendar hold. */
export const NOTHING_PUBLISHED: Rulebook = {
  policies: { versions: [], promises: [] },
  calendars: new Map(),
};
/** Another version of the policy, of the calendar that it counts by, or of both, holds since then. */
export const publishedSince = (
  effectiveFrom: string,
  { policy, calendar }: { policy?: Partial<SlaPolicy>; calendar?: Partial<WorkingCalendar> },
): Rulebook => {
  const published = { version: 2, effectiveFrom };
  const counted = { ...BUILT_IN_CALENDAR, ...calendar, ...published };
  return {
    policies: {
      versions: policy ? [{ ...BUILT_IN_POLICY, ...policy, ...published, basis: 'a test' }] : [],
      promises: [],
    },
    calendars: new Map([[policy?.calendarId ?? BUILT_IN_POLICY.calendarId, { versions: [counted] }]]),
  };
};
