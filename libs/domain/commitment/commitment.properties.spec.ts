import fc from 'fast-check';
import { Refusal, type NewEvent } from '@rapport/kernel';
import { scenario } from '@rapport/kernel/spec';
import * as c from './commitment.commands';
import { commitment } from './commitment.decider';
import * as e from './commitment.events';
import { hoursAfter } from './commitment.values';

const START = '2024-03-01T09:00:00.000Z';
const hour = (n: number) => hoursAfter(START, n);
const id = { commitmentId: 'k-1' };
const made = e.CommitmentMade.of(
  {
    ...{ ...id, customerId: 'c-1', kind: 'DELIVERY', makerId: 'ann', madeAt: START, dueAt: hour(48) },
    ...{ text: 'it comes', channel: 'PHONE', writtenBy: hour(4) },
  },
  START,
);

/** What may be wanted at an hour, about another hour. */
const wishes: readonly ((now: number, other: number) => object)[] = [
  (_, other) => c.RescheduleCommitment.of({ ...id, dueAt: hour(other), agreementId: 'mail-1' }),
  () => c.FulfilCommitment.of({ ...id, evidenceId: 'mail-2' }),
  (_, other) => c.FulfilCommitment.of({ ...id, evidenceId: 'mail-2', fulfilledAt: hour(other) }),
  (_, other) => c.BreakCommitment.of({ ...id, dueAt: hour(other) }),
  () => c.BreakCommitment.of({ ...id, dueAt: hour(48) }),
  (_, other) => c.WarnOfCommitment.of({ ...id, dueAt: hour(other), hoursLeft: 24 }),
  () => c.ConfirmCommitmentInWriting.of({ ...id, writtenId: 'mail-3' }),
  () => c.WithdrawCommitment.of({ ...id, reason: 'not wanted' }),
];
const wanted = fc.array(
  fc.record({
    wish: fc.nat(wishes.length - 1),
    passes: fc.nat(30),
    other: fc.integer({ min: 0, max: 200 }),
  }),
  { maxLength: 25 },
);

const lifeOf = (asked: readonly { wish: number; passes: number; other: number }[]): readonly NewEvent[] => {
  const history: NewEvent[] = [made];
  let now = 0;
  for (const { wish, passes, other } of asked) {
    now += passes;
    history.push(...decided(history, wishes[wish]!(now, other), hour(now)));
  }
  return history;
};
const decided = (history: readonly NewEvent[], command: object, now: string): readonly NewEvent[] => {
  try {
    return scenario(commitment, { now })
      .given(...history)
      .when(command)
      .decided();
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
};
const named = <T extends object>(life: readonly NewEvent[], messageClass: new () => T): readonly T[] =>
  life.filter((event) => event.messageClass === messageClass).map(({ data }) => data as T);

describe('whatever is wanted of a commitment, in whatever order', () => {
  const always = (holds: (life: readonly NewEvent[]) => void) =>
    fc.assert(
      fc.property(wanted, (asked) => holds(lifeOf(asked))),
      { numRuns: 300 },
    );

  it('it is kept or broken, never both, and each once', () =>
    always((life) => {
      const breaches = named(life, e.CommitmentBroken);
      const fulfilments = named(life, e.CommitmentFulfilled);
      expect(breaches.length).toBeLessThanOrEqual(1);
      expect(fulfilments.length).toBeLessThanOrEqual(1);
      for (const { late } of fulfilments) expect(breaches).toHaveLength(late ? 1 : 0);
    }));

  it('a breach stands at the last agreed due time, and before the late fulfilment', () =>
    always((life) => {
      const dueAt = named(life, e.CommitmentRescheduled).at(-1)?.to ?? hour(48);
      const [breach] = named(life, e.CommitmentBroken);
      if (breach) expect(breach).toMatchObject({ brokenAt: dueAt, dueAt });
      const types = life.map(({ messageClass }) => messageClass.name);
      const [shown] = life.filter(({ messageClass }) => messageClass === e.CommitmentFulfilled);
      for (const { late, fulfilledAt } of named(life, e.CommitmentFulfilled)) {
        expect(String(shown?.at) > dueAt).toBe(late);
        if (!late) expect(fulfilledAt).toBe(shown?.at);
        if (late)
          expect(types.indexOf('CommitmentBroken')).toBeLessThan(types.indexOf('CommitmentFulfilled'));
      }
    }));

  it('is the same whether or not somebody had noticed that its time had passed', () =>
    fc.assert(
      fc.property(wanted, fc.integer({ min: 49, max: 300 }), fc.nat(300), (asked, now, done) => {
        const before = lifeOf(asked);
        const dueAt = named(before, e.CommitmentRescheduled).at(-1)?.to ?? hour(48);
        const told = c.FulfilCommitment.of({
          ...{ ...id, evidenceId: 'mail-2', fulfilledAt: hour(Math.min(done, now)) },
        });
        const noticed = decided(before, c.BreakCommitment.of({ ...id, dueAt }), hour(now));
        const one = decided(before, told, hour(now));
        const other = [...noticed, ...decided([...before, ...noticed], told, hour(now))];
        if (one.length > 0) expect(other).toEqual(one);
      }),
      { numRuns: 300 },
    ));

  it('nothing happens to it after it was taken back', () =>
    always((life) => {
      const end = life.findIndex(({ messageClass }) => messageClass === e.CommitmentWithdrawn);
      if (end >= 0) expect(life.slice(end + 1)).toEqual([]);
    }));
});
