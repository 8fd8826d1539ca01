import { Command, Id, ListOf, Text } from '@rapport/kernel';
import { SentSignal } from './churnrisk.values';

/** Weigh the churn signals of a customer that are active now (SYS-41) (internal). */
export class AssessChurnRisk extends Command {
  @Id() customerId!: string;
  @ListOf(SentSignal) signals!: readonly SentSignal[];
}

/** Mark a customer as likely to leave, with the reason (SYS-41). */
export class FlagChurnRisk extends Command {
  @Id() customerId!: string;
  @Text(2000) reason!: string;
}

/** Take the mark away, with the reason; needs an approver while a competitor contact is active (SYS-41). */
export class ClearChurnFlag extends Command {
  @Id() customerId!: string;
  @Text(2000) reason!: string;
}
