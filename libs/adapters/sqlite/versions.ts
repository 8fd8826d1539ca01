import { keyRangeIn, keysIn, type AsOf, type Condition, type KeyRange, type Table } from '@rapport/kernel';
import { quoted } from './row-codec';
import type { Bound } from './driver';

interface Clause {
  readonly sql: string;
  readonly values: readonly Bound[];
}
/** The versions that were in force, to be read `from`, and what has to stand before the statement. */
export interface Versions {
  readonly before: Clause;
  readonly from: Clause;
  /** They come in the order of their keys, so whoever wants a page stops when it is full. */
  readonly areInOrder: boolean;
}
/** Whether the rows are wanted in the order of their keys, and behind which of them. */
export interface Course {
  readonly direction: 'asc' | 'desc';
  readonly behind?: string;
}

/**
 * The past of a model stands in a table of its own. We go from key to key, and take of each the newest version by business
 * time, then position, by one look into the tree: what lies between costs nothing, however many versions there are. What a
 * version holds is asked of those alone, for an older one that would suit is no answer.
 */
export const versionsInForce = (
  { name }: Table,
  { time, position }: AsOf,
  where: readonly Condition[],
  course: Course | null,
): Versions => {
  const past = quoted(`${name}~past`);
  const known = keysIn(where);
  const newest = `select w.rowid from ${past} w where w.key = walk."~key" and w."validFrom" <= ? and w."position" <= ?
    order by w."validFrom" desc, w."position" desc limit 1`;
  return {
    before: known ? among(known) : fromKeyToKey(past, course ?? { direction: 'asc' }, keyRangeIn(where)),
    from: {
      sql: `walk cross join ${past} v on v.rowid = (${newest}) and v."gone" = 0`,
      values: [time ?? '9999', position ?? Number.MAX_SAFE_INTEGER],
    },
    areInOrder: !known && course !== null,
  };
};

const among = (keys: readonly unknown[]): Clause => ({
  sql: 'with walk("~key") as (select distinct value from json_each(?))',
  values: [JSON.stringify(keys)],
});

/** There is one key at a time on its way, and each is followed by the next: they can come in no other order. */
const fromKeyToKey = (past: string, { direction, behind }: Course, range: KeyRange): Clause => {
  const [nearest, than] = direction === 'asc' ? ['min', '>'] : ['max', '<'];
  const bounds: readonly (readonly [string, string])[] = [
    ...(range.from === null ? [] : [['>=', range.from] as const]),
    ...(range.before === null ? [] : [['<', range.before] as const]),
  ];
  const within = bounds.map(([operator]) => ` and p.key ${operator} ?`).join('');
  const values = bounds.map(([, value]) => value);
  const later = behind === undefined ? '' : ` and p.key ${than} ?`;
  const first = `select ${nearest}(p.key) from ${past} p where 1${within}${later}`;
  const next = `select ${nearest}(p.key) from ${past} p where p.key ${than} walk."~key"${within}`;
  return {
    sql: `with recursive walk("~key") as (${first} union all select (${next}) from walk where "~key" is not null)`,
    values: [...values, ...(behind === undefined ? [] : [behind]), ...values],
  };
};
