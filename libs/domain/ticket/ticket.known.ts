import type { Commitment } from '../commitment/commitment.state';
import type { Customer } from '../customer/customer.decider';
import type { WorkingCalendars } from '../sla/workingcalendar.state';
import type { Value } from '../value/value.decider';
import type { Law } from './ticket.law';
import type { Ticket } from './ticket.state';
import type { TicketRegister } from './ticketregister.decider';

/** What is asked of other streams before a decision. */
export interface Known {
  RegisterTicket: { customer: Customer; whole?: Ticket; earlier?: Ticket };
  /** Who has the ids of the parts already, in their order. */
  SplitTicket: { parts: readonly Ticket[] };
  /** The promises that were made for the ticket. */
  CloseTicket: { commitments?: readonly Commitment[] };
  CloseUnconfirmed: { commitments?: readonly Commitment[] };
  AssignTicketOwner: { customer: Customer };
  HoldCoordinationMeeting: { calendar: WorkingCalendars };
  AssignDepartmentTask: { calendar: WorkingCalendars };
  DeclineDepartmentTask: { calendar: WorkingCalendars };
  ReopenTicket: { register: TicketRegister };
  ArchiveTicket: { register: TicketRegister };
  AnalyseTicket: { customer: Customer };
  ReviseAnalysis: { customer: Customer };
  PrioritiseTicket: { customer: Customer; value: Value; calendar: WorkingCalendars };
  OverridePriority: { customer: Customer; calendar: WorkingCalendars };
  ScheduleTicketInPlan: { customer: Customer };
  SetCommunicationStrategy: { customer: Customer; value: Value; law: Law };
  ReviseCommunicationStrategy: { customer: Customer; value: Value; law: Law };
  FormTaskForce: { customer: Customer; value: Value };
  ChangeTaskForce: { customer: Customer; value: Value };
}
