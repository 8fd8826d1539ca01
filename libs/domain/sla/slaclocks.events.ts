import {
  Count,
  Event,
  Flag,
  Id,
  Instant,
  ListOf,
  OneOf,
  Optional,
  Part,
  Personal,
  Text,
} from '@rapport/kernel';
import { ComplaintLevel } from '../complaint/complaint.values';
import { TicketType, Urgency } from '../ticket/ticket.values';
import { EscalationLevel } from './escalation.values';
import { ServiceTier, SlaMoment } from './sla.values';
import {
  BreachReason,
  ClockOpener,
  PauseReason,
  RescheduleCause,
  SlaCounted,
  SlaRuleChoice,
} from './slaclocks.values';
import { SLA_RULES_MAX } from './slapolicy.values';

const MS_MAX = 1e13;

/** Every event of a clock says which it is, whose work it was then, when it is due and what it looks at next: no reader looks back. */
abstract class OfClock extends Event {
  @Id() ticketId!: string;
  @Id() customerId!: string;
  @OneOf(SlaMoment) moment!: SlaMoment;
  /** 1 for the first clock of this moment, 2 for the one after it, and so on. */
  @Count(1, 1e6) round!: number;
  @Optional() @OneOf(TicketType) type?: TicketType;
  @OneOf(Urgency) urgency!: Urgency;
  @Optional() @OneOf(ComplaintLevel) complaintLevel?: ComplaintLevel;
  @Flag() isEnquiry!: boolean;
  @Optional() @Id() ownerId?: string;
  @Optional() @Id() department?: string;
  /** From when it counts. */
  @Instant() startAt!: string;
  /** To be reached at this moment at the latest. */
  @Instant() dueAt!: string;
  /** How much had been heard of the ticket by then. */
  @Count(1, 1e9) heard!: number;
  /** When the clocks of this ticket are to be looked at next; absent: not by themselves. */
  @Optional() @Instant() wakeAt?: string;
}
/** With the moments that follow from where its deadline lies. */
abstract class OfTimedClock extends OfClock {
  /** When the owner is warned. */
  @Instant() warnAt!: string;
  /** When higher levels are called, if it is still not reached (2.4). */
  @Instant() departmentHeadAt!: string;
  @Instant() seniorManagementAt!: string;
  /** What leads to the deadline; absent: a promise names it. */
  @Optional() @Part(SlaCounted) counted?: SlaCounted;
  /** It would be due after this later moment, and has its deadline (2.4, invariant 1). */
  @Optional() @OneOf(SlaMoment) clippedBy?: SlaMoment;
  /** The promise that it has its deadline from (2.4), or `RESOLUTION_NODE`: the time that the first response named. */
  @Optional() @Id() commitmentId?: string;
}

/** A clock runs: by this rule of this policy, and these would have given more time (2.4, SYS-21.1). */
export class SlaClockStarted extends OfTimedClock {
  @OneOf(ClockOpener) opener!: ClockOpener;
  @Instant() openedAt!: string;
  /** As what was heard of the ticket its round began. */
  @Count(1, 1e9) openedHeard!: number;
  @Part(SlaRuleChoice) winner!: SlaRuleChoice;
  /** Strictest first. */
  @ListOf(SlaRuleChoice, SLA_RULES_MAX) losers!: readonly SlaRuleChoice[];
  @Id() policyId!: string;
  /** It keeps this version, whatever is published later. */
  @Count(1, 1e6) policyVersion!: number;
  @Id() calendarId!: string;
  @Count(1, 1e6) calendarVersion!: number;
  @OneOf(ServiceTier) tier!: ServiceTier;
  @Flag() priorityCustomer!: boolean;
}
/** Its deadline moved, by this cause (2.4). */
export class SlaClockRescheduled extends OfTimedClock {
  @Instant() from!: string;
  @Instant() to!: string;
  @OneOf(RescheduleCause) cause!: RescheduleCause;
  /** There when another rule holds now. */
  @Optional() @Part(SlaRuleChoice) winner?: SlaRuleChoice;
  @Optional() @ListOf(SlaRuleChoice, SLA_RULES_MAX) losers?: readonly SlaRuleChoice[];
}
/** It stands still: only the customer can go on (2.4, SYS-21.5). */
export class SlaClockPaused extends OfClock {
  @Instant() pausedAt!: string;
  @OneOf(PauseReason) reason!: PauseReason;
  /** The mail or call with the question. */
  @Optional() @Id() questionId?: string;
  /** The whole ticket waits; else somebody stopped this clock. */
  @Flag() withTicket!: boolean;
  /** What was left until the deadline. */
  @Count(0, MS_MAX) remainingMs!: number;
}
/** It goes on with what was left (SYS-21.5). */
export class SlaClockResumed extends OfTimedClock {
  @Instant() pausedAt!: string;
  @Instant() resumedAt!: string;
  /** Where the deadline lay before the pause. */
  @Instant() from!: string;
  @Count(0, MS_MAX) pausedMs!: number;
  /** All its pauses together. */
  @Count(0, MS_MAX) pausedTotalMs!: number;
}
/** Most of the time has passed: its owner is warned, once (SYS-22.1). */
export class SlaClockWarned extends OfClock {
  @Count(1, 99) percent!: number;
  @Instant() warnedAt!: string;
}
/** It was reached in time; at the deadline itself is in time (SYS-21.2). */
export class SlaClockMet extends OfClock {
  /** This moment, or a later one that includes it. */
  @OneOf(SlaMoment) reachedBy!: SlaMoment;
  @Instant() reachedAt!: string;
  /** When it was entered, if that was later. */
  @Optional() @Instant() notedAt?: string;
  @Optional() @Id() evidenceId?: string;
  /** Without its pauses. */
  @Count(0, MS_MAX) elapsedMs!: number;
  @Count(0, MS_MAX) remainingMs!: number;
}
/** The deadline passed, once, dated at the deadline whenever it was noticed; nothing removes it (R-22, SYS-21.3). */
export class SlaClockBreached extends OfClock {
  /** The deadline itself. */
  @Instant() breachedAt!: string;
  /** Who is called now (2.4). */
  @OneOf(EscalationLevel) level!: EscalationLevel;
  @Flag() priorityCustomer!: boolean;
  /** Until then its reason has to be recorded (SYS-21.7). */
  @Instant() reasonDueAt!: string;
}
/** Long after the deadline it is still not reached: this level is called, if it was not before (2.4) (added). */
export class SlaClockLeftOverdue extends OfClock {
  /** So much of the duration has passed. */
  @Count(101, 1_000) percent!: number;
  @OneOf(EscalationLevel) level!: EscalationLevel;
  @Instant() breachedAt!: string;
  @Instant() overdueAt!: string;
}
/** It was reached after it had been breached (SYS-21.3). */
export class SlaClockMetLate extends OfClock {
  /** This moment, or a later one that includes it. */
  @OneOf(SlaMoment) reachedBy!: SlaMoment;
  /** When it counts as reached: without evidence not before it was entered (SYS-16.4). */
  @Instant() reachedAt!: string;
  /** When it was entered, if that was later than it happened. */
  @Optional() @Instant() notedAt?: string;
  @Optional() @Id() evidenceId?: string;
  @Instant() breachedAt!: string;
  /** Without its pauses. */
  @Count(0, MS_MAX) elapsedMs!: number;
  /** 0: evidence that came later proves that it was in time; the breach stays, since nobody had shown it. */
  @Count(0, MS_MAX) delayMs!: number;
}
/** Nobody waits for it any more; it had not been breached (SYS-21.6). */
export class SlaClockCancelled extends OfClock {
  @Instant() cancelledAt!: string;
}
/** Why a deadline was missed (SYS-21.7). */
export class BreachReasonRecorded extends OfClock {
  @OneOf(BreachReason) reason!: BreachReason;
  @Optional() @Text(500) @Personal('customerId') text?: string;
  /** What had been said before. */
  @Optional() @OneOf(BreachReason) from?: BreachReason;
  @Instant() breachedAt!: string;
  @Instant() reasonDueAt!: string;
  @Instant() statedAt!: string;
  /** After the two working days. */
  @Flag() late!: boolean;
}
