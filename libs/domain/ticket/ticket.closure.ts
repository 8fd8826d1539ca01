import { refuse, reject, stateOf, type Actor, type Lookup } from '@rapport/kernel';
import { commitmentStanding, type Commitment } from '../commitment/commitment.state';
import * as events from './ticket.events';
import { resumed } from './ticket.execution';
import { assertLoopClosed, tasksCancelled } from './ticket.loop';
import { asImporter, isImporter, mayCloseUnanswered } from './ticket.roles';
import {
  assertNotArchived,
  daysBetween,
  openTicket,
  present,
  registered,
  solvedAtOf,
  type Decide,
  type Facts,
  type OpenTicket,
  type Ticket,
} from './ticket.state';
import {
  RECURRENCE_DAYS,
  UNANSWERED_DAYS,
  type ClosureOutcome,
  type SourceVerdict,
  type TicketManifest,
} from './ticket.values';
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

  CloseTicket: (ticket, { sourceVerdict }, { now, actor, known }) => {
    if (registered(ticket, now).stage === 'closed') return [];
    const found = openTicket(ticket, now);
    if (found.stage !== 'confirmed')
      return refuse('NOT_CONFIRMED', 'the customer has not confirmed that it is solved');
    assertNothingOpen(found, actor, known);
    assertVerdictTold(found, actor);
    const verdict = asImporter(actor, 'sourceVerdict', sourceVerdict);
    return [...leftBehind(found, now), closed(found, now, 'CONFIRMED', verdict)];
  },

  CloseUnconfirmed: (ticket, { sourceVerdict }, { now, actor, known }) => {
    if (registered(ticket, now).stage === 'closed') return [];
    const found = openTicket(ticket, now);
    const verdict = asImporter(actor, 'sourceVerdict', sourceVerdict);
    if (!isImporter(actor)) assertUnanswered(found, now, mayCloseUnanswered(actor));
    assertNothingOpen(found, actor, known);
    assertVerdictTold(found, actor);
    return [...resumed(found, now), ...leftBehind(found, now), closed(found, now, 'UNCONFIRMED', verdict)];
  },

  RemindOfConfirmation: (ticket, { solvedAt, afterDays }, { now }) => {
    if (ticket.stage === 'confirmed' || solvedAtOf(ticket) !== solvedAt) return [];
    const { of } = openTicket(ticket, now);
    if ((of.remindedDays ?? 0) >= afterDays) return [];
    if (daysBetween(solvedAt, now) < afterDays)
      return refuse('REMINDER_NOT_DUE', `${afterDays} days have not passed yet`, { solvedAt });
    return [events.ClosureReminderDue.of({ ...of, solvedAt, afterDays })];
  },

  ArchiveTicket: (ticket, _, { now, known }) => {
    const found = registered(ticket, now);
    if (found.stage !== 'closed') return refuse('NOT_CLOSED', 'only a closed ticket is archived');
    if (found.archivedAt !== undefined) return [];
    const { of, closedAt, outcome } = found;
    const told = present({ ticketNumber: numberOf(known.register, of.ticketId) });
    const filed = { closedAt, outcome, manifest: manifestOf(of), ...told };
    return [events.TicketArchived.of({ ...of, archivedAt: now, ...filed })];
  },

  ReopenTicket: (ticket, { reason }, { now, known }) => {
    const found = registered(ticket, now);
    if (found.stage === 'closed') assertNotArchived(found);
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

/** Only an import closes over tasks: nobody could do them any more. */
const leftBehind = ({ of }: OpenTicket, now: string) => tasksCancelled(of, 'the ticket was closed', now);
/** Nothing is closed over a promise, a task or an answer that is still owed; an import is as its source was (SYS-19.6). */
const assertNothingOpen = (
  { of }: OpenTicket,
  actor: Actor,
  { commitments = [] }: { readonly commitments?: readonly Commitment[] },
): void => {
  if (isImporter(actor)) return;
  assertLoopClosed(of);
  const open = commitments.flatMap((each) => (each.stage === 'open' ? [each.of.commitmentId] : []));
  if (open.length > 0)
    refuse('OPEN_COMMITMENT', 'promises for this ticket are neither kept nor taken back', {
      commitmentIds: open,
    });
};
/** What has become of the promises that were made for a ticket, read afresh. */
export const askForPromises = (ticket: Ticket) => {
  const ids = (ticket.stage === 'unregistered' ? undefined : ticket.of.commitmentIds) ?? [];
  if (ids.length === 0) return {};
  const commitments: Lookup<readonly Commitment[]> = (streams) =>
    Promise.all(ids.map((id) => streams.stateOf(commitmentStanding, id)));
  return { commitments };
};

/** A ticket that is reopened or archived tells its number, for readers that had let it go. */
export const askForNumber = (ticket: Ticket) => ({
  register: stateOf(ticketRegister, ticket.stage === 'unregistered' ? '' : ticketYearOf(ticket.of.raisedAt)),
});
/** The year whose register numbers a ticket: of the day it was raised, in UTC. */
const ticketYearOf = (raisedAt: string): string => raisedAt.slice(0, 4);

const manifestOf = ({ filed, steps, round: rounds, type, splitInto: parts }: Facts): TicketManifest => ({
  ...{ ...filed, steps, rounds, complaint: type === 'COMPLAINT', parts },
});

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

/** A verdict of NO or PARTIAL never disappears silently (SYS-13.2, SYS-19.6, C-13). */
const assertVerdictTold = ({ of: { analysis } }: OpenTicket, actor: Actor): void => {
  if (analysis?.mustBeTold === true && !isImporter(actor))
    refuse('VERDICT_UNTOLD', 'the customer has not been told that it cannot be done, or not wholly', {
      verdict: analysis.verdict,
    });
};
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
