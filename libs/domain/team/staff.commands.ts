import { Command, Count, Id, OneOf, Optional, Text } from '@rapport/kernel';
import { Department } from '../ticket/ticket.values';
import { CAPACITY_MAX } from './staff.values';

/** Say how many open tickets somebody can work on at a time; a supervisor or somebody above (SYS-62.3). */
export class SetCapacity extends Command {
  @Id() staffId!: string;
  @Optional() @OneOf(Department) department?: Department;
  /** 0: away, or occupied otherwise. */
  @Count(0, CAPACITY_MAX) openTickets!: number;
  @Optional() @Text(500) reason?: string;
}
