import { Command, Count, Id, OneOf, Optional, Part, Text } from '@rapport/kernel';
import { SlaMoment } from './sla.values';
import { BreachReason, PauseReason, SlaFacts } from './slaclocks.values';

abstract class ForClocks extends Command {
  @Id() ticketId!: string;
}

/** See what has become of the clocks of a ticket: what has begun, been reached, moved, and what time has done, SYS-21 (internal). */
export class EvaluateSlaClocks extends ForClocks {
  @Part(SlaFacts) facts!: SlaFacts;
}
/** Let the clock of a plan or a solution stand still while a question to the customer is out; a supervisor or somebody above. It goes on with the customer's answer (2.4, SYS-21). */
export class PauseSlaClock extends ForClocks {
  @OneOf(SlaMoment) moment!: SlaMoment;
  @OneOf(PauseReason) reason!: PauseReason;
  /** The mail or call with the question. Without it nothing stands still. */
  @Optional() @Id() questionId?: string;
}
/** Let a clock go on that stood still (SYS-21). */
export class ResumeSlaClock extends ForClocks {
  @OneOf(SlaMoment) moment!: SlaMoment;
}
/** Say why a deadline was missed; within two working days (SYS-21). */
export class RecordBreachReason extends ForClocks {
  @OneOf(SlaMoment) moment!: SlaMoment;
  /** The round of the clock; the last that was breached, if nothing is said. */
  @Optional() @Count(1, 1e6) round?: number;
  @OneOf(BreachReason) reason!: BreachReason;
  /** Needed with OTHER. */
  @Optional() @Text(500) text?: string;
}
