import { hydrate } from '@rapport/kernel';
import { scenario } from '@rapport/kernel/spec';
import { BUILT_IN_POLICY } from './slapolicy.builtin.rules';
import { DeclarePublishedPromise, PublishSlaPolicy, RetirePublishedPromise } from './slapolicy.commands';
import { slaPolicy } from './slapolicy.decider';
import { PublishedPromiseDeclared, PublishedPromiseRetired } from './slapolicy.events';
import { SLA_PROMISES_MAX, type SlaRule } from './slapolicy.values';

const NOW = '2024-03-01T09:00:00.000Z';
const APRIL = '2024-04-01T00:00:00.000Z';
const MAY = '2024-05-01T00:00:00.000Z';
const as = (role: string) => scenario(slaPolicy, { now: NOW, actor: { id: 'mia', role } });
const { given } = as('CRM_MANAGER');

const promise = {
  ...{ policyId: 'default', promiseId: 'fast', text: '24-hour response', moment: 'FIRST_RESPONSE' as const },
  within: hydrate(DeclarePublishedPromise, { within: { kind: 'CONTINUOUS', minutes: 1440 } }).within,
};
const declare = (change: Partial<DeclarePublishedPromise> = {}) =>
  DeclarePublishedPromise.of({ ...promise, ...change });
const declared = (effectiveFrom = NOW) => PublishedPromiseDeclared.of({ ...promise, effectiveFrom });
const takeBack = (endsAt = APRIL) =>
  RetirePublishedPromise.of({ policyId: 'default', promiseId: 'fast', endsAt, reason: 'replaced' });
const { policyId, promiseId, moment, within } = promise;
const takenBack = PublishedPromiseRetired.of({
  ...{ policyId, promiseId, moment, within, endsAt: APRIL, reason: 'replaced' },
});

describe('a published promise (SYS-20.4)', () => {
  it('is declared for now or for a time to come', () => {
    given().when(declare()).then(declared());
    given()
      .when(declare({ effectiveFrom: APRIL }))
      .then(declared(APRIL));
    given(declared()).when(declare()).thenNothing();
  });
  it('is not declared for the past, for no time, or again in other words', () => {
    given()
      .when(declare({ effectiveFrom: '2024-02-01T00:00:00.000Z' }))
      .thenRefused('EFFECTIVE_IN_PAST');
    given()
      .when(declare({ within: { kind: 'CONTINUOUS', minutes: 0 } }))
      .thenRefused('DURATION_ZERO');
    given(declared())
      .when(declare({ text: 'at once' }))
      .thenRefused('PROMISE_KNOWN');
    given(declared(), takenBack).when(declare()).thenRefused('PROMISE_KNOWN');
    as('SUPERVISOR').given().when(declare()).thenRefused('ROLE_NOT_ALLOWED');
  });
  it('is one of a hundred at most', () => {
    const some = (n: number) =>
      Array.from({ length: n }, (_, k) =>
        PublishedPromiseDeclared.of({ ...promise, promiseId: `promise-${k}`, effectiveFrom: NOW }),
      );
    given(...some(SLA_PROMISES_MAX - 1))
      .when(declare())
      .then(declared());
    given(...some(SLA_PROMISES_MAX))
      .when(declare())
      .thenRefused('PROMISES_FULL');
  });
  it('is retired with an end in the future', () => {
    given(declared()).when(takeBack()).then(takenBack);
    given(declared(), takenBack).when(takeBack()).thenNothing();
  });
  it('is not retired at once, for the past, before it begins, twice, or when nobody knows it', () => {
    given(declared()).when(takeBack(NOW)).thenRefused('PROMISE_END_NOT_FUTURE');
    given(declared(MAY)).when(takeBack()).thenRefused('PROMISE_ENDS_BEFORE_IT_BEGINS');
    given(declared(), takenBack).when(takeBack(MAY)).thenRefused('PROMISE_RETIRED');
    given().when(takeBack()).thenRefused('PROMISE_UNKNOWN');
    as('SUPERVISOR').given(declared()).when(takeBack()).thenRefused('ROLE_NOT_ALLOWED');
  });
});

describe('the promise of 24 hours, which the documents gave everybody (R-18, SYS-20.4)', () => {
  const { rules } = BUILT_IN_POLICY;
  const isPromise = ({ id, moment }: SlaRule) => id === 'SLA-ANY' && moment === 'FIRST_RESPONSE';
  const due = (minutes: number): readonly SlaRule[] =>
    rules.map((rule) =>
      isPromise(rule) ? { ...rule, within: { kind: 'CONTINUOUS' as const, minutes } } : rule,
    );
  const published = (change: Partial<PublishSlaPolicy>) =>
    given().when(PublishSlaPolicy.of({ policyId: 'default', basis: 'review', rules, ...change }), {
      calendar: { versions: [] },
    });
  it('ends in the future only: a policy that keeps it no longer has to begin later than now', () => {
    for (const others of [due(48 * 60), rules.filter((rule) => !isPromise(rule))]) {
      published({ rules: others }).thenRefused('PROMISE_END_NOT_FUTURE');
      const effectiveFrom = '2024-06-01T00:00:00.000Z';
      expect(published({ rules: others, effectiveFrom }).decided()).toMatchObject([
        { data: { effectiveFrom } },
      ]);
    }
    expect(published({ rules: due(20 * 60) }).decided()).toHaveLength(1);
  });
});
