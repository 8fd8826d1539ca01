import { BUILT_IN_POLICY } from './slapolicy.builtin.rules';
import { inForce, type PublishedPromise } from './slapolicy.inforce.rules';
import { rulingsOf } from './slapolicy.rules';
import { BUILT_IN_CALENDAR } from './workingcalendar.builtin.rules';

/** A moment of 2024 by the clock in Shanghai. */
const at = (text: string): string => new Date(`2024-${text.replace(' ', 'T')}:00+08:00`).toISOString();
const RAISED = at('03-01 17:00');
const plain = { isEnquiry: false, priorityCustomer: false };

describe('what holds at a time', () => {
  const promise: PublishedPromise = {
    ...{ promiseId: 'fast', text: '4-hour response', moment: 'FIRST_RESPONSE' },
    within: { kind: 'CONTINUOUS', minutes: 240 },
    ...{ effectiveFrom: at('03-01 00:00'), endsAt: at('03-10 00:00') },
  };
  const version = (number: number, from: string, retiredFrom?: string) => ({
    ...{ ...BUILT_IN_POLICY, version: number, basis: 'x', effectiveFrom: at(from) },
    ...(retiredFrom !== undefined && { retiredFrom: at(retiredFrom) }),
  });
  const versions = [version(2, '03-05 00:00'), version(3, '03-07 00:00', '03-09 00:00')];
  const holding = (moment: string) => inForce({ versions, promises: [promise] }, at(moment));

  it('is version 1 as long as none was published', () =>
    expect(inForce({ versions: [], promises: [] }, RAISED)).toMatchObject(BUILT_IN_POLICY));
  it('is the newest version that has begun; where it is retired the one before', () =>
    expect(
      ['03-04 23:59', '03-05 00:00', '03-07 00:00', '03-08 23:59', '03-09 00:00'].map(
        (it) => holding(it).version,
      ),
    ).toEqual([1, 2, 3, 3, 2]));
  it('is a published promise as a rule that matches every ticket, up to its end', () => {
    const { FIRST_RESPONSE } = rulingsOf(plain, { RAISED }, holding('03-01 17:00'), BUILT_IN_CALENDAR);
    expect(FIRST_RESPONSE).toMatchObject({
      rule: 'PROMISE:fast',
      due: at('03-01 21:00'),
      basis: '4-hour response',
    });
    expect(holding('03-10 00:00').rules).toEqual(BUILT_IN_POLICY.rules);
    expect(holding('02-29 23:59').rules).toEqual(BUILT_IN_POLICY.rules);
  });
  it('is the same law for two times of it, and another one where a promise more or less binds', () => {
    const state = {
      versions,
      promises: [promise, { ...promise, promiseId: 'faster', endsAt: at('03-03 00:00') }],
    };
    const [early, later, alone, next] = ['03-01 10:00', '03-02 10:00', '03-03 10:00', '03-05 10:00'].map(
      (it) => inForce(state, at(it)),
    );
    expect(later).toBe(early);
    expect(early?.rules.slice(-2).map(({ id }) => id)).toEqual(['PROMISE:fast', 'PROMISE:faster']);
    expect(alone?.rules.slice(-1).map(({ id }) => id)).toEqual(['PROMISE:fast']);
    expect(alone?.rules).toHaveLength(BUILT_IN_POLICY.rules.length + 1);
    expect([alone?.version, next?.version]).toEqual([1, 2]);
  });
});
