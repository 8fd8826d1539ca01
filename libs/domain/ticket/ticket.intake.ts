import { refuse, reject } from '@rapport/kernel';
import { knownWithContact } from '../customer/customer.decider';
import type { CustomerGrade } from '../customer/customer.values';
import type { RegisterTicket } from './ticket.commands';
import * as events from './ticket.events';
import { linksOf } from './ticket.links';
import { raisedIn } from './ticket.raised';
import { checked, spoken } from './ticket.said';
import { openTicket, present, registered, solvedAtOf, type Decide, type Facts } from './ticket.state';
import { resumed } from './ticket.execution';
import { tasksCancelled } from './ticket.loop';
import { asRankedElsewhere } from './ticket.roles';
import type { Attachment } from './ticket.values';

/** Intake: a ticket is taken in, described, classified, weighed or taken back (SYS-12). */
export const intake = {
  RegisterTicket: (ticket, command, { now, actor, known }) => {
    if (ticket.stage !== 'unregistered') return sameNeed(ticket.of, command);
    const customer = knownWithContact(known.customer, command.contactId);
    const { isEnquiry = false, isComplex = false, complaint, attachments = [], ...words } = command;
    const said = { ...words, ...raisedIn(command, known, now) };
    asRankedElsewhere(actor, said.priority);
    attachments.forEach((each) => assertSafe(each, 'attachments'));
    const intake = { ...said, isEnquiry, isComplex, ...spoken(complaint, said.type), ...checked(said) };
    const files = attachments.length > 0 ? { attachments } : {};
    const beside = { ...files, ...linksOf(said, known), ...snapshotOf(customer) };
    return [events.TicketRegistered.of({ ...intake, ...beside }, said.raisedAt)];
  },

  AmendTicketDetails: (ticket, { ticketId: _, distilledOverride, ...details }, { now }) => {
    const { of } = openTicket(ticket, now);
    if (Object.values(details).every((detail) => detail === undefined))
      return reject('NOTHING_TO_AMEND', 'ticketId', 'name at least one detail to amend');
    const marks = checked({ ...details, ...present({ distilledOverride }) });
    return [events.TicketDetailsAmended.of({ ...of, ...details, ...marks })];
  },

  AttachToTicket: (ticket, { attachment }, { now }) => {
    const { of } = openTicket(ticket, now);
    assertSafe(attachment, 'attachment');
    return [events.TicketAttachmentAdded.of({ ...of, attachment })];
  },

  ClassifyTicket: (ticket, { type, servicePhase, isEnquiry, complaint }, { now }) => {
    const found = openTicket(ticket, now);
    const { type: from, ...of } = found.of;
    const settled = { to: type, isEnquiry: isEnquiry ?? of.isEnquiry, ...spoken(complaint, type) };
    const phase = servicePhase ?? of.servicePhase;
    const isSame = from === type && settled.isEnquiry === of.isEnquiry && phase === of.servicePhase;
    if (isSame && !complaint) return [];
    const done = present({ from, servicePhase: phase, deliveredAt: solvedAtOf(found) });
    return [events.TicketClassified.of({ ...of, type, ...settled, ...done })];
  },

  ChangeTicketUrgency: (ticket, { urgency, priority: given, reason }, { now, actor }) => {
    const { of } = openTicket(ticket, now);
    const priority = asRankedElsewhere(actor, given);
    if (urgency === undefined && priority === undefined)
      return reject('NOTHING_TO_CHANGE', 'urgency', 'name the urgency that it has now');
    const to = urgency ?? of.urgency;
    const toPriority = priority ?? of.priority;
    if (to === of.urgency && toPriority === of.priority) return [];
    if (of.prioritised && toPriority !== of.priority)
      return refuse('PRIORITY_ASSIGNED', 'the ticket has a priority: override it, with reason and approver');
    const priorities = present({ fromPriority: of.priority, toPriority, priority: toPriority });
    return [
      events.TicketUrgencyChanged.of({ ...of, urgency: to, from: of.urgency, to, ...priorities, reason }),
    ];
  },

  WithdrawTicket: (ticket, { reason }, { now }) => {
    if (registered(ticket, now).stage === 'withdrawn') return [];
    const found = openTicket(ticket, now);
    const withdrawn = events.TicketWithdrawn.of({ ...found.of, reason, withdrawnAt: now });
    const left = tasksCancelled(found.of, 'the customer took the need back', now);
    return [...resumed(found, now), ...left, withdrawn];
  },
} satisfies Partial<Decide>;

/** What the customer was when the need was raised (template 1). */
const snapshotOf = ({ profile }: ReturnType<typeof knownWithContact>) =>
  present({ industry: profile.INDUSTRY, grade: profile.GRADE as CustomerGrade | undefined });

/** Sent again it is so already; another need under the same id would be lost. */
const sameNeed = (
  { ticketId, customerId, raisedAt, raisedOn }: Facts,
  wanted: Pick<RegisterTicket, 'customerId' | 'raisedAt' | 'raisedOn'>,
): [] =>
  customerId === wanted.customerId &&
  (wanted.raisedAt === undefined ? raisedOn === wanted.raisedOn : raisedAt === wanted.raisedAt)
    ? []
    : refuse('TICKET_ID_TAKEN', 'there is a ticket of that id already, with another need', {
        existingId: ticketId,
      });

const assertSafe = ({ name, sensitive, encrypted }: Attachment, field: string): void => {
  if (sensitive && !encrypted)
    reject('SENSITIVE_UNENCRYPTED', field, `${name} is sensitive and must be stored encrypted`);
};
