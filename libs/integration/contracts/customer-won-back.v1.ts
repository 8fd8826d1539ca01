import { Id, Instant } from '@rapport/kernel';
import { CustomerWonBack } from '@rapport/domain/events';
import { contract, told } from '../contract';
import { CUSTOMER_EVENTS } from '../topics';

export class CustomerWonBackV1 {
  @Id() customerId!: string;
  @Id() purchaseId!: string;
  @Instant() wonBackAt!: string;
}

export const customerWonBack = contract(CustomerWonBackV1, {
  ...{ name: 'customer-won-back', version: 1, topic: CUSTOMER_EVENTS, key: 'customerId' },
  about: 'A customer that had been lost bought again.',
  from: [
    told(CustomerWonBack, ({ customerId, purchaseId }, wonBackAt) => ({ customerId, purchaseId, wonBackAt })),
  ],
});
