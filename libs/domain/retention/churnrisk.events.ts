import { Count, Event, Id, ListOf, OneOf, Optional, Text } from '@rapport/kernel';
import { ChurnSignal, ChurnSignalCode, RiskLevel } from './churnrisk.values';

/** The churn risk of a customer was weighed: score, level, and every signal that was active then (SYS-41). */
export class ChurnRiskAssessed extends Event {
  @Id() customerId!: string;
  @Count(0, 100) score!: number;
  @OneOf(RiskLevel) level!: RiskLevel;
  @ListOf(ChurnSignal) signals!: readonly ChurnSignal[];
  /** The signal that makes the level HIGH whatever the score. */
  @Optional() @OneOf(ChurnSignalCode) forcedBy?: ChurnSignalCode;
  /** The signal that counts most; absent when there is none. */
  @Optional() @OneOf(ChurnSignalCode) mainSignal?: ChurnSignalCode;
  @Count(1, 1_000_000) ruleVersion!: number;
}

/** The risk level of a customer became another one (SYS-41). */
export class ChurnRiskLevelChanged extends Event {
  @Id() customerId!: string;
  @OneOf(RiskLevel) from!: RiskLevel;
  @OneOf(RiskLevel) to!: RiskLevel;
  @Count(0, 100) score!: number;
  @Optional() @OneOf(ChurnSignalCode) mainSignal?: ChurnSignalCode;
}

/** A person marked the customer as likely to leave, and said why (SYS-41). */
export class ChurnRiskFlagged extends Event {
  @Id() customerId!: string;
  @Text(2000) reason!: string;
}

/** A person took the mark away, and said why (SYS-41). */
export class ChurnFlagCleared extends Event {
  @Id() customerId!: string;
  @Text(2000) reason!: string;
}
