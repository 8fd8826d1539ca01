import { higherThan, type EscalationLevel } from '@rapport/domain/values';
import { listed, type Lists } from './lists';

/** The numbers of the escalations that are not settled, by the level that is called. */
export type Calls = Lists<EscalationLevel, number>;

const levelsIn = (calls: Calls) => Object.keys(calls) as EscalationLevel[];
const called = (calls: Calls) => ({
  calls,
  escalatedTo: levelsIn(calls).sort((one, other) => higherThan(other, one))[0] ?? null,
});
const levelOf = (calls: Calls, escalation: number): EscalationLevel | undefined =>
  levelsIn(calls).find((level) => calls[level]?.includes(escalation));
const without = (calls: Calls, level: EscalationLevel, escalation: number): Calls =>
  listed(calls, level, calls[level]?.filter((each) => each !== escalation) ?? []);

/** It is called at this level, and at the one before no more. */
export const withCall = (calls: Calls, escalation: number, level: EscalationLevel) => {
  const before = levelOf(calls, escalation);
  if (before === level) return undefined;
  const others = before === undefined ? calls : without(calls, before, escalation);
  const numbers = [...(others[level] ?? []), escalation].sort((one, other) => one - other);
  return called(listed(others, level, numbers));
};
/** It is settled. */
export const withoutCall = (calls: Calls, escalation: number) => {
  const level = levelOf(calls, escalation);
  return level === undefined ? undefined : called(without(calls, level, escalation));
};
