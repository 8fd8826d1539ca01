import { Id, Instant, ListOf, OneOf, Optional, Text, Texts } from '@rapport/kernel';
import { ForTicket } from './ticket.identity.values';
import { TaskWait, ToldDuty } from './ticket.tasks.values';
import { Department } from './ticket.values';

abstract class ForTask extends ForTicket {
  @Id() taskId!: string;
}

/** Let a ticket without a lead, or with one that its type gave it, be led by the department of its type, SYS-17.1 (internal). */
export class LeadTicketByType extends ForTicket {}
/** Let a person or a department speak to the customer in the place of the owner: only the owner, or a superior, may (SYS-17.1) (added). */
export class DelegateVoice extends ForTicket {
  @Id() to!: string;
}
/** Note that the departments met, and what each has to do and hand over until when; duties with a task id become tasks (SYS-17.2). */
export class HoldCoordinationMeeting extends ForTicket {
  @ListOf(ToldDuty, 20) duties!: readonly ToldDuty[];
  /** Who led it. Default: the owner. */
  @Optional() @Id() leaderId?: string;
  @Optional() @Texts(80) participants?: readonly string[];
  /** Default: now. Never in the future. */
  @Optional() @Instant() heldAt?: string;
}
/** Give a department a task, or hand one over to another department (SYS-17.3). */
export class AssignDepartmentTask extends ForTask {
  @OneOf(Department) department!: Department;
  @Text(2000) duty!: string;
  @Optional() @Text(2000) output?: string;
  /** Without it the task is refused. */
  @Optional() @Instant() dueAt?: string;
}
/** Say for a department that it does the task (SYS-17.3). */
export class AcceptDepartmentTask extends ForTask {
  @OneOf(Department) department!: Department;
}
/** Say for a department that it is not its task, why, and whose it is; a second time there is a dispute (SYS-17.3, SYS-17.4). */
export class DeclineDepartmentTask extends ForTask {
  @OneOf(Department) department!: Department;
  @Text(2000) reason!: string;
  @OneOf(Department) proposed!: Department;
}
/** Say for a department that the task is done, and how (SYS-17.6). */
export class CompleteDepartmentTask extends ForTask {
  @OneOf(Department) department!: Department;
  @Text(2000) result!: string;
  /** Default: now. Never in the future. */
  @Optional() @Instant() completedAt?: string;
}
/** Give a task up that is no longer needed (SYS-17) (added). */
export class CancelDepartmentTask extends ForTask {
  @Text(500) reason!: string;
}
/** Settle whose task it is: nobody who is a party to the dispute may (SYS-17.4). */
export class RuleResponsibility extends ForTask {
  /** Who has to do it. */
  @OneOf(Department) department!: Department;
  @Text(2000) reason!: string;
  /** Whose head rules; needed from a DEPARTMENT_HEAD. */
  @Optional() @OneOf(Department) rulerDepartment?: Department;
}
/** Note that the time of an answer, a ruling or the work has passed, R-22 (internal). */
export class NoteTaskOverdue extends ForTask {
  @OneOf(TaskWait) wait!: TaskWait;
  /** The time it is about. */
  @Instant() dueAt!: string;
}
