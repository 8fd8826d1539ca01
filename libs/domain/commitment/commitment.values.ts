import { options } from '@rapport/kernel';
import { SLA_CHAIN } from '../sla/sla.values';

/**
 * What is promised (SYS-25). For a ticket it gives its clocks a time, where no moment is named (2.4): RESOLUTION_TIME that of
 * the solution; FEEDBACK_TIME that of the first response or, once it was given, of the plan; DELIVERY and COMPENSATION none,
 * for what is handed over on the way or to make amends solves no need.
 */
export const CommitmentKind = options('RESOLUTION_TIME', 'COMPENSATION', 'DELIVERY', 'FEEDBACK_TIME');
export type CommitmentKind = keyof typeof CommitmentKind;
/** The moment of a ticket that a promise may be about: each has one clock, and they come one after the other (2.4). */
export const PromisedMoment = options(...SLA_CHAIN);
export type PromisedMoment = keyof typeof PromisedMoment;

/** It is warned of so many hours before it is due (2.5). */
export const COMMITMENT_WARNING_HOURS = [24, 2] as const;
/** What was only said is in writing after so many hours, or it is listed as unwritten (SYS-25). */
export const WRITTEN_WITHIN_HOURS = 4;

const HOUR_MS = 3_600_000;
/** The instant that lies a number of hours later; a negative number: earlier. */
export const hoursAfter = (instant: string, hours: number): string =>
  new Date(Date.parse(instant) + hours * HOUR_MS).toISOString();
/** The first moment at which a deadline has been missed: to meet it exactly is to meet it. */
export const justAfter = (deadline: string): string => new Date(Date.parse(deadline) + 1).toISOString();
