import * as fc from 'fast-check';
import { GrantConsent, RegisterCustomer, WithdrawConsent } from '@rapport/domain/commands';
import { BEHAVIOUR, BEHAVIOUR_DEAD } from '@rapport/integration';
import { relayed, until } from '../support/bus';
import { storyFrom } from '../support/story';

const START = '2024-03-01T09:00:00.000Z';
const LATER = '2024-03-02T09:00:00.000Z';
const allows = { customerId: 'c-1', purpose: 'ANALYTICS', channel: 'EMAIL', textVersion: 'v1' };
const view = (sourceEventId: string, more: object = {}) => ({
  ...{ sourceEventId, customerId: 'c-1', kind: 'PAGE_VIEW', subject: '/prices', happenedAt: LATER },
  ...more,
});

/** A customer who allows ANALYTICS and one who says nothing, a day later. */
const opened = async () => {
  const told = await storyFrom(START, { id: 'ann', role: 'SERVICE_SPECIALIST' });
  for (const customerId of ['c-1', 'c-2']) {
    const customer = { customerId, name: customerId, industry: 'Retail', source: 'SALES_HANDOVER' };
    await told.send(RegisterCustomer, customer);
  }
  await told.send(GrantConsent, { ...allows, act: 'SIGNED', subject: 'ADULT' });
  await told.at(LATER);
  const house = relayed(told.application);
  house.relay.start();
  await until(() => house.relay.state === 'running');
  const recorded = async () =>
    (await told.application.store.readAll(0 as never, 1_000)).filter(
      ({ type }) => type === 'BehaviourRecorded',
    );
  return {
    ...{ told, house, recorded },
    bring: (value: object, key = 'c-1') => house.send(key, value, {}, BEHAVIOUR.topic),
    dealt: (count: number) => until(() => house.outcomes.length >= count),
    counts: () => house.outcomes.map((outcome) => outcome.replace(`${BEHAVIOUR.topic} `, '')).sort(),
    letters: () => house.broker.lyingIn(BEHAVIOUR_DEAD.topic),
    end: async () => {
      await house.relay.stop();
      await told.application.stop();
    },
  };
};

describe('what customers do, as trackers tell it', () => {
  let watch: Awaited<ReturnType<typeof opened>>;
  beforeEach(async () => void (watch = await opened()));
  afterEach(() => watch.end());

  it('is recorded when the customer allows it', async () => {
    await watch.bring(view('w-1'));
    await watch.bring(view('w-2', { kind: 'FEATURE_USE', subject: 'export', seconds: 40 }));
    await watch.dealt(2);
    expect((await watch.recorded()).map(({ data }) => data)).toEqual(
      expect.arrayContaining([view('w-1'), expect.objectContaining({ sourceEventId: 'w-2', seconds: 40 })]),
    );
    expect(watch.counts()).toEqual(['done', 'done']);
  });

  it('is dropped and only counted when the customer does not, or no longer', async () => {
    await watch.bring(view('w-1', { customerId: 'c-2' }), 'c-2');
    await watch.dealt(1);
    await watch.told.send(WithdrawConsent, { customerId: 'c-1', purpose: 'ANALYTICS', channel: 'EMAIL' });
    await watch.told.at('2024-03-03T09:00:00.000Z');
    await watch.bring(view('w-2', { happenedAt: '2024-03-03T08:00:00.000Z' }));
    await watch.dealt(2);
    expect(watch.counts()).toEqual(['dropped', 'dropped']);
    expect([await watch.recorded(), watch.letters(), watch.house.lines]).toEqual([[], [], []]);
  });

  it('is not lost when the customer is unknown or the message is none: it waits as a dead letter', async () => {
    await watch.bring(view('w-1', { customerId: 'stranger' }), 'stranger');
    await watch.bring(view('w-2', { kind: 'FEATURE_USE', seconds: -1, mood: 'glad' }));
    await watch.bring(view('w-3'));
    await watch.dealt(3);
    const reasons = watch.letters().map(({ headers }) => headers['dead-letter-reason']);
    expect(reasons.sort()).toEqual(['CUSTOMER_UNKNOWN', 'INVALID']);
    const invalid = watch.letters().find(({ headers }) => headers['dead-letter-reason'] === 'INVALID');
    expect(invalid?.headers['dead-letter-detail']).toMatch(/seconds \(min\)/);
    expect(invalid?.headers['dead-letter-detail']).toMatch(/mood/);
    expect(invalid?.headers['dead-letter-detail']).not.toMatch(/glad/);
    expect(await watch.recorded()).toHaveLength(1);
  });
});

describe('any number and order of deliveries', () => {
  it('stores each source event id once', async () => {
    const watch = await opened();
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(5), { minLength: 1, maxLength: 30 }), async (numbers) => {
        const before = watch.house.outcomes.length;
        const mine = ++round;
        for (const n of numbers) await watch.bring(view(`w-${mine}-${n}`), n % 2 === 0 ? 'c-1' : '');
        await watch.dealt(before + numbers.length);
        const ids = (await watch.recorded())
          .map(({ data }) => (data as { sourceEventId: string }).sourceEventId)
          .filter((id) => id.startsWith(`w-${mine}-`));
        expect(ids.sort()).toEqual([...new Set(numbers)].sort().map((n) => `w-${mine}-${n}`));
      }),
      { numRuns: 25 },
    );
    await watch.end();
  });
});
