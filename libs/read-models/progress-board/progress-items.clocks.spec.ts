import fc from 'fast-check';
import { hour } from '../clocks.story';
import {
  waiting,
  withClock,
  withNextNode,
  withoutClock,
  withoutNextNode,
  type Waited,
} from './progress-items.clocks';

const MOMENTS = ['FIRST_RESPONSE', 'PLAN', 'PROGRESS_SYNC'] as const;
/** What may become of what a ticket waits for. */
type Word =
  | { readonly does: 'START'; readonly moment: Moment; readonly round: number; readonly due: number }
  | { readonly does: 'END'; readonly moment: Moment; readonly round: number }
  | { readonly does: 'PLAN_STEP'; readonly due: number }
  | { readonly does: 'END_STEP' };
type Moment = (typeof MOMENTS)[number];

const moment = fc.constantFrom(...MOMENTS);
/** Few rounds and few hours, so that clocks are started again, and several are due at the same instant. */
const [round, due] = [fc.integer({ min: 1, max: 4 }), fc.integer({ min: 20, max: 24 })];
const words: fc.Arbitrary<Word[]> = fc.array(
  fc.oneof(
    fc.record({ does: fc.constant('START' as const), moment, round, due }),
    fc.record({ does: fc.constant('END' as const), moment, round }),
    fc.record({ does: fc.constant('PLAN_STEP' as const), due }),
    fc.constant({ does: 'END_STEP' as const }),
  ),
  { maxLength: 40 },
);
/** Whoever is due first is not always the one who is warned first. */
const warnOf = (of: number): string => hour(10 + ((of * 7) % 5));

/** A plain list, in the order in which it was told. */
interface Told {
  readonly what: string;
  readonly dueAt: string;
  readonly warnAt: string | null;
}
const toldAfter = (told: readonly Told[], word: Word): readonly Told[] => {
  const what = 'moment' in word ? `${word.moment} ${word.round}` : 'NEXT_NODE';
  const others = told.filter((each) => each.what !== what);
  if (!('due' in word)) return others;
  const warnAt = 'moment' in word ? warnOf(word.due) : null;
  return [...others, { what, dueAt: hour(word.due), warnAt }];
};
/** Of those that are due at the same instant the one that was told first. */
const firstOf = (told: readonly Told[]): Told | undefined =>
  told.find(({ dueAt }) => told.every((other) => dueAt <= other.dueAt));
const answerOf = (told: readonly Told[]) => ({
  ...{ waitsFor: firstOf(told)?.what ?? null, dueAt: firstOf(told)?.dueAt ?? null },
  warnAt: told.flatMap(({ warnAt }) => warnAt ?? []).sort()[0] ?? null,
});

const changed = (waited: Waited, word: Word) => {
  if (word.does === 'END') return withoutClock(waited, word);
  if (word.does === 'END_STEP') return withoutNextNode(waited);
  if (word.does === 'PLAN_STEP') return withNextNode(waited, hour(word.due));
  return withClock(waited, { ...word, dueAt: hour(word.due), warnAt: warnOf(word.due) });
};
/** As the rows of a ticket follow each other: earlier ones are kept, and nobody may write to them. */
const rowsAfter = (all: readonly Word[]) => {
  const rows = [waiting({})];
  for (const word of all) {
    const before = rows.at(-1)!;
    rows.push(frozen(changed(before.waited, word) ?? before));
  }
  return rows;
};
const frozen = (row: ReturnType<typeof waiting>) => {
  for (const rounds of Object.values(row.waited)) Object.freeze(rounds).forEach(Object.freeze);
  Object.freeze(row.waited);
  return row;
};
const listOf = (waited: Waited): readonly Told[] =>
  Object.entries(waited).flatMap(([what, rounds]) =>
    rounds.map(([of, dueAt, warnAt]) => ({
      ...{ what: what === 'NEXT_NODE' ? what : `${what} ${of}`, dueAt: new Date(dueAt).toISOString() },
      warnAt: warnAt === null ? null : new Date(warnAt).toISOString(),
    })),
  );
const byName = (all: readonly Told[]) => [...all].sort((one, other) => (one.what < other.what ? -1 : 1));

describe('what a ticket waits for', () => {
  it('is what a plain list of it would say, whatever begins, moves, stands still and ends', () =>
    fc.assert(
      fc.property(words, (all) => {
        const told = all.reduce(toldAfter, []);
        const { waited, ...answer } = rowsAfter(all).at(-1)!;
        expect(answer).toEqual(answerOf(told));
        expect(byName(listOf(waited))).toEqual(byName(told));
      }),
      { numRuns: 500 },
    ));

  it('is the same after it was kept as text and read again', () =>
    fc.assert(
      fc.property(words, (all) => {
        const { waited, ...answer } = rowsAfter(all).at(-1)!;
        const read = JSON.parse(JSON.stringify(waited)) as Waited;
        expect(waiting(read)).toEqual({ waited, ...answer });
      }),
    ));

  it('names nothing of which no round is left, and has the earlier rounds first', () =>
    fc.assert(
      fc.property(words, (all) => {
        for (const rounds of Object.values(rowsAfter(all).at(-1)!.waited)) {
          const numbers = rounds.map(([of]) => of);
          expect(numbers.length).toBeGreaterThan(0);
          expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
        }
      }),
    ));

  it('does not change when something ends that was not waited for', () => {
    const { waited } = withClock({}, { moment: 'PLAN', round: 2, dueAt: hour(24), warnAt: hour(19) });
    expect(withoutClock(waited, { moment: 'PLAN', round: 1 })).toBeUndefined();
    expect(withoutClock(waited, { moment: 'RESOLVE', round: 2 })).toBeUndefined();
    expect(withoutNextNode(waited)).toBeUndefined();
    expect(withoutClock(waited, { moment: 'PLAN', round: 2 })).toEqual(waiting({}));
  });

  it('says its place only where something is due at the same instant', () => {
    const clock = { dueAt: hour(24), warnAt: hour(19) };
    const plan = withClock({}, { moment: 'PLAN', round: 1, ...clock }).waited;
    const both = withClock(plan, { moment: 'RESOLVE', round: 1, ...clock }).waited;
    const [at, warned] = [Date.parse(hour(24)), Date.parse(hour(19))];
    expect(both).toEqual({ PLAN: [[1, at, warned]], RESOLVE: [[1, at, warned, 1]] });
    expect(withNextNode(both, hour(30)).waited).toEqual({
      ...both,
      NEXT_NODE: [[1, Date.parse(hour(30)), null]],
    });
  });
});
