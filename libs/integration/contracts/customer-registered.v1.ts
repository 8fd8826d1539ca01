import { Flag, Id, Instant, OneOf, Optional } from '@rapport/kernel';
import { CustomerRegistered } from '@rapport/domain/events';
import { contract, told } from '../contract';
import { CUSTOMER_EVENTS } from '../topics';
import { CameThrough, Grade, Size } from './words.v1';

export class CustomerRegisteredV1 {
  @Id() customerId!: string;
  @OneOf(CameThrough) source!: CameThrough;
  @OneOf(Grade) grade!: Grade;
  @Optional() @OneOf(Size) size?: Size;
  @Flag() keyAccount!: boolean;
  @Flag() strategicPartner!: boolean;
  @Instant() registeredAt!: string;
}

export const customerRegistered = contract(CustomerRegisteredV1, {
  ...{ name: 'customer-registered', version: 1, topic: CUSTOMER_EVENTS, key: 'customerId' },
  about: 'A customer became known; the relationship begins in ACQUISITION. Who it is stays with us.',
  notes: { grade: 'The contractual grade, as it was then.', size: 'Absent: nobody has said.' },
  from: [
    told(CustomerRegistered, (customer) => ({
      ...{ customerId: customer.customerId, source: customer.source },
      ...{ grade: customer.grade, size: customer.size },
      ...{ keyAccount: customer.keyAccount, strategicPartner: customer.strategicPartner },
      registeredAt: customer.registeredAt,
    })),
  ],
});
