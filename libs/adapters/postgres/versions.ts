import { keyRangeIn, keysIn, type AsOf, type Condition, type KeyRange, type Table } from '@rapport/kernel';
import { sql, type RawBuilder } from 'kysely';
import { ref } from './names';
import { encoderOf, KEY } from './row-codec';

type Sql = RawBuilder<unknown>;
/** The versions that were in force, to be read `from`, and what has to stand before the statement. */
export interface Versions {
  readonly before: Sql;
  readonly from: Sql;
  /** They come in the order of their keys, so whoever wants a page stops when it is full. */
  readonly areInOrder: boolean;
}
/** Whether the rows are wanted in the order of their keys, and behind which of them. */
export interface Course {
  readonly direction: 'asc' | 'desc';
  readonly behind?: string;
}
const WALKED = ref('~key');

/**
 * The past of a model stands in a table of its own. We go from key to key, and take of each the newest version by business
 * time, then position, by one look into the index: what lies between costs nothing, however many versions there are. What
 * a version holds is asked of those alone, for an older one that would suit is no answer.
 */
export const versionsInForce = (
  schema: string,
  { name }: Table,
  { time, position }: AsOf,
  where: readonly Condition[],
  course: Course | null,
): Versions => {
  const past = ref(schema, `${name}~past`);
  const known = keysIn(where);
  const begun = time === undefined ? sql`` : sql` and w."validFrom" <= ${time}`;
  const recorded = position === undefined ? sql`` : sql` and w."position" <= ${position}`;
  return {
    before: known ? among(known) : fromKeyToKey(past, course ?? { direction: 'asc' }, keyRangeIn(where)),
    from: sql`walk join lateral (select * from ${past} w where w.key = walk.${WALKED}${begun}${recorded}
      order by w."validFrom" desc, w."position" desc limit 1) in_force on not in_force."gone"`,
    areInOrder: !known && course !== null,
  };
};

const among = (keys: readonly unknown[]): Sql => {
  const texts = keys.filter((key) => typeof key === 'string').map(encoderOf(KEY));
  return sql`with walk(${WALKED}) as (select distinct unnest(${texts}::text[]) collate "C") `;
};

/** There is one key at a time on its way, and each is followed by the next: they can come in no other order. */
const fromKeyToKey = (past: Sql, { direction, behind }: Course, range: KeyRange): Sql => {
  const [nearest, than] = direction === 'asc' ? [sql`min`, sql`>`] : [sql`max`, sql`<`];
  const lowest = range.from === null ? sql`` : sql` and p.key >= ${encoderOf(KEY)(range.from)}`;
  const within = range.before === null ? lowest : sql`${lowest} and p.key < ${encoderOf(KEY)(range.before)}`;
  const later = behind === undefined ? sql`` : sql` and p.key ${than} ${encoderOf(KEY)(behind)}`;
  const next = sql`select ${nearest}(p.key) from ${past} p where p.key ${than} walk.${WALKED}${within}`;
  return sql`with recursive walk(${WALKED}) as (select ${nearest}(p.key) from ${past} p where true${within}${later}
    union all select (${next}) from walk where ${WALKED} is not null) `;
};
