import { Command, Count, Event, Id, Instant, OneOf, Optional } from '@rapport/kernel';
import { TicketType, Urgency } from './ticket.values';

/** Every ticket event says whose ticket it is, of which class, and since when its clocks run: no reader looks back. */
export abstract class OfTicket extends Event {
  @Id() ticketId!: string;
  @Id() customerId!: string;
  /** Absent: still to be classified. */
  @Optional() @OneOf(TicketType) type?: TicketType;
  @OneOf(Urgency) urgency!: Urgency;
  /** 1 is the highest. */
  @Optional() @Count(1, 4) priority?: number;
  @Instant() raisedAt!: string;
}

/** Every ticket command names its ticket. */
export abstract class ForTicket extends Command {
  @Id() ticketId!: string;
}
