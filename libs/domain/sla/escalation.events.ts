import { Count, Event, Flag, Id, Instant, OneOf, Optional, Personal, Text } from '@rapport/kernel';
import { ComplaintLevel } from '../complaint/complaint.values';
import { TicketType, Urgency } from '../ticket/ticket.values';
import { EscalationLevel, EscalationTrigger } from './escalation.values';
import { SlaMoment } from './sla.values';

/** An escalation lives beside its ticket and has its id. */
abstract class OfEscalation extends Event {
  @Id() ticketId!: string;
  @Id() customerId!: string;
  /** What the ticket was when it was escalated first. */
  @Optional() @OneOf(TicketType) type?: TicketType;
  @OneOf(Urgency) urgency!: Urgency;
  @Instant() raisedAt!: string;
  /** 1 for the first escalation of the ticket, 2 for the next one, and so on. */
  @Count(1, 1e6) escalation!: number;
  /** The clock it is about; absent: somebody asked for it. */
  @Optional() @OneOf(SlaMoment) moment?: SlaMoment;
  @Optional() @Count(1, 1e6) clockRound?: number;
  @OneOf(EscalationLevel) level!: EscalationLevel;
}

/** Management was called to a ticket, at this level; each level once for each escalation (R-21, SYS-22). */
export class TicketEscalated extends OfEscalation {
  /** Absent: nobody had been called before. */
  @Optional() @OneOf(EscalationLevel) from?: EscalationLevel;
  @OneOf(EscalationTrigger) trigger!: EscalationTrigger;
  @Text(500) @Personal('customerId') reason!: string;
  /** The person on duty at that level. */
  @Optional() @Id() onDutyId?: string;
  /** Who may not accept it: whose work it is about. */
  @Optional() @Id() causedById?: string;
  @Flag() priorityCustomer!: boolean;
  @Optional() @OneOf(ComplaintLevel) complaintLevel?: ComplaintLevel;
  @Instant() escalatedAt!: string;
  /** Not accepted by then, it moves up. Absent: this is the top. */
  @Optional() @Instant() acceptBy?: string;
}
/** Somebody of that level or above has taken the escalation on (SYS-22). */
export class EscalationAccepted extends OfEscalation {
  @Id() acceptedById!: string;
  @Instant() escalatedAt!: string;
  @Instant() acceptedAt!: string;
}
/** What management was called for is settled; the history stays (SYS-22). */
export class EscalationResolved extends OfEscalation {
  @Text(2000) @Personal('customerId') note!: string;
  @Instant() escalatedAt!: string;
  @Instant() resolvedAt!: string;
  /** Absent: nobody had accepted it. */
  @Optional() @Id() acceptedById?: string;
}
