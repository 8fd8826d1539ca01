import { Count, Event, Id, Instant, OneOf, Optional, Text } from '@rapport/kernel';
import { Department } from '../ticket/ticket.values';
import { CAPACITY_MAX } from './staff.values';

/** So many open tickets one person can work on at a time (SYS-62.3). */
export class CapacitySet extends Event {
  @Id() staffId!: string;
  /** Where the person works. */
  @Optional() @OneOf(Department) department?: Department;
  /** Absent: nobody had said it before. */
  @Optional() @Count(0, CAPACITY_MAX) from?: number;
  /** 0: away, or occupied otherwise. */
  @Count(0, CAPACITY_MAX) to!: number;
  @Optional() @Text(500) reason?: string;
  @Id() setById!: string;
  @Instant() setAt!: string;
}
