import fc from 'fast-check';
import { Refusal, type NewEvent } from '@rapport/kernel';
import { recorded, scenario } from '@rapport/kernel/spec';
import type { Customer } from '../customer/customer.decider';
import { GrantConsent, WithdrawConsent } from './consent.commands';
import { consent, isAllowedSince, wasAllowedAt, type Consent } from './consent.decider';
import { ConsentGranted, ConsentWithdrawn } from './consent.events';

const NOW = '2024-03-01T09:00:00.000Z';
const EARLIER = '2024-02-01T09:00:00.000Z';
const { given } = scenario(consent, { now: NOW });
const known: { customer: Customer } = { customer: { stage: 'known', profile: {}, contacts: {} } };
const about = { customerId: 'c-1', purpose: 'ANALYTICS', channel: 'ONLINE_CHAT' } as const;
const asked = { ...about, textVersion: 'privacy-3', act: 'TICKED', subject: 'ADULT' } as const;
const granted = (grantedAt: string, textVersion = 'privacy-3') =>
  ConsentGranted.of({ ...asked, textVersion, grantedAt }, grantedAt);
const withdrawn = (withdrawnAt: string, grantedAt = EARLIER) =>
  ConsentWithdrawn.of({ ...about, textVersion: 'privacy-3', grantedAt, withdrawnAt }, withdrawnAt);

describe('a consent', () => {
  it('is granted for one purpose, now or when it was given', () => {
    given().when(GrantConsent.of(asked), known).then(granted(NOW));
    const [event] = given()
      .when(GrantConsent.of({ ...asked, grantedAt: EARLIER }), known)
      .decided();
    expect(event).toEqual(granted(EARLIER));
  });

  it('is that of a known customer', () =>
    given()
      .when(GrantConsent.of(asked), { customer: { stage: 'unknown' } })
      .thenRefused('CUSTOMER_UNKNOWN'));

  it('names a purpose that there is, the text, and something that the person did', () => {
    const to = (change: object) => given().when(GrantConsent.of({ ...asked, ...change }), known).decided;
    expect(to({ textVersion: ' ' })).toThrow('textVersion must not be empty');
    expect(to({ purpose: 'RESALE' })).toThrow('purpose must be one of');
    given()
      .when(GrantConsent.of({ ...asked, act: 'PRE_TICKED' }), known)
      .thenRefused('CONSENT_PRE_TICKED');
  });

  it('of a minor or of somebody unknown is for SERVICE only', () => {
    for (const subject of ['MINOR', 'UNKNOWN'] as const) {
      given()
        .when(GrantConsent.of({ ...asked, subject }), known)
        .thenRefused('CONSENT_BEYOND_SERVICE');
      const service = { ...asked, subject, purpose: 'SERVICE' } as const;
      given()
        .when(GrantConsent.of(service), known)
        .then(ConsentGranted.of({ ...service, grantedAt: NOW }));
    }
  });

  it('to the same text is recorded once, to a newer text it takes the place of the older', () => {
    given(granted(EARLIER)).when(GrantConsent.of(asked), known).thenNothing();
    const newer = { ...asked, textVersion: 'privacy-4' };
    given(granted(EARLIER))
      .when(GrantConsent.of(newer), known)
      .then(ConsentGranted.of({ ...newer, grantedAt: NOW, fromTextVersion: 'privacy-3' }));
  });

  it('is withdrawn at once, with the text it was given to; what is not there cannot be withdrawn', () => {
    given(granted(EARLIER)).when(WithdrawConsent.of(about)).then(withdrawn(NOW));
    given().when(WithdrawConsent.of(about)).thenNothing();
    given(granted(EARLIER), withdrawn(EARLIER)).when(WithdrawConsent.of(about)).thenNothing();
    given(granted(EARLIER))
      .when(WithdrawConsent.of({ ...about, purpose: 'MARKETING' }))
      .thenNothing();
  });

  it('is not dated in the future, nor before what is known of its purpose', () => {
    const future = '2024-03-01T09:00:00.001Z';
    const past = '2024-01-31T00:00:00.000Z';
    given()
      .when(GrantConsent.of({ ...asked, grantedAt: future }), known)
      .thenRefused('DATED_IN_FUTURE');
    given(granted(EARLIER))
      .when(WithdrawConsent.of({ ...about, withdrawnAt: future }))
      .thenRefused('DATED_IN_FUTURE');
    given(granted(EARLIER))
      .when(WithdrawConsent.of({ ...about, withdrawnAt: past }))
      .thenRefused('CONSENT_CHANGED_LATER');
    given(granted(past), withdrawn(EARLIER, past))
      .when(GrantConsent.of({ ...asked, grantedAt: past }), known)
      .thenRefused('CONSENT_CHANGED_LATER');
  });
});

const after = (history: readonly NewEvent[]): Consent =>
  history
    .map(recorded)
    .reduce<Consent>(
      (state, { type, data, occurredAt }) =>
        consent.evolve[type as 'ConsentGranted'](state, data as ConsentGranted, occurredAt),
      {},
    );

describe('what was allowed when', () => {
  it('begins with the grant and ends just before the withdrawal', () => {
    const state = after([granted(EARLIER), withdrawn(NOW)]);
    const allowed = (moment: string) => wasAllowedAt(state, 'ANALYTICS', moment);
    expect(allowed('2024-02-01T08:59:59.999Z')).toBe(false);
    expect(allowed(EARLIER)).toBe(true);
    expect(allowed('2024-03-01T08:59:59.999Z')).toBe(true);
    expect(allowed(NOW)).toBe(false);
    expect(wasAllowedAt(state, 'MARKETING', EARLIER)).toBe(false);
  });

  it('stops at once: what was allowed then is not allowed now', () => {
    expect(isAllowedSince(after([granted(EARLIER)]), 'ANALYTICS', EARLIER)).toBe(true);
    expect(isAllowedSince(after([granted(EARLIER), withdrawn(NOW)]), 'ANALYTICS', EARLIER)).toBe(false);
  });

  it('whatever is granted and withdrawn: the last word before a moment says whether it was allowed', () => {
    const instant = (day: number) => `2024-02-${String(day).padStart(2, '0')}T00:00:00.000Z`;
    const word = fc.record({ grant: fc.boolean(), day: fc.integer({ min: 1, max: 28 }) });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), (words) => {
        const history: NewEvent[] = [];
        const taken: { grant: boolean; at: string }[] = [];
        for (const { grant, day } of words) {
          const at = instant(day);
          const decided = accepted(history, grant, at);
          history.push(...decided);
          if (decided.length > 0) taken.push({ grant, at });
        }
        const state = after(history);
        for (let day = 1; day <= 28; day++) {
          const said = taken.filter(({ at }) => at <= instant(day)).at(-1);
          expect(wasAllowedAt(state, 'ANALYTICS', instant(day))).toBe(said?.grant ?? false);
        }
      }),
    );
  });
});

const accepted = (history: readonly NewEvent[], grant: boolean, at: string): readonly NewEvent[] => {
  const command = grant
    ? GrantConsent.of({ ...asked, grantedAt: at })
    : WithdrawConsent.of({ ...about, withdrawnAt: at });
  try {
    return given(...history)
      .when(command, known)
      .decided();
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
};
