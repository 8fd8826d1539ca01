import fc from 'fast-check';
import { EscalationLevel } from '@rapport/domain/values';
import { withCall, withoutCall, type Calls } from './progress-items.calls';

const LADDER = Object.keys(EscalationLevel) as EscalationLevel[];
/** An escalation is called at a level, or settled. */
type Word = readonly [escalation: number, level: EscalationLevel | null];
const words: fc.Arbitrary<Word[]> = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 5 }), fc.constantFrom(...LADDER, null)),
  { maxLength: 30 },
);

/** As the rows of a ticket follow each other: nobody may write to what an earlier one holds. */
const callsAfter = (all: readonly Word[]) => {
  let row: { calls: Calls; escalatedTo: EscalationLevel | null } = { calls: {}, escalatedTo: null };
  for (const [escalation, level] of all) {
    Object.values(row.calls).forEach(Object.freeze);
    Object.freeze(row.calls);
    row =
      (level === null ? withoutCall(row.calls, escalation) : withCall(row.calls, escalation, level)) ?? row;
  }
  return row;
};

describe('who is called to a ticket', () => {
  it('is what the last word about each escalation says, and of these the highest', () =>
    fc.assert(
      fc.property(words, (all) => {
        const last = new Map(all);
        const at = (level: EscalationLevel) =>
          [...last].flatMap(([escalation, of]) => (of === level ? [escalation] : [])).sort();
        const open = LADDER.filter((level) => at(level).length > 0);
        expect(callsAfter(all)).toEqual({
          calls: Object.fromEntries(open.map((level) => [level, at(level)])),
          escalatedTo: open.at(-1) ?? null,
        });
      }),
    ));

  it('stays when an escalation is called where it is already, or settled twice', () => {
    expect(withCall({ SUPERVISOR: [1, 2] }, 2, 'SUPERVISOR')).toBeUndefined();
    expect(withoutCall({ SUPERVISOR: [1, 2] }, 3)).toBeUndefined();
  });
});
