import type { ComplaintLevel, TicketType, Urgency } from '@rapport/domain/values';

interface Named {
  readonly ticketId: string;
  readonly moment: string;
  readonly round: number;
}
/** `t-1|PLAN|1`: one row for each clock. */
export const eachClock = ({ ticketId, moment, round }: Named): readonly string[] => [
  `${clocksOf(ticketId)}${moment}|${round}`,
];
/** How the keys of the clocks of a ticket begin; no id has such a bar. */
export const clocksOf = (ticketId: string): string => `${ticketId}|`;

interface Work {
  readonly type?: TicketType;
  readonly urgency: Urgency;
  readonly complaintLevel?: ComplaintLevel;
  readonly ownerId?: string;
  readonly department?: string;
}
/** What a ticket was, and whose work, when something became of one of its clocks. */
export const workIn = ({ type, urgency, complaintLevel, ownerId, department }: Work) => ({
  ...{ type: type ?? null, urgency, complaintLevel: complaintLevel ?? null },
  ...{ ownerId: ownerId ?? null, department: department ?? null },
});
