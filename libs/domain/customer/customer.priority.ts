import type { ValueTier } from '../value/value.values';
import type { Customer } from './customer.decider';
import { isPriorityCustomer, type CustomerGrade } from './customer.values';

/** A customer that gets the closer attention of C-11: by the contract, or by what they are worth. */
export const isPriority = (of: Customer, tier: ValueTier): boolean =>
  tier === 'HIGH_VALUE' ||
  (of.stage === 'known' &&
    isPriorityCustomer({
      grade: of.profile.GRADE as CustomerGrade,
      keyAccount: of.profile.KEY_ACCOUNT === 'YES',
      strategicPartner: of.profile.STRATEGIC_PARTNER === 'YES',
    }));

/** A customer of the grade that is answered by the account manager or a delegate of the head (SYS-15.2). */
export const isVip = (of: Customer): boolean => of.stage === 'known' && of.profile.GRADE === 'VIP';
