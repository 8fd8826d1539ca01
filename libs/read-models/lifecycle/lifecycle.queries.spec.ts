import { MemoryRowStore } from '@rapport/adapters/memory';
import * as events from '@rapport/domain/events';
import { daysAfter, LifecycleStage, type LifecycleCause } from '@rapport/domain/values';
import type { NewEvent } from '@rapport/kernel';
import { modelsOf } from '@rapport/kernel/spec';
import { lifecycleMoves } from './lifecycle-moves.projection';
import { lifecycle } from './lifecycle.projection';
import { lifecycleReport } from './lifecycle.queries';
import { lifecycleStages, lifecycleTransitions } from './lifecycle.rollups';

const START = '2024-01-02T00:00:00.000Z';
const NOW = '2024-12-01T00:00:00.000Z';
const day = (n: number) => daysAfter(START, n);

const registered = (customerId: string) =>
  events.CustomerRegistered.of(
    {
      ...{
        customerId,
        name: customerId,
        industry: 'Retail',
        source: 'REFERRAL',
        grade: 'PROSPECT',
        zone: 'UTC',
      },
      ...{ keyAccount: false, strategicPartner: false, registeredAt: START },
    },
    START,
  );
const moved = (
  customerId: string,
  from: LifecycleStage,
  to: LifecycleStage,
  cause: LifecycleCause,
  n: number,
) => events.LifecycleStageChanged.of({ customerId, from, to, cause, manual: false, wonBack: false }, day(n));
const silent = (customerId: string, n: number) =>
  events.CustomerTurnedSilent.of(
    {
      ...{ customerId, lastActivityAt: day(n - 90), lastActivityEventId: 'e', tier: 'STANDARD' },
      ...{ thresholdDays: 90, silentSince: day(n) },
    },
    day(n),
  );

/** a grew after 10 days; b grew after 30, fell silent on day 91 and declined; c only registered, silent since day 90. */
const history = [
  ...[registered('a'), registered('b'), registered('c')],
  moved('a', 'ACQUISITION', 'GROWTH', 'FIRST_PURCHASE', 10),
  moved('b', 'ACQUISITION', 'GROWTH', 'FIRST_PURCHASE', 30),
  ...[silent('c', 90), silent('b', 91), moved('b', 'GROWTH', 'DECLINE', 'SILENCE', 91)],
];

const models = modelsOf(
  () => new MemoryRowStore(),
  [lifecycle, lifecycleStages],
  [lifecycleMoves, lifecycleTransitions],
);
type Answer = {
  asOf: string;
  customers: number;
  stages: readonly {
    stage: string;
    tier: string;
    customers: number;
    silent: number;
    stageBefore: { n: number };
  }[];
  transitions: readonly { from: string; to: string; cause: string; moves: number }[];
  playbooks: Readonly<Record<string, readonly string[]>>;
  churnCandidates: { count: number; longest: readonly { customerId: string }[] };
};
const asked = async (asOf?: string, now = NOW, given: readonly NewEvent[] = history): Promise<Answer> =>
  (await models.told(...given)).ask<Answer>(lifecycleReport, now, {}, asOf);

describe('the lifecycle report', () => {
  it('counts customers per stage and tier, in the order of a relationship', async () => {
    const { asOf, customers, stages } = await asked();
    expect([asOf, customers]).toEqual([NOW, 3]);
    expect(stages.map(({ stage, tier, customers, silent }) => [stage, tier, customers, silent])).toEqual([
      ['ACQUISITION', 'STANDARD', 1, 1],
      ['GROWTH', 'STANDARD', 1, 0],
      ['DECLINE', 'STANDARD', 1, 1],
    ]);
    expect(stages.map(({ stageBefore }) => stageBefore.n)).toEqual([0, 1, 1]);
  });

  it('counts the moves between stages by their cause', async () => {
    const { transitions } = await asked();
    expect(transitions).toEqual([
      { from: 'ACQUISITION', to: 'GROWTH', cause: 'FIRST_PURCHASE', moves: 2, manual: 0 },
      { from: 'GROWTH', to: 'DECLINE', cause: 'SILENCE', moves: 1, manual: 0 },
    ]);
  });

  it('names churn candidates from 180 days after they turned silent on, those who wait longest first', async () => {
    const at = async (now: string) => (await asked(undefined, now)).churnCandidates;
    const { count, longest } = await at(day(271));
    expect([count, longest.map(({ customerId }) => customerId)]).toEqual([2, ['c', 'b']]);
    expect((await at(day(270))).longest.map(({ customerId }) => customerId)).toEqual(['c']);
    expect((await at('2024-09-27T23:59:59.999Z')).count).toBe(0);
  });

  it('answers for a moment of the past as if it were then', async () => {
    const { asOf, customers, stages, transitions, churnCandidates } = await asked(day(30));
    expect([asOf, customers]).toEqual([day(30), 3]);
    expect(stages.map(({ stage, customers, silent }) => [stage, customers, silent])).toEqual([
      ['ACQUISITION', 1, 0],
      ['GROWTH', 2, 0],
    ]);
    expect(transitions.map(({ to, moves }) => [to, moves])).toEqual([['GROWTH', 2]]);
    expect(churnCandidates.count).toBe(0);
    expect((await asked(day(29))).stages.map(({ customers }) => customers)).toEqual([2, 1]);
    expect((await asked(daysAfter(START, -1))).customers).toBe(0);
  });

  it('answers with nothing where nobody is', async () => {
    const { customers, stages, transitions, churnCandidates } = await asked(undefined, NOW, []);
    expect({ customers, stages, transitions, churnCandidates }).toEqual({
      ...{ customers: 0, stages: [], transitions: [], churnCandidates: { count: 0, longest: [] } },
    });
  });

  it('offers a playbook for every stage', async () => {
    const { playbooks } = await asked();
    expect(Object.keys(playbooks)).toEqual(Object.keys(LifecycleStage));
    for (const plays of Object.values(playbooks)) expect(plays.length).toBeGreaterThan(0);
  });

  it('says the same of now, kept or counted afresh', async () => {
    const [kept, counted] = [await asked(), await asked(NOW)];
    expect(counted).toEqual(kept);
  });
});
