import type { Condition, Value } from './row-store';

/** The keys that a condition names; null: none does. */
export const keysIn = (where: readonly Condition[]): readonly Value[] | null => {
  for (const [column, operator, value] of where) {
    if (column === 'key' && operator === '=') return [value];
    if (column === 'key' && operator === 'in') return value;
  }
  return null;
};

/** Between which keys a row lies: from the first of them on, and before the other. */
export interface KeyRange {
  readonly from: string | null;
  readonly before: string | null;
}
/** The range of keys that conditions allow, as `keysUnder` names it. */
export const keyRangeIn = (where: readonly Condition[]): KeyRange => {
  const bound = (wanted: string): string | null => {
    for (const [column, operator, value] of where)
      if (column === 'key' && operator === wanted && typeof value === 'string') return value;
    return null;
  };
  return { from: bound('>='), before: bound('<') };
};
/** Keys that begin so, where the last character is one of ASCII: whoever goes through a past from key to key goes no further. */
export const keysUnder = (beginning: string): readonly Condition[] => {
  const end = beginning.length - 1;
  const next = String.fromCharCode(beginning.charCodeAt(end) + 1);
  return [
    ['key', '>=', beginning],
    ['key', '<', beginning.slice(0, end) + next],
  ];
};

/** Whether a row meets all of them, for whoever has it in memory. */
export const meetsAll = (row: Readonly<Record<string, unknown>>, where: readonly Condition[]): boolean =>
  where.every((condition) => meets((row[condition[0]] ?? null) as Value, condition));

const meets = (cell: Value, [, operator, value]: Condition): boolean => {
  if (operator === 'in') return value.includes(cell);
  if (operator === '=') return cell === value;
  if (operator === '!=') return cell !== value;
  if (cell === null || value === null) return false;
  const order = compareValues(cell, value);
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
};

/** Nulls lowest. */
export const compareValues = (one: Value, other: Value): number => {
  if (one === null || other === null) return Number(one !== null) - Number(other !== null);
  return typeof one === 'string' ? compareText(one, String(other)) : Number(one) - Number(other);
};

/** In the order of code points, which is the order of UTF-8 bytes: the same in every store. */
export const compareText = (one: string, other: string): number => {
  const end = Math.min(one.length, other.length);
  for (let n = 0; n < end; n++) {
    const difference = rank(one.charCodeAt(n)) - rank(other.charCodeAt(n));
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
};
/** Surrogates stand for code points above all those of one unit. */
const rank = (unit: number): number => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x2800 : unit);
