import * as events from '@rapport/domain/events';
import type { CustomerGrade } from '@rapport/domain/values';
import { flag, projection, text } from '@rapport/kernel';

/** What a customer is by contract. It names nobody, so that its past can be kept, which the profile's cannot. */
export const customerStanding = projection(events, {
  name: 'customer-standing',
  version: 1,
  about: 'What is a customer by contract: of which grade, a key account, a strategic partner?',
  columns: {
    grade: text<CustomerGrade>('PROSPECT').says('VIP, REGULAR or PROSPECT (C-11)'),
    keyAccount: flag().says('Answered like a VIP when it matters (C-11)'),
    strategicPartner: flag().says('What it wishes for counts more (C-11, SYS-14.6)'),
  },
  history: true,
  key: 'customerId',
}).on({
  CustomerRegistered: (_, { grade, keyAccount, strategicPartner }) => ({
    grade,
    keyAccount,
    strategicPartner,
  }),
  CustomerProfileUpdated: (_, { field, to }) => {
    if (field === 'GRADE') return { grade: to as CustomerGrade };
    if (field === 'KEY_ACCOUNT') return { keyAccount: to === 'YES' };
    return field === 'STRATEGIC_PARTNER' ? { strategicPartner: to === 'YES' } : undefined;
  },
});
