import { Id, Instant, OneOf } from '@rapport/kernel';
import { CustomerChurned } from '@rapport/domain/events';
import { contract, told } from '../contract';
import { CUSTOMER_EVENTS } from '../topics';
import { LossReason, Stage } from './words.v1';

export class CustomerChurnedV1 {
  @Id() customerId!: string;
  @OneOf(LossReason) reason!: LossReason;
  @OneOf(Stage) stageBefore!: Stage;
  @Instant() churnedAt!: string;
}

export const customerChurned = contract(CustomerChurnedV1, {
  ...{ name: 'customer-churned', version: 1, topic: CUSTOMER_EVENTS, key: 'customerId' },
  about: 'A person confirmed that the customer is lost, and why.',
  from: [
    told(CustomerChurned, ({ customerId, reason, stageBefore }, churnedAt) => ({
      ...{ customerId, reason, stageBefore, churnedAt },
    })),
  ],
});
