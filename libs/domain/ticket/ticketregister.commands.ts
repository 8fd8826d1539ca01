import { Command, Id } from '@rapport/kernel';

/** Give a registered ticket the next number of its year, R-59 (internal). */
export class NumberTicket extends Command {
  @Id() year!: string;
  @Id() ticketId!: string;
  @Id() customerId!: string;
}
