import fc from 'fast-check';
import { evolve, Refusal, type NewEvent } from '@rapport/kernel';
import { recorded, specEventId } from '@rapport/kernel/spec';
import type { Customer } from './customer.decider';
import { AdvanceLifecycle, ChangeLifecycleStage, RecordChurn } from './lifecycle.commands';
import { DetectSilence, NoteActivity, RecordWinBack } from './lifecycle.commands';
import { lifecycle } from './lifecycle.decider';
import { LifecycleStageChanged } from './lifecycle.events';
import type { Lifecycle } from './lifecycle.state';
import { AdvanceCause, daysAfter, LEGAL_MOVES, LifecycleStage } from './lifecycle.values';
import type { Purchase } from './purchase.decider';

const START = '2024-01-02T00:00:00.000Z';
const customerId = 'c-1';
const manager = { id: 'mia', role: 'CRM_MANAGER' };
const known = { customer: { stage: 'known', profile: {}, contacts: {} } satisfies Customer };
const advance = (cause: AdvanceCause) => AdvanceLifecycle.of({ customerId, cause, causeEventId: 'e-1' });
const last = { customerId, lastActivityEventId: 'e-1' } as const;
const acted = { customerId, activityEventId: 'e-9', activity: 'PURCHASE' } as const;

it('the table leads from every stage somewhere, from acquisition never straight to maturity', () => {
  for (const to of Object.values(LEGAL_MOVES)) expect(to.length).toBeGreaterThan(0);
  expect(LEGAL_MOVES.ACQUISITION).not.toContain('MATURITY');
});

describe('whatever happens, in whatever order', () => {
  const day = fc.nat(400).map((days) => daysAfter(START, days));
  const tier = fc.constantFrom('HIGH_VALUE' as const, 'GROWTH' as const, 'STANDARD' as const);
  const commands = fc.oneof(
    fc.constantFrom(...Object.values(AdvanceCause)).map(advance),
    fc
      .constantFrom(...Object.values(LifecycleStage))
      .map((to) => ChangeLifecycleStage.of({ customerId, to, reason: 'because' })),
    fc
      .tuple(day, tier)
      .map(([lastActivityAt, of]) => DetectSilence.of({ ...last, lastActivityAt, tier: of })),
    day.map((activityAt) => NoteActivity.of({ ...acted, activityAt })),
    fc.constant(RecordChurn.of({ customerId, reason: 'SERVICE' })),
    fc.nat(5).map((n) => RecordWinBack.of({ customerId, purchaseId: `p-${n}` })),
  );
  const all = { ...known, purchase: boughtLate() };

  it('no stage follows another against the table, and each move starts where the last one ended', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20), commands), { maxLength: 40 }), (steps) => {
        let state: Lifecycle = lifecycle.initial;
        let now = START;
        for (const [days, command] of steps) {
          now = daysAfter(now, days);
          for (const event of decided(state, command, now, all)) {
            if (event.messageClass === LifecycleStageChanged)
              isLegal(state, event.data as LifecycleStageChanged);
            state = evolve(lifecycle, state, recorded(event, 0));
          }
          expect(state.decline === null).toBe(state.stage !== 'DECLINE');
          if (state.stage === 'CHURNED') expect(state.silence).toBeNull();
        }
      }),
    ));
});

const isLegal = (state: Lifecycle, { from, to, manual }: LifecycleStageChanged): void => {
  expect(from).toBe(state.stage);
  expect(LEGAL_MOVES[from]).toContain(to);
  if (!manual) expect([from, to]).not.toEqual(['MATURITY', 'GROWTH']);
};

function boughtLate(): Purchase {
  const amount = { minor: 1, currency: 'CNY' };
  return {
    stage: 'recorded',
    customerId,
    amount,
    purchasedAt: '2044-01-01T00:00:00.000Z',
    refunded: 0,
    refundIds: [],
  };
}

const decided = (state: Lifecycle, command: object, now: string, answers: object): readonly NewEvent[] => {
  const decide = (lifecycle.decide as Record<string, (...args: unknown[]) => readonly NewEvent[]>)[
    command.constructor.name
  ];
  try {
    return decide?.(state, command, { now, actor: manager, known: answers, eventId: specEventId }) ?? [];
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
};
