import type { Lookup } from '@rapport/kernel';
import { inForce } from '../sla/slapolicy.inforce.rules';
import { slaPolicies } from '../sla/slapolicy.state';
import { DEFAULT_POLICY, type SlaPolicy } from '../sla/slapolicy.values';
import { calendarInForce } from '../sla/workingcalendar.inforce.rules';
import { workingCalendars } from '../sla/workingcalendar.state';
import type { WorkingCalendar } from '../sla/workingcalendar.values';

/** What the deadlines of a ticket are ruled by, and the calendar that they are counted by. */
export interface Law {
  readonly policy: SlaPolicy;
  readonly calendar: WorkingCalendar;
}
/** The law that held at a time: a ticket keeps the one under which it was raised (2.4, invariant 4). */
export const lawAt =
  (at: string): Lookup<Law> =>
  async (streams) => {
    const policy = inForce(await streams.stateOf(slaPolicies, DEFAULT_POLICY), at);
    const { versions } = await streams.stateOf(workingCalendars, policy.calendarId);
    return { policy, calendar: calendarInForce(versions, at) };
  };
