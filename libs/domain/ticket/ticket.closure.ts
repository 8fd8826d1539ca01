import { refuse, reject, stateOf } from '@rapport/kernel';
import * as events from './ticket.events';
import { resumed } from './ticket.execution';
import { asImporter, isImporter, mayCloseUnanswered } from './ticket.roles';
import {
  daysBetween,
  openTicket,
  present,
  registered,
  solvedAtOf,
  type Decide,
  type OpenTicket,
  type Ticket,
} from './ticket.state';
import { RECURRENCE_DAYS, UNANSWERED_DAYS, type ClosureOutcome, type SourceVerdict } from './ticket.values';
import { numberOf, ticketRegister } from './ticketregister.decider';

/** Closure: the customer's word, another round, the end, and a new beginning (SYS-19). */
export const closure = {
  ConfirmSatisfied: (ticket, { evidence }, { now, actor }) => {
    const found = solved(ticket, now);
    if (found.stage === 'confirmed') return [];
    if (actor.id === found.of.ownerId && evidence === undefined)
      return reject('EVIDENCE_MISSING', 'evidence', "the owner must show evidence of the customer's word");
    const confirmed = { ...found.of, confirmedAt: now, ...present({ evidence }) };
    return [...resumed(found, now), events.CustomerConfirmedSatisfied.of(confirmed)];
  },

  ReportDissatisfied: (ticket, { reason }, { now }) => {
    const found = solved(ticket, now);
    const reported = events.CustomerReportedDissatisfied.of({ ...found.of, reason, reportedAt: now });
    return [...resumed(found, now), reported, secondCommunication(found, now)];
  },

  StartSecondCommunication: (ticket, _, { now }) => {
    const found = openTicket(ticket, now);
    if (solvedAtOf(found) === undefined && found.of.round > 1) return [];
    return [...resumed(solved(found, now), now), secondCommunication(found, now)];
  },

  CloseTicket: (ticket, { sourceVerdict }, { now, actor }) => {
    if (registered(ticket, now).stage === 'closed') return [];
    const found = openTicket(ticket, now);
    if (found.stage !== 'confirmed')
      return refuse('NOT_CONFIRMED', 'the customer has not confirmed that it is solved');
    return [closed(found, now, 'CONFIRMED', asImporter(actor, 'sourceVerdict', sourceVerdict))];
  },

  CloseUnconfirmed: (ticket, { sourceVerdict }, { now, actor }) => {
    if (registered(ticket, now).stage === 'closed') return [];
    const found = openTicket(ticket, now);
    const verdict = asImporter(actor, 'sourceVerdict', sourceVerdict);
    if (!isImporter(actor)) assertUnanswered(found, now, mayCloseUnanswered(actor));
    return [...resumed(found, now), closed(found, now, 'UNCONFIRMED', verdict)];
  },

  ReopenTicket: (ticket, { reason }, { now, known }) => {
    const found = registered(ticket, now);
    const over = found.stage === 'closed' ? found : solved(found, now);
    const { of } = over;
    const closedAt = over.stage === 'closed' ? over.closedAt : undefined;
    const since = closedAt ?? solvedAtOf(over) ?? now;
    const withinRecurrence = daysBetween(since, now) <= RECURRENCE_DAYS;
    const again = { reason, reopenedAt: now, round: of.round + 1, withinRecurrence };
    const told = present({ closedAt, ticketNumber: numberOf(known.register, of.ticketId) });
    const wait = over.stage === 'closed' ? [] : resumed(over, now);
    return [...wait, events.TicketReopened.of({ ...of, ...again, ...told })];
  },
} satisfies Partial<Decide>;

/** A reopened ticket tells its number again, for readers that had let it go. */
export const askForReopening = (ticket: Ticket) => ({
  register: stateOf(ticketRegister, ticket.stage === 'unregistered' ? '' : ticketYearOf(ticket.of.raisedAt)),
});
/** The year whose register numbers a ticket: of the day it was raised, in UTC. */
const ticketYearOf = (raisedAt: string): string => raisedAt.slice(0, 4);

/** The ticket, if it stands on a delivered solution. */
const solved = (ticket: Ticket, now: string): OpenTicket => {
  const found = openTicket(ticket, now);
  return solvedAtOf(found) === undefined
    ? refuse('TICKET_NOT_SOLVED', 'no solution has been delivered that the customer could speak of')
    : found;
};
const secondCommunication = ({ of }: OpenTicket, now: string) =>
  events.SecondCommunicationStarted.of({ ...of, startedAt: now, round: of.round + 1 });

const closed = (
  { of }: OpenTicket,
  now: string,
  outcome: ClosureOutcome,
  sourceVerdict: SourceVerdict | undefined,
) => events.TicketClosed.of({ ...of, outcome, closedAt: now, ...present({ sourceVerdict }) });

const assertUnanswered = (ticket: OpenTicket, now: string, allowed: boolean): void => {
  if (!allowed)
    refuse('ROLE_NOT_ALLOWED', 'only a supervisor may close a ticket without the customer’s word');
  if (ticket.stage === 'confirmed')
    refuse('ALREADY_CONFIRMED', 'the customer has confirmed: close it with that word');
  const solvedAt = solvedAtOf(ticket);
  if (solvedAt === undefined) return refuse('TICKET_NOT_SOLVED', 'no solution has been delivered');
  if (daysBetween(solvedAt, now) < UNANSWERED_DAYS)
    refuse('ANSWER_AWAITED', `the customer has ${UNANSWERED_DAYS} days to answer`, { solvedAt });
};
