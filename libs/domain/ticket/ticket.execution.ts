import { refuse, reject, type Actor, type NewEvent } from '@rapport/kernel';
import type { Customer } from '../customer/customer.decider';
import { isVip } from '../customer/customer.priority';
import * as events from './ticket.events';
import type { OfTicket } from './ticket.identity.values';
import { assertCoordinated } from './ticket.loop';
import {
  later,
  openTicket,
  present,
  solvedAtOf,
  timely,
  type Decide,
  type Facts,
  type OpenTicket,
} from './ticket.state';
import { asImporter, isAutomatic, isImporter, takesItAtTheDesk } from './ticket.roles';
import { isAfterSaleProblem } from './ticket.values';
import { assertVoice } from './ticket.voice';

/** Execution: who does it, what is done, when the customer hears of it (SYS-16, SYS-17). */
export const execution = {
  AssignTicketOwner: (ticket, { ownerId: to, reason }, { now, actor, known }) => {
    const { of } = openTicket(ticket, now);
    return owned(of, to, { actor, customer: known.customer, ...present({ reason }) });
  },

  AssignLeadDepartment: (ticket, { department: to, reason, sourceReassignment }, { now, actor }) => {
    const { of } = openTicket(ticket, now);
    const counted = asImporter(actor, 'sourceReassignment', sourceReassignment) === true;
    const from = of.department;
    if (from === to && !counted) return [];
    const reassignment = counted || (from !== undefined && !of.ledByType);
    return [events.LeadDepartmentAssigned.of({ ...of, to, reassignment, ...present({ from, reason }) })];
  },

  AcknowledgeTicket: (ticket, { ticketId: _, ...told }, { now, actor }) => {
    const found = openTicket(ticket, now);
    timely(found, 'acknowledgedAt', told.acknowledgedAt, now);
    assertVoice(found.of, told.speakingDepartment, actor);
    const how = { ...noted(told.acknowledgedAt, now), ...(isAutomatic(actor) && { automatic: true }) };
    return acknowledged(found, { ...told, ...how });
  },

  RecordFirstResponse: (ticket, { ticketId: _, direction, ownerId, ...told }, { now, actor, known }) => {
    const found = openTicket(ticket, now);
    const { respondedAt, interactionId, evidenceId, speakingDepartment } = told;
    timely(found, 'respondedAt', respondedAt, now);
    assertVoice(found.of, speakingDepartment, actor);
    const late = noted(respondedAt, now);
    const proof = present({ evidenceId: evidenceId ?? interactionId, speakingDepartment });
    if (direction === undefined && (ownerId ?? told.resolutionDue) !== undefined)
      return reject('DIRECTION_MISSING', 'direction', 'an owner and a resolution node come with a direction');
    if (direction === undefined)
      return acknowledged(found, { acknowledgedAt: respondedAt, ...late, ...proof });
    const { round, answeredRound = 0 } = found.of;
    if (answeredRound >= round) return [];
    assertSent(told, actor);
    if (!isImporter(actor)) assertNodeGiven(found.of, { ...present({ ownerId }), ...told }, now);
    const owner = ownerId === undefined ? [] : owned(found.of, ownerId, { actor, customer: known.customer });
    return [
      ...owner,
      events.FirstResponseRecorded.of({ ...found.of, ...told, ...late, direction }, respondedAt),
    ];
  },

  RecordExecutionStep: (ticket, { final = false, ...line }, { now, actor }) => {
    const found = openTicket(ticket, now);
    const { of } = found;
    timely(found, 'executedAt', line.executedAt, now);
    if (!final && line.nextNode === undefined)
      return reject('NEXT_NODE_MISSING', 'nextNode', 'a step that is not the final one names the next node');
    assertCoordinated(of, actor);
    const lateEntry = line.executedAt < (of.lastStepAt ?? of.raisedAt);
    const step = { ...line, final, lateEntry, step: of.steps + 1 };
    return [events.ExecutionStepRecorded.of({ ...of, ...step }, line.executedAt)];
  },

  PresentPlan: (ticket, { ticketId: _, ...plan }, { now, actor }) => {
    const found = openTicket(ticket, now);
    const { options, presentedAt, speakingDepartment, cause } = plan;
    timely(found, 'presentedAt', presentedAt, now);
    assertVoice(found.of, speakingDepartment, actor);
    if (options.length === 0)
      return reject('PLAN_WITHOUT_OPTION', 'options', 'a plan holds at least one option');
    if (!isImporter(actor)) assertCauseKnown(found.of, cause);
    return [events.PlanPresented.of({ ...found.of, ...plan, ...noted(presentedAt, now) }, presentedAt)];
  },

  WaitForCustomer: (ticket, { ticketId: _, ...question }, { now, actor }) => {
    const { stage, of } = openTicket(ticket, now);
    if (stage === 'waiting') return [];
    assertVoice(of, question.speakingDepartment, actor);
    const asked = { ...question, waitingSince: now };
    return [events.TicketWaitingForCustomer.of({ ...of, ...asked })];
  },

  ResumeTicket: (ticket, _, { now }) => resumed(openTicket(ticket, now), now),

  DeliverSolution: (ticket, { ticketId: _, ...told }, { now, actor }) => {
    const found = openTicket(ticket, now);
    const { deliveredAt, speakingDepartment } = told;
    timely(found, 'deliveredAt', deliveredAt, now);
    const before = solvedAtOf(found);
    if (before === deliveredAt && found.stage !== 'waiting') return [];
    assertVoice(found.of, speakingDepartment, actor);
    if (found.of.adjusting && !isImporter(actor))
      return refuse('ADJUSTED_PLAN_REQUIRED', 'present an adjusted plan before another solution');
    const round = before === undefined ? found.of.round : found.of.round + 1;
    const delivered = { ...found.of, ...told, round, ...noted(deliveredAt, now) };
    return [...resumed(found, deliveredAt), events.SolutionDelivered.of(delivered, deliveredAt)];
  },

  TieCommitment: (ticket, { commitmentId }, { now }) => {
    const { of } = openTicket(ticket, now);
    if (of.commitmentIds?.includes(commitmentId)) return [];
    return [events.CommitmentTied.of({ ...of, commitmentId })];
  },
} satisfies Partial<Decide>;

/** After something that did not satisfy nobody plans on without knowing why (SYS-19.2). */
export const assertCauseKnown = ({ adjusting }: Facts, cause: string | undefined): void => {
  if (adjusting && cause === undefined)
    reject('CAUSE_REQUIRED', 'cause', 'an adjusted plan says why the one before did not satisfy');
};

/** A wait ends by an event of its own, whatever ended it, so that readers can add up the time. Never before it began. */
export const resumed = (ticket: OpenTicket, at: string): NewEvent<events.TicketResumed>[] => {
  if (ticket.stage !== 'waiting') return [];
  const { of, waitingSince } = ticket;
  const resumedAt = later(at, waitingSince);
  return [events.TicketResumed.of({ ...of, waitingSince, resumedAt }, resumedAt)];
};

/** What reached the customer was sent somehow: an interaction, or evidence of one, is named (SYS-16.2). */
const assertSent = (
  { interactionId, evidenceId }: { readonly interactionId?: string; readonly evidenceId?: string },
  actor: Actor,
): void => {
  if (interactionId === undefined && evidenceId === undefined && !isImporter(actor))
    reject('INTERACTION_REQUIRED', 'interactionId', 'name the interaction that brought it to the customer');
};

/** With the first answer to an after-sale problem the customer hears who sees to it and until when. */
const assertNodeGiven = (
  of: Facts,
  { ownerId = of.ownerId, resolutionDue }: { readonly ownerId?: string; readonly resolutionDue?: string },
  now: string,
): void => {
  if (isAfterSaleProblem(of)) {
    if (ownerId === undefined)
      reject('OWNER_MISSING', 'ownerId', 'an after-sale problem has an owner with its first response');
    if (resolutionDue === undefined)
      reject('RESOLUTION_NODE_MISSING', 'resolutionDue', 'say until when an after-sale problem is resolved');
  }
  if (resolutionDue !== undefined && resolutionDue <= now)
    reject('RESOLUTION_NODE_PASSED', 'resolutionDue', 'a resolution node lies in the future');
};

interface Assigning {
  readonly actor: Actor;
  readonly customer: Customer;
  readonly reason?: string;
}
const owned = (of: Facts, to: string, { actor, customer, reason }: Assigning) => {
  const from = of.ownerId;
  if (from === to) return [];
  if (takesItAtTheDesk(actor, to) && isVip(customer))
    refuse('OWNER_UNFIT', 'a VIP is answered by the account manager or a delegate of the head');
  const reassignment = from !== undefined;
  return [events.TicketOwnerAssigned.of({ ...of, to, reassignment, ...present({ from, reason }) })];
};

type Acknowledged = Omit<events.TicketAcknowledged, keyof OfTicket>;
/** A receipt that a machine sends again is none; a person's word comes in beside it (SYS-21.4). */
const acknowledged = ({ of }: OpenTicket, told: Acknowledged) =>
  (told.automatic && of.receiptAt !== undefined) ||
  of.acknowledgedAt !== undefined ||
  of.respondedAt !== undefined
    ? []
    : [events.TicketAcknowledged.of({ ...of, ...told }, told.acknowledgedAt)];

/** Told later than it happened (SYS-16.4). */
export const noted = (at: string, now: string): { readonly notedAt?: string } =>
  at < now ? { notedAt: now } : {};
