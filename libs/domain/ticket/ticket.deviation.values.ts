import { Count, Flag, Id, Instant, OneOf, Optional, options, Text, Texts } from '@rapport/kernel';

/** A revised plan is issued within so many hours, day and night. */
export const REVISED_PLAN_WITHIN_HOURS = 48;
/** Departments that a revised plan needs at least (SYS-18.1). */
export const TASK_FORCE_DEPARTMENTS_MIN = 2;
/** Most items of a deviation, milestones of a plan and phases of an acceptance. */
export const ITEMS_MAX = 500;
export const MILESTONES_MAX = 200;
export const PHASES_MAX = 50;

/** What a plan must hold, and what may come later (SYS-18.2). */
export const ItemClass = options('CORE', 'ADDITIONAL');
export type ItemClass = keyof typeof ItemClass;
/** Does it go together with what is there? */
export const Compatibility = options('COMPATIBLE', 'WITH_CHANGES', 'INCOMPATIBLE');
export type Compatibility = keyof typeof Compatibility;

/** One thing that differs from what was agreed (SYS-18.1). */
export class DeviatingItem {
  @Id() itemId!: string;
  @Text(500) description!: string;
}
/** Where an item belongs, by how pressing and how important it is (SYS-18.2). */
export class MatrixEntry {
  @Id() itemId!: string;
  @Flag() urgent!: boolean;
  @Flag() important!: boolean;
  @OneOf(ItemClass) itemClass!: ItemClass;
}
/** One bar of a plan (SYS-18.4). */
export class Milestone {
  @Id() milestoneId!: string;
  @Text(200) task!: string;
  @Instant() startsAt!: string;
  @Instant() endsAt!: string;
}
/** One part that the customer accepts by itself (SYS-18.5). */
export class AcceptancePhase {
  @Text(200) name!: string;
  @OneOf(ItemClass) itemClass!: ItemClass;
  @Instant() dueAt!: string;
  /** What must be so for the customer to accept it. */
  @Texts(500, 50) criteria!: readonly string[];
  /** Items of the deviation that it delivers. */
  @Optional() @Texts(80, ITEMS_MAX) itemIds?: readonly string[];
}
/** A date of an accepted plan, which becomes a promise to the customer (SYS-18.6). */
export class PlanDate {
  /** The promise that it becomes. */
  @Id() commitmentId!: string;
  @Text(200) what!: string;
  @Instant() dueAt!: string;
  /** The phase that keeps it, from 1 on. Absent: it is the end of a milestone. */
  @Optional() @Count(1, PHASES_MAX) phase?: number;
  /** The last of them: all that the customer waits for is there by then. */
  @Flag() final!: boolean;
}
