import { EvaluateSlaClocks } from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import { SlaFacts } from '@rapport/domain/values';
import { hydrate } from '@rapport/kernel';

/** A routine ticket that was raised then, and so many hours later. */
export const RAISED = '2024-03-11T02:00:00.000Z';
export const hour = (n: number): string => new Date(Date.parse(RAISED) + n * 3_600_000).toISOString();
export const of = { ticketId: 't-1', customerId: 'c-1', urgency: 'ROUTINE', raisedAt: RAISED } as const;
export const said = {
  ...{ isEnquiry: false, isComplex: false },
  ...({ channel: 'PHONE', verbatim: 'x', collectorId: 's' } as const),
};
export const registered = e.TicketRegistered.of({ ...of, ...said }, RAISED);

const facts = {
  ...{ customerId: 'c-1', urgency: 'ROUTINE', raisedAt: RAISED, isEnquiry: false, heard: 1 },
  ...{ classedAt: RAISED, classApproved: false, reached: [], promises: [] },
  opening: { start: 'RAISED', at: RAISED, heard: 1 },
} as const;
/** The clocks are looked at with this, as the so manieth thing that was heard. */
export const look = (heard: number, more: object = {}): EvaluateSlaClocks =>
  EvaluateSlaClocks.of({ ticketId: 't-1', facts: hydrate(SlaFacts, { ...facts, heard, ...more }) });
