import { reject, type NewEvent } from '@rapport/kernel';
import * as events from './ticket.events';
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
import { asImporter, isAutomatic } from './ticket.roles';

/** Execution: who does it, what is done, when the customer hears of it (SYS-16, SYS-17). */
export const execution = {
  AssignTicketOwner: (ticket, { ownerId: to, reason }, { now }) => {
    const { of } = openTicket(ticket, now);
    const from = of.ownerId;
    if (from === to) return [];
    return [
      events.TicketOwnerAssigned.of({
        ...of,
        to,
        reassignment: from !== undefined,
        ...present({ from, reason }),
      }),
    ];
  },

  AssignLeadDepartment: (ticket, { department: to, reason, sourceReassignment }, { now, actor }) => {
    const { of } = openTicket(ticket, now);
    const counted = asImporter(actor, 'sourceReassignment', sourceReassignment) === true;
    const from = of.department;
    if (from === to && !counted) return [];
    const reassignment = counted || from !== undefined;
    return [events.LeadDepartmentAssigned.of({ ...of, to, reassignment, ...present({ from, reason }) })];
  },

  AcknowledgeTicket: (ticket, { acknowledgedAt }, { now, actor }) => {
    const found = openTicket(ticket, now);
    timely(found, 'acknowledgedAt', acknowledgedAt, now);
    const how = { ...noted(acknowledgedAt, now), ...(isAutomatic(actor) && { automatic: true }) };
    return acknowledged(found, acknowledgedAt, how);
  },

  RecordFirstResponse: (ticket, { respondedAt, direction, responderId, interactionId }, { now }) => {
    const found = openTicket(ticket, now);
    timely(found, 'respondedAt', respondedAt, now);
    if (direction === undefined) return acknowledged(found, respondedAt, noted(respondedAt, now));
    const { round, answeredRound = 0 } = found.of;
    if (answeredRound >= round) return [];
    const told = { ...present({ responderId, interactionId }), ...noted(respondedAt, now) };
    const answer = { direction, respondedAt, ...told };
    return [events.FirstResponseRecorded.of({ ...found.of, ...answer }, respondedAt)];
  },

  RecordExecutionStep: (ticket, { final = false, ...line }, { now }) => {
    const found = openTicket(ticket, now);
    const { of } = found;
    timely(found, 'executedAt', line.executedAt, now);
    if (!final && line.nextNode === undefined)
      return reject('NEXT_NODE_MISSING', 'nextNode', 'a step that is not the final one names the next node');
    const lateEntry = line.executedAt < (of.lastStepAt ?? of.raisedAt);
    const step = { ...line, final, lateEntry, step: of.steps + 1 };
    return [events.ExecutionStepRecorded.of({ ...of, ...step }, line.executedAt)];
  },

  PresentPlan: (ticket, { options, presentedAt }, { now }) => {
    const found = openTicket(ticket, now);
    timely(found, 'presentedAt', presentedAt, now);
    if (options.length === 0)
      return reject('PLAN_WITHOUT_OPTION', 'options', 'a plan holds at least one option');
    return [
      events.PlanPresented.of({ ...found.of, options, presentedAt, ...noted(presentedAt, now) }, presentedAt),
    ];
  },

  WaitForCustomer: (ticket, { question, interactionId }, { now }) => {
    const { stage, of } = openTicket(ticket, now);
    if (stage === 'waiting') return [];
    const asked = { question, waitingSince: now, ...present({ interactionId }) };
    return [events.TicketWaitingForCustomer.of({ ...of, ...asked })];
  },

  ResumeTicket: (ticket, _, { now }) => resumed(openTicket(ticket, now), now),

  DeliverSolution: (ticket, { solution, deliveredAt }, { now }) => {
    const found = openTicket(ticket, now);
    timely(found, 'deliveredAt', deliveredAt, now);
    const before = solvedAtOf(found);
    if (before === deliveredAt && found.stage !== 'waiting') return [];
    const round = before === undefined ? found.of.round : found.of.round + 1;
    const delivered = { ...found.of, solution, deliveredAt, round, ...noted(deliveredAt, now) };
    return [...resumed(found, deliveredAt), events.SolutionDelivered.of(delivered, deliveredAt)];
  },
} satisfies Partial<Decide>;

/** A wait ends by an event of its own, whatever ended it, so that readers can add up the time. Never before it began. */
export const resumed = (ticket: OpenTicket, at: string): NewEvent<events.TicketResumed>[] => {
  if (ticket.stage !== 'waiting') return [];
  const { of, waitingSince } = ticket;
  const resumedAt = later(at, waitingSince);
  return [events.TicketResumed.of({ ...of, waitingSince, resumedAt }, resumedAt)];
};

/** A receipt that a machine sends again is none; a person's word comes in beside it (SYS-21.4). */
const acknowledged = (
  { of }: { readonly of: Facts },
  acknowledgedAt: string,
  how: { readonly notedAt?: string; readonly automatic?: boolean },
) =>
  (how.automatic && of.receiptAt !== undefined) ||
  of.acknowledgedAt !== undefined ||
  of.respondedAt !== undefined
    ? []
    : [events.TicketAcknowledged.of({ ...of, acknowledgedAt, ...how }, acknowledgedAt)];

/** Told later than it happened (SYS-16.4). */
const noted = (at: string, now: string): { readonly notedAt?: string } => (at < now ? { notedAt: now } : {});
