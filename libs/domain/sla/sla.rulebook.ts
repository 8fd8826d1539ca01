import type { Lookup } from '@rapport/kernel';
import { inForce, type SlaPolicies } from './slapolicy.inforce.rules';
import { slaPolicies } from './slapolicy.state';
import { DEFAULT_POLICY, type SlaPolicy } from './slapolicy.values';
import { calendarInForce } from './workingcalendar.inforce.rules';
import { workingCalendars, type WorkingCalendars } from './workingcalendar.state';
import { DEFAULT_CALENDAR, type WorkingCalendar } from './workingcalendar.values';

/** All that was ever published: what held when a clock began can be asked at any later time. */
export interface Rulebook {
  readonly policies: SlaPolicies;
  readonly calendars: ReadonlyMap<string, WorkingCalendars>;
}
/** What held at a time: a round of clocks keeps the law under which it began (2.4, invariant 4). */
export interface Law {
  readonly policy: SlaPolicy;
  readonly calendar: WorkingCalendar;
}
/** Policies, and every calendar that one of them counts by. */
export const rulebook: Lookup<Rulebook> = async (streams) => {
  const policies = await streams.stateOf(slaPolicies, DEFAULT_POLICY);
  const ids = new Set([DEFAULT_CALENDAR, ...policies.versions.map(({ calendarId }) => calendarId)]);
  const found = [...ids].map(async (id) => [id, await streams.stateOf(workingCalendars, id)] as const);
  return { policies, calendars: new Map(await Promise.all(found)) };
};
/** The policy in force at a time, and the calendar that it counts by. */
export const lawAt = ({ policies, calendars }: Rulebook, at: string): Law => {
  const policy = inForce(policies, at);
  return { policy, calendar: calendarInForce(calendars.get(policy.calendarId)?.versions ?? [], at) };
};
