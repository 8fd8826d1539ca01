import { ConsentGranted, ConsentWithdrawn } from '@rapport/domain/events';
import { rowsOf } from '@rapport/kernel/spec';
import { consent } from './consent.projection';

const { given } = rowsOf(consent);
const T1 = '2024-02-01T09:00:00.000Z';
const T2 = '2024-03-01T09:00:00.000Z';
const about = { customerId: 'c-1', purpose: 'ANALYTICS', textVersion: 'privacy-3' } as const;
const granted = (grantedAt: string) =>
  ConsentGranted.of({ ...about, channel: 'ONLINE_CHAT', act: 'TICKED', subject: 'ADULT', grantedAt });
const withdrawn = ConsentWithdrawn.of({ ...about, channel: 'EMAIL', grantedAt: T1, withdrawnAt: T2 });
const key = 'c-1|ANALYTICS';

describe('what a customer allows', () => {
  it('is told by purpose, with the text and the way it came', () =>
    given(granted(T1))
      .row(key)
      .is({
        ...{ customerId: 'c-1', purpose: 'ANALYTICS', allowed: true, since: T1, textVersion: 'privacy-3' },
        ...{ channel: 'ONLINE_CHAT', act: 'TICKED', subject: 'ADULT', withdrawnAt: null, grants: 1 },
      }));

  it('ends with a withdrawal, and may begin again', () => {
    const ended = { allowed: false, since: T2, grantedAt: T1, withdrawnAt: T2, withdrawals: 1 };
    given(granted(T1), withdrawn)
      .row(key)
      .is({ ...ended, channel: 'EMAIL' });
    given(granted(T1), withdrawn, granted(T2)).row(key).is({ allowed: true, withdrawnAt: null, grants: 2 });
  });

  it('says nothing of other purposes', () => given(granted(T1)).row('c-1|MARKETING').isGone());
});
