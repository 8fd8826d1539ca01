import { refuse, reject, stateOf, type Aggregate } from '@rapport/kernel';
import { customer, knownCustomer, type Customer } from '../customer/customer.decider';
import * as commands from './consent.commands';
import * as events from './consent.events';
import { ConsentAct, type ConsentPurpose } from './consent.values';

/** A use was allowed from one moment until just before another; without an end it still is. */
interface Period {
  readonly from: string;
  readonly until?: string;
  readonly textVersion: string;
}
/** The periods of each purpose, oldest first. */
export type Consent = Readonly<Partial<Record<ConsentPurpose, readonly Period[]>>>;

const { ConsentGranted, ConsentWithdrawn } = events;

/** What one customer allows their data to be used for (SYS-55). */
export const consent: Aggregate<
  Consent,
  typeof events,
  typeof commands,
  { GrantConsent: { customer: Customer } }
> = {
  name: 'consent',
  id: 'customerId',
  events,
  commands,
  initial: {},

  evolve: {
    ConsentGranted: (state, { purpose, grantedAt: from, textVersion }) => ({
      ...state,
      [purpose]: [...endedAt(state[purpose], from), { from, textVersion }],
    }),
    ConsentWithdrawn: (state, { purpose, withdrawnAt }) => ({
      ...state,
      [purpose]: endedAt(state[purpose], withdrawnAt),
    }),
  },

  needs: { GrantConsent: (_, { customerId }) => ({ customer: stateOf(customer, customerId) }) },

  decide: {
    GrantConsent: (state, { act, ...told }, { now, known }) => {
      knownCustomer(known.customer);
      const { purpose, subject, textVersion, grantedAt = now } = told;
      if (act === 'PRE_TICKED')
        return reject('CONSENT_PRE_TICKED', 'act', 'a box that was ticked for the customer is no consent');
      if (subject !== 'ADULT' && purpose !== 'SERVICE')
        reject('CONSENT_BEYOND_SERVICE', 'purpose', 'a minor or somebody unknown may allow SERVICE only');
      const before = currentOf(state, purpose);
      if (before?.textVersion === textVersion) return [];
      assertInOrder(state, purpose, 'grantedAt', grantedAt, now);
      const older = before ? { fromTextVersion: before.textVersion } : {};
      const granted = { ...told, act: ConsentAct[act], grantedAt, ...older };
      return [ConsentGranted.of(granted, grantedAt)];
    },

    WithdrawConsent: (state, told, { now }) => {
      const { purpose, withdrawnAt = now } = told;
      const before = currentOf(state, purpose);
      if (!before) return [];
      assertInOrder(state, purpose, 'withdrawnAt', withdrawnAt, now);
      const { from: grantedAt, textVersion } = before;
      return [ConsentWithdrawn.of({ ...told, grantedAt, textVersion, withdrawnAt }, withdrawnAt)];
    },
  },
};

/** True when this use is allowed now, and was so at that moment already. */
export const isAllowedSince = (state: Consent, purpose: ConsentPurpose, moment: string): boolean =>
  currentOf(state, purpose) !== undefined && wasAllowedAt(state, purpose, moment);

/** True when this use was allowed at that moment, as far as is known. */
export const wasAllowedAt = (state: Consent, purpose: ConsentPurpose, moment: string): boolean =>
  (state[purpose] ?? []).some(({ from, until }) => from <= moment && (until === undefined || moment < until));

/** The period that goes on, if there is one. */
const currentOf = (state: Consent, purpose: ConsentPurpose): Period | undefined => {
  const last = state[purpose]?.at(-1);
  return last?.until === undefined ? last : undefined;
};

const endedAt = (periods: readonly Period[] = [], until: string): readonly Period[] =>
  periods.map((period) => (period.until === undefined ? { ...period, until } : period));

/** Grants and withdrawals of one purpose are told in the order in which they took place. */
const assertInOrder = (state: Consent, purpose: ConsentPurpose, field: string, at: string, now: string) => {
  if (at > now) reject('DATED_IN_FUTURE', field, `${field} lies in the future`);
  const last = state[purpose]?.at(-1);
  const lastChangeAt = last?.until ?? last?.from;
  if (lastChangeAt !== undefined && at < lastChangeAt)
    refuse('CONSENT_CHANGED_LATER', `the consent for ${purpose} has changed after that`, { lastChangeAt });
};
