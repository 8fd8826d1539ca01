import { Count, Id, Instant, OneOf, Optional } from '@rapport/kernel';
import { ChurnRiskLevelChanged } from '@rapport/domain/events';
import { contract, told } from '../contract';
import { CUSTOMER_EVENTS } from '../topics';
import { Risk, RiskSignal } from './words.v1';

export class ChurnRiskLevelChangedV1 {
  @Id() customerId!: string;
  @OneOf(Risk) from!: Risk;
  @OneOf(Risk) to!: Risk;
  @Count(0, 100) score!: number;
  @Optional() @OneOf(RiskSignal) mainSignal?: RiskSignal;
  @Instant() changedAt!: string;
}

export const churnRiskLevelChanged = contract(ChurnRiskLevelChangedV1, {
  ...{ name: 'churn-risk-level-changed', version: 1, topic: CUSTOMER_EVENTS, key: 'customerId' },
  about: 'The risk that the customer leaves is of another level now.',
  notes: { mainSignal: 'The signal that counts most; absent when there is none.' },
  from: [
    told(ChurnRiskLevelChanged, ({ customerId, from, to, score, mainSignal }, changedAt) => ({
      ...{ customerId, from, to, score, mainSignal, changedAt },
    })),
  ],
});
