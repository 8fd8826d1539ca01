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
import { asImporter } from './ticket.roles';

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

  AcknowledgeTicket: (ticket, { acknowledgedAt }, { now }) => {
    const found = openTicket(ticket, now);
    return acknowledged(found, timely(found, 'acknowledgedAt', acknowledgedAt, now));
  },

  RecordFirstResponse: (ticket, { respondedAt, direction, responderId, interactionId }, { now }) => {
    const found = openTicket(ticket, now);
    timely(found, 'respondedAt', respondedAt, now);
    if (direction === undefined) return acknowledged(found, respondedAt);
    if (found.of.respondedAt !== undefined) return [];
    const answer = { direction, respondedAt, ...present({ responderId, interactionId }) };
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
    return [events.PlanPresented.of({ ...found.of, options, presentedAt }, presentedAt)];
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
    const delivered = { ...found.of, solution, deliveredAt, round };
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

const acknowledged = ({ of }: { readonly of: Facts }, acknowledgedAt: string) =>
  of.acknowledgedAt === undefined && of.respondedAt === undefined
    ? [events.TicketAcknowledged.of({ ...of, acknowledgedAt }, acknowledgedAt)]
    : [];
