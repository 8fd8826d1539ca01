import { refuse, reject } from '@rapport/kernel';
import type { RegisterTicket, SplitTicket } from './ticket.commands';
import * as events from './ticket.events';
import { checkedSummary } from './ticket.objectivity';
import { spoken } from './ticket.said';
import {
  daysBetween,
  openTicket,
  present,
  type Decide,
  type Facts,
  type Known,
  type Ticket,
} from './ticket.state';
import { RECURRENCE_DAYS, type SplitPart } from './ticket.values';

/** What holds tickets together: a mixture that was split, a problem that came back (SYS-12, SYS-19). */
export const links = {
  SplitTicket: (ticket, command, { now, known }) => {
    const { of } = openTicket(ticket, now);
    assertNew(of, command, known.parts);
    const newTicketIds = command.parts.map(({ ticketId }) => ticketId);
    const parts = command.parts.map((part, n) => splitOff(of, part, command.collectorId, `parts.${n}`));
    return [events.TicketSplit.of({ ...of, newTicketIds }), ...parts];
  },
} satisfies Partial<Decide>;

/** What a new ticket says of the one it comes from. Tickets are linked only within one customer. */
export const linksOf = (
  { ticketId, customerId, raisedAt, splitFrom, recurrenceOf }: RegisterTicket & { readonly raisedAt: string },
  { whole, earlier }: Known['RegisterTicket'],
) => {
  if (splitFrom !== undefined && !factsOf(whole, customerId)?.splitInto.includes(ticketId))
    refuse('NOT_A_PART', 'that ticket has not been split into this one: split it first', { splitFrom });
  if (recurrenceOf === undefined) return {};
  if (!earlier || !factsOf(earlier, customerId))
    return refuse('EARLIER_UNKNOWN', 'this customer has no such earlier ticket', { recurrenceOf });
  if (earlier.stage !== 'closed')
    return refuse('EARLIER_NOT_CLOSED', 'the earlier ticket is not closed: go on with it', { recurrenceOf });
  return { withinRecurrence: daysBetween(earlier.closedAt, raisedAt) <= RECURRENCE_DAYS };
};

const factsOf = (ticket: Ticket | undefined, customerId: string): Facts | undefined =>
  ticket && ticket.stage !== 'unregistered' && ticket.of.customerId === customerId ? ticket.of : undefined;

/** Every part gets an id of its own, which no ticket has and none is about to get. */
const assertNew = (of: Facts, { parts }: SplitTicket, found: readonly Ticket[]): void => {
  if (parts.length === 0) reject('SPLIT_WITHOUT_PART', 'parts', 'name at least one part to split off');
  const ids = [of.ticketId, ...of.splitInto, ...parts.map(({ ticketId }) => ticketId)];
  const repeated = ids.find((id, n) => ids.indexOf(id) !== n);
  if (repeated !== undefined)
    reject('PART_REPEATED', 'parts', `${repeated} is the id of this ticket or of more than one part`);
  const taken = parts.find((_, n) => found[n]?.stage !== 'unregistered')?.ticketId;
  if (taken !== undefined)
    refuse('TICKET_ID_TAKEN', 'there is a ticket of that id already', { existingId: taken });
};

const splitOff = (of: Facts, part: SplitPart, collectorId: string, field: string) => {
  const { ticketId: newTicketId, type: newType, urgency: newUrgency, verbatim, distilled, complaint } = part;
  const said = { verbatim, ...present({ distilled }), ...checkedSummary(part, `${field}.distilled`) };
  const newServicePhase = part.servicePhase ?? of.servicePhase;
  const about = {
    newTicketId,
    newType,
    newUrgency,
    ...present({ newServicePhase }),
    ...spoken(complaint, newType, `${field}.complaint`),
  };
  return events.TicketPartSplitOff.of({ ...of, ...about, ...said, collectorId });
};
