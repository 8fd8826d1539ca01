import { Count, Flag, Id, Instant, ListOf, OneOf, Optional, Text, Texts } from '@rapport/kernel';
import { OfTicket } from './ticket.identity.values';
import {
  DECLINES_MAX,
  DepartmentDuty,
  DisputeCause,
  RulingLevel,
  TaskOrigin,
  TaskWait,
} from './ticket.tasks.values';
import { Department } from './ticket.values';

/** Every task event says what is to be done, by which department and until when. */
abstract class OfTask extends OfTicket {
  @Id() taskId!: string;
  /** Whose task it is; with a dispute: where it lay. */
  @OneOf(Department) department!: Department;
  @Text(2000) duty!: string;
  /** What is handed over at the end. */
  @Optional() @Text(2000) output?: string;
  /** Until when it has to be done, whoever does it. */
  @Instant() dueAt!: string;
}

/** The owner lets somebody else speak to the customer: a person or a department (SYS-17.1) (added). */
export class VoiceDelegated extends OfTicket {
  @Id() to!: string;
  /** The owner in whose place it speaks: it falls silent when the owner changes. */
  @Id() ownerId!: string;
  @Id() delegatedById!: string;
  @Instant() delegatedAt!: string;
}
/** The departments met: each has a duty, an output and a due time from now on (SYS-17.2). */
export class CoordinationMeetingHeld extends OfTicket {
  @Id() leaderId!: string;
  @ListOf(DepartmentDuty, 20) duties!: readonly DepartmentDuty[];
  @Optional() @Texts(80) participants?: readonly string[];
  @Instant() heldAt!: string;
}
/** A department was given a task, for the first time or from another department; it has to accept or decline it (SYS-17.3). */
export class DepartmentTaskAssigned extends OfTask {
  /** The department it lay with before. */
  @Optional() @OneOf(Department) from?: Department;
  @OneOf(TaskOrigin) origin!: TaskOrigin;
  @Instant() assignedAt!: string;
  @Instant() acceptBy!: string;
  /** Counted by the clock of an open green channel (SYS-24.3). */
  @Flag() green!: boolean;
  @Optional() @Id() ownerId?: string;
}
/** The department does it (SYS-17.3). */
export class DepartmentTaskAccepted extends OfTask {
  @Id() acceptedById!: string;
  @Instant() assignedAt!: string;
  @Instant() acceptedAt!: string;
  /** After the time that it had for its answer. */
  @Flag() late!: boolean;
}
/** The department says that it is another's task (SYS-17.3). */
export class DepartmentTaskDeclined extends OfTask {
  @Text(2000) reason!: string;
  /** Whose it is in their view. */
  @OneOf(Department) proposed!: Department;
  @Id() declinedById!: string;
  @Count(1, DECLINES_MAX) declines!: number;
  @Instant() assignedAt!: string;
  @Instant() declinedAt!: string;
  /** After the time that it had for its answer. */
  @Flag() late!: boolean;
}
/** Ping-pong: the task was declined twice or came back to whoever had declined it; only a ruling ends it (SYS-17.4). */
export class ResponsibilityDisputed extends OfTask {
  @OneOf(DisputeCause) cause!: DisputeCause;
  /** Who declined it, and to whom it would have gone. */
  @Texts(40, 20) parties!: readonly string[];
  /** The two between whom it went to and fro, by alphabet. */
  @Texts(40, 2) between!: readonly string[];
  @OneOf(RulingLevel) level!: RulingLevel;
  /** Who leads the ticket. Absent: nobody yet. */
  @Optional() @Id() leadDepartment?: string;
  @Instant() disputedAt!: string;
  @Instant() rulingBy!: string;
}
/** Somebody without a part in it settled whose task it is: `department` does it and cannot decline again (SYS-17.5). */
export class ResponsibilityRuled extends OfTask {
  /** Where it lay when the dispute began. */
  @OneOf(Department) from!: Department;
  @Texts(40, 20) parties!: readonly string[];
  @Texts(40, 2) between!: readonly string[];
  @Text(2000) reason!: string;
  @Id() rulerId!: string;
  @OneOf(RulingLevel) level!: RulingLevel;
  @Instant() disputedAt!: string;
  @Instant() rulingBy!: string;
  @Instant() ruledAt!: string;
  /** After the time that a ruling has. */
  @Flag() late!: boolean;
}
/** The department has done it (SYS-17.6). */
export class DepartmentTaskCompleted extends OfTask {
  @Text(2000) result!: string;
  @Id() completedById!: string;
  @Instant() completedAt!: string;
  /** After its due time. */
  @Flag() late!: boolean;
}
/** It need not be done any more: somebody said so, or the ticket ended without it (SYS-17) (added). */
export class DepartmentTaskCancelled extends OfTask {
  @Text(500) reason!: string;
  @Instant() cancelledAt!: string;
}
/** The time of an answer, a ruling or the work itself passed: once, dated at that time, whatever follows (R-22) (added). */
export class DepartmentTaskOverdue extends OfTask {
  @OneOf(TaskWait) wait!: TaskWait;
  /** The time that passed. */
  @Instant() overdueAt!: string;
}
/** All tasks are done: the owner tells the customer, and the loop is open until then (SYS-17.6) (added). */
export class CustomerTellingDue extends OfTicket {
  @Optional() @Id() ownerId?: string;
  /** Those that were done since the customer heard of any. */
  @Count(1, 1e6) tasks!: number;
  @Instant() since!: string;
}
