import { Count, Event, Id, Text } from '@rapport/kernel';

/** A ticket got its number of the year. The stream of a year holds nothing else, so no number is left out (R-59) (added). */
export class TicketNumbered extends Event {
  @Id() year!: string;
  @Id() ticketId!: string;
  @Id() customerId!: string;
  @Count(1, 1e9) sequence!: number;
  /** 需-2024-001 */
  @Text(40) ticketNumber!: string;
}
