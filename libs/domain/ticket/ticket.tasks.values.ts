import { Id, Instant, OneOf, Optional, options, Text } from '@rapport/kernel';
import { Department, type TicketType } from './ticket.values';

/** The department that faces the customer, by type of need (SYS-17.1, O-28). */
export const LEAD_DEPARTMENT: Readonly<Record<TicketType, Department>> = {
  FUNCTIONAL: 'PRODUCT',
  SERVICE: 'CUSTOMER_SERVICE',
  COMPLAINT: 'CUSTOMER_SERVICE',
  COOPERATION: 'SALES',
};

/** A department takes a task on, or declines it, within so many working minutes (SYS-17.3). */
export const TASK_ACCEPTED_WITHIN_MINUTES = 240;
/** The same by the clock on the wall, as long as a green channel is open (SYS-24.3). */
export const GREEN_TASK_ACCEPTED_WITHIN_MINUTES = 15;
/** A dispute is ruled within so many hours, by night too: the clocks toward the customer keep running (SYS-17.4). */
export const RULED_WITHIN_HOURS = 4;
/** So often a task may be declined before somebody rules (SYS-17.4). */
export const DECLINES_MAX = 2;
/** Most tasks of one ticket. */
export const TASKS_MAX = 200;

/** How a task came to a department. */
export const TaskOrigin = options('ASSIGNED', 'MEETING', 'PASSED_ON');
export type TaskOrigin = keyof typeof TaskOrigin;
/** What a task waits for, and what may come too late: somebody's yes, somebody's ruling, the work itself. */
export const TaskWait = options('ACCEPTANCE', 'RULING', 'OUTPUT');
export type TaskWait = keyof typeof TaskWait;
/** Why nobody's word counts any more but a ruling. */
export const DisputeCause = options('DECLINED_TWICE', 'HANDED_BACK');
export type DisputeCause = keyof typeof DisputeCause;
/** Who has to rule: the head of the lead department, or, where that is a party itself, senior management (SYS-17.4). */
export const RulingLevel = options('DEPARTMENT_HEAD', 'SENIOR_MANAGEMENT');
export type RulingLevel = keyof typeof RulingLevel;

/** What one department owes after a coordination meeting (SYS-17.2). */
export class DepartmentDuty {
  @OneOf(Department) department!: Department;
  @Text(2000) duty!: string;
  /** What it hands over. */
  @Text(2000) output!: string;
  @Instant() dueAt!: string;
  /** The task that it becomes at once. Absent: it is no task, or has been one before. */
  @Optional() @Id() taskId?: string;
}
/** The same as a command brings it: a duty without a due time is refused with that reason. */
export class ToldDuty {
  @OneOf(Department) department!: Department;
  @Text(2000) duty!: string;
  @Text(2000) output!: string;
  @Optional() @Instant() dueAt?: string;
  @Optional() @Id() taskId?: string;
}
