import * as e from '@rapport/domain/events';
import type { ProfileField } from '@rapport/domain/values';
import { rowsOf } from '@rapport/kernel/spec';
import { customerStanding } from './customer-standing.projection';

const { given } = rowsOf(customerStanding);
const registered = e.CustomerRegistered.of({
  ...{ customerId: 'c-1', name: 'A', industry: 'x', source: 'OTHER', grade: 'REGULAR', keyAccount: true },
  ...{ strategicPartner: false, zone: 'Asia/Shanghai', registeredAt: '2024-03-01T09:00:00.000Z' },
});
const now = (field: ProfileField, to: string) =>
  e.CustomerProfileUpdated.of({ customerId: 'c-1', field, to, source: 'OTHER' });

it('a customer is what the contract says, now', () => {
  given(registered).row('c-1').is({ grade: 'REGULAR', keyAccount: true, strategicPartner: false });
  given(registered, now('GRADE', 'VIP'), now('KEY_ACCOUNT', 'NO'), now('STRATEGIC_PARTNER', 'YES'))
    .row('c-1')
    .is({ grade: 'VIP', keyAccount: false, strategicPartner: true });
});
it('nothing else of the profile counts', () => {
  given(registered, now('INDUSTRY', 'YES')).row('c-1').is({ grade: 'REGULAR', strategicPartner: false });
});
