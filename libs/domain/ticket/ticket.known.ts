import type { Commitment } from '../commitment/commitment.state';
import type { Customer } from '../customer/customer.decider';
import type { Rulebook } from '../sla/sla.rulebook';
import type { SlaClocks } from '../sla/slaclocks.state';
import type { Value } from '../value/value.decider';
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
  RecordFirstResponse: { customer: Customer };
  HoldCoordinationMeeting: { rulebook: Rulebook };
  AssignDepartmentTask: { rulebook: Rulebook };
  DeclineDepartmentTask: { rulebook: Rulebook };
  ReopenTicket: { register: TicketRegister };
  ArchiveTicket: { register: TicketRegister };
  AnalyseTicket: { customer: Customer };
  ReviseAnalysis: { customer: Customer };
  PrioritiseTicket: { customer: Customer; value: Value; rulebook: Rulebook };
  OverridePriority: { customer: Customer; rulebook: Rulebook };
  ScheduleTicketInPlan: { customer: Customer };
  SetCommunicationStrategy: { customer: Customer; value: Value; rulebook: Rulebook; clocks: SlaClocks };
  ReviseCommunicationStrategy: { customer: Customer; value: Value; rulebook: Rulebook; clocks: SlaClocks };
  IssueRevisedPlan: { customer: Customer };
  FormTaskForce: { customer: Customer; value: Value };
  ChangeTaskForce: { customer: Customer; value: Value };
}
