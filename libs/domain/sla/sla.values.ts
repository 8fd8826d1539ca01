import { Count, OneOf, Optional, options } from '@rapport/kernel';

/** What is waited for. The first four come one after the other; the last two have their own time (1.6). */
export const SlaMoment = options(
  ...(['ACKNOWLEDGE', 'FIRST_RESPONSE', 'PLAN', 'RESOLVE', 'PROGRESS_SYNC', 'FOLLOW_UP'] as const),
);
export type SlaMoment = keyof typeof SlaMoment;
/** In the order in which they may be due: an earlier one is never due after a later one (2.4, invariant 1). */
export const SLA_CHAIN = ['ACKNOWLEDGE', 'FIRST_RESPONSE', 'PLAN', 'RESOLVE'] as const;

/** What a clock counts from. LAST_SYNC: the first response, then each sync or the time at which one was missed. */
export const SlaStart = options(
  ...(['RAISED', 'GREEN_CHANNEL_OPENED', 'DEVIATION_DECLARED', 'DISSATISFIED', 'LAST_SYNC'] as const),
  ...(['SOLUTION_DELIVERED', 'DELIVERY_COMPLETED'] as const),
);
export type SlaStart = keyof typeof SlaStart;

/** How time is counted (2.4). The first two count minutes, the last two days after the date of the start. */
export const CalendarKind = options('CONTINUOUS', 'SERVICE_WINDOW', 'WORKING_DAY', 'CALENDAR_DAY');
export type CalendarKind = keyof typeof CalendarKind;
/** Whose windows: those of priority customers (7×12, R-30) or everybody's. */
export const ServiceTier = options('STANDARD', 'PRIORITY');
export type ServiceTier = keyof typeof ServiceTier;

/** A year of minutes: no rule gives longer. */
export const SLA_MINUTES_MAX = 527_040;
export const SLA_DAYS_MAX = 366;

/** A length of time and how it is counted: `minutes` where minutes are counted, `days` where days are. */
export class SlaDuration {
  @OneOf(CalendarKind) kind!: CalendarKind;
  @Optional() @Count(0, SLA_MINUTES_MAX) minutes?: number;
  @Optional() @Count(0, SLA_DAYS_MAX) days?: number;
}
