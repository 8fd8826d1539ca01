import type { SlaDuration, SlaMoment, SlaStart } from './sla.values';
import { BUILT_IN_POLICY } from './slapolicy.builtin.rules';
import type { SlaPolicy, SlaRule } from './slapolicy.values';
import { WorkedOut } from './worked-out';

/** A version of a policy as it was published. */
export interface PolicyVersion extends SlaPolicy {
  /** What it rests on, for a person. */
  readonly basis: string;
  readonly effectiveFrom: string;
  /** From then on it holds no more. */
  readonly retiredFrom?: string;
}
/** A promise to everybody, such as `24-hour response`. */
export interface PublishedPromise {
  readonly promiseId: string;
  readonly text: string;
  readonly moment: SlaMoment;
  readonly within: SlaDuration;
  readonly effectiveFrom: string;
  /** From then on it binds no more. */
  readonly endsAt?: string;
}
/** All that was ever published in one family of policies: what held at any time can be asked. */
export interface SlaPolicies {
  /** In the order in which they were published, which is that in which they begin. */
  readonly versions: readonly PolicyVersion[];
  readonly promises: readonly PublishedPromise[];
}

/**
 * The policy that holds at a time, with the promises that bind then; the one built in where none was published. Asked for
 * two times of one law it is the same object, so that what was worked out from it need not be worked out again.
 */
export const inForce = ({ versions, promises }: SlaPolicies, at: string): SlaPolicy => {
  const of = versionInForce(versions, at);
  const binding = promises.filter(({ effectiveFrom, endsAt = LAST }) => effectiveFrom <= at && at < endsAt);
  if (binding.length === 0) return of;
  const places = binding.map((promise) => promises.indexOf(promise));
  return promising.of(versions, promises, [versions.indexOf(of), ...places].join(), () => ({
    ...{ ...of, rules: [...of.rules, ...binding.map(ruleOf)] },
  }));
};
const promising = new WorkedOut<SlaPolicy>();
/** Later than any time that is written in this form. */
const LAST = 'Z';

/** The newest version that has begun and is not retired: a retired one gives way to the one before. */
export const versionInForce = (versions: readonly PolicyVersion[], at: string): PolicyVersion =>
  versions.findLast(({ effectiveFrom, retiredFrom = LAST }) => effectiveFrom <= at && at < retiredFrom) ??
  BUILT_IN;
const BUILT_IN: PolicyVersion = {
  ...BUILT_IN_POLICY,
  ...{ basis: 'built in: the documents, reconciled', effectiveFrom: '' },
};

/** Rules of promises are called so; a policy may not use these ids itself. */
export const PROMISE_PREFIX = 'PROMISE:';
/** A promise is a rule that matches every ticket (SYS-20). */
export const ruleOf = ({ promiseId, moment, within, text: basis }: PublishedPromise): SlaRule => ({
  ...{ id: `${PROMISE_PREFIX}${promiseId}`, match: {}, moment, within, start: PROMISED_FROM[moment], basis },
});
const PROMISED_FROM: Readonly<Record<SlaMoment, SlaStart>> = {
  ...{ ACKNOWLEDGE: 'RAISED', FIRST_RESPONSE: 'RAISED', PLAN: 'RAISED', RESOLVE: 'RAISED' },
  ...{ PROGRESS_SYNC: 'LAST_SYNC', FOLLOW_UP: 'SOLUTION_DELIVERED' },
};
