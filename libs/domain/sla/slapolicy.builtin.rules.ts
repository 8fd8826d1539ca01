import type { SlaDuration, SlaMoment, SlaStart } from './sla.values';
import {
  DEFAULT_POLICY,
  LONG_CYCLE_DAYS,
  type SlaMatch,
  type SlaPolicy,
  type SlaRule,
} from './slapolicy.values';
import { DEFAULT_CALENDAR } from './workingcalendar.values';

const hours = (count: number): SlaDuration => ({ kind: 'CONTINUOUS', minutes: count * 60 });
const serviceHours = (count: number): SlaDuration => ({ kind: 'SERVICE_WINDOW', minutes: count * 60 });
const workingDays = (days: number): SlaDuration => ({ kind: 'WORKING_DAY', days });
const calendarDays = (days: number): SlaDuration => ({ kind: 'CALENDAR_DAY', days });
const HALF_AN_HOUR = hours(0.5);

type Line = readonly [moment: SlaMoment, within: SlaDuration, basis: string, start?: SlaStart];
/** One class of the handbook's table: its lines, counted from the moment the customer spoke unless they say otherwise. */
const row = (id: string, match: SlaMatch, ...lines: readonly Line[]): readonly SlaRule[] =>
  lines.map(([moment, within, basis, start = 'RAISED']) => ({ id, match, moment, within, start, basis }));

/** Any ticket is also acknowledged by an automatic receipt at once; no clock runs for that. */
const rules: readonly SlaRule[] = [
  ...row(
    ...(['SLA-ANY', {}] as const),
    ['FIRST_RESPONSE', hours(24), 'R-18'],
    ['FOLLOW_UP', hours(24), 'R-23', 'SOLUTION_DELIVERED'],
  ),
  ...row('SLA-ANY', { longerThanDays: LONG_CYCLE_DAYS }, ['PROGRESS_SYNC', hours(48), 'R-09', 'LAST_SYNC']),
  // The reply is the answer: it is the first response and the plan in one (C-03).
  ...row(
    ...(['SLA-ENQ', { isEnquiry: true }] as const),
    ['FIRST_RESPONSE', serviceHours(4), 'R-02'],
    ['PLAN', serviceHours(4), 'R-02'],
  ),
  ...row(
    ...(['SLA-ROU', { urgency: 'ROUTINE' }] as const),
    ['PLAN', workingDays(5), 'R-06'],
    ['RESOLVE', workingDays(30), 'fallback'],
  ),
  ...row(
    ...(['SLA-IMP', { urgency: 'IMPORTANT' }] as const),
    ['FIRST_RESPONSE', hours(24), 'R-08'],
    ['PLAN', workingDays(3), 'R-05'],
    ['RESOLVE', workingDays(15), 'fallback, R-37'],
  ),
  ...row(
    ...(['SLA-URG', { urgency: 'URGENT' }] as const),
    ['ACKNOWLEDGE', HALF_AN_HOUR, 'R-01'],
    ['FIRST_RESPONSE', hours(2), 'R-07'],
    ['PLAN', hours(24), 'R-04'],
    ['RESOLVE', workingDays(3), 'fallback'],
    ['PROGRESS_SYNC', hours(24), 'R-10', 'LAST_SYNC'],
  ),
  // Its plan lies within its resolution.
  ...row(
    ...(['SLA-CMP1', { complaintLevel: 'ORDINARY' }] as const),
    ['FIRST_RESPONSE', hours(1), 'R-03'],
    ['RESOLVE', hours(24), 'R-19'],
    ['PROGRESS_SYNC', hours(24), 'R-10', 'LAST_SYNC'],
  ),
  ...row(
    ...(['SLA-CMP2', { complaintLevel: 'SERIOUS' }] as const),
    ['ACKNOWLEDGE', HALF_AN_HOUR, 'as URGENT'],
    ['FIRST_RESPONSE', hours(1), 'R-03'],
    ['PLAN', hours(24), 'C-06'],
    ['RESOLVE', hours(24), 'C-06'],
    ['PROGRESS_SYNC', hours(24), 'R-10', 'LAST_SYNC'],
  ),
  ...row(
    ...(['SLA-CMP3', { complaintLevel: 'MAJOR' }] as const),
    ['ACKNOWLEDGE', HALF_AN_HOUR, 'as URGENT'],
    ['FIRST_RESPONSE', hours(1), 'R-03'],
    ['PLAN', hours(2), 'R-12', 'GREEN_CHANNEL_OPENED'],
    ['RESOLVE', hours(24), 'C-06'],
    ['PROGRESS_SYNC', hours(24), 'R-10', 'LAST_SYNC'],
  ),
  ...row(
    ...(['SLA-Q1', { quadrant: 1 }] as const),
    ['ACKNOWLEDGE', HALF_AN_HOUR, 'R-01'],
    ['FIRST_RESPONSE', hours(2), 'R-07'],
    ['PLAN', hours(2), 'R-12', 'GREEN_CHANNEL_OPENED'],
    ['PROGRESS_SYNC', hours(24), 'R-10', 'LAST_SYNC'],
  ),
  // A channel that a person opened asks for a plan in the same time, whatever the class of the ticket is (R-12, SYS-24.1).
  ...row('SLA-GRN', {}, ['PLAN', hours(2), 'R-12', 'GREEN_CHANNEL_OPENED']),
  // What else a priority customer gets follows from the window in which the service hours of the others are counted.
  ...row('SLA-VIP', { priorityCustomer: true }, ['PROGRESS_SYNC', hours(24), 'C-07', 'LAST_SYNC']),
  ...row('SLA-DEV', {}, ['PLAN', hours(48), 'R-15', 'DEVIATION_DECLARED']),
  ...row('SLA-ASP', { afterSale: true }, ['PROGRESS_SYNC', hours(24), 'R-10, R-11', 'LAST_SYNC']),
  ...row('SLA-DLV', {}, ['FOLLOW_UP', calendarDays(3), 'R-24', 'DELIVERY_COMPLETED']),
  ...row(
    ...(['SLA-2ND', {}] as const),
    ['FIRST_RESPONSE', hours(24), 'second communication', 'DISSATISFIED'],
    ['PLAN', workingDays(2), 'second communication', 'DISSATISFIED'],
  ),
  ...row('SLA-2ND', { roundMin: 2 }, ['PROGRESS_SYNC', hours(24), 'second communication', 'LAST_SYNC']),
];

/** The policy that holds as long as none was published: version 1 (2.4). */
export const BUILT_IN_POLICY: SlaPolicy = {
  ...{ policyId: DEFAULT_POLICY, version: 1, calendarId: DEFAULT_CALENDAR, rules },
  ladder: { warnAtPercent: 80, departmentHeadAtPercent: 150, seniorManagementAtPercent: 200 },
};
