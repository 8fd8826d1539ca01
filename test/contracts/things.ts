import { randomUUID } from 'node:crypto';
import { flag, integer, json, maybe, pastOf, positionOf, real, text } from '@rapport/kernel';
import type { Position, Row, RowStore, Table, Write } from '@rapport/kernel';

export interface RowsUnderTest {
  readonly store: RowStore;
  /** Closes the store and opens the same one again. Stores that end with their process have none. */
  readonly reopen?: () => Promise<RowStore>;
  /** Asks the store beside the port, as an analyst does. Stores without SQL have none. */
  readonly sql?: (query: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  close(): Promise<void>;
}
export type MakeRows = () => Promise<RowsUnderTest>;

const columns = {
  name: text(),
  size: integer(),
  share: real(),
  open: flag(),
  tags: json<readonly unknown[]>([]),
  owner: maybe(text()),
  rank: maybe(integer()),
  weight: maybe(real()),
  late: maybe(flag()),
  extra: maybe(json<object>({})),
};
const zero = {
  ...{ name: '', size: 0, share: 0, open: false, tags: [] },
  ...{ owner: null, rank: null, weight: null, late: null, extra: null },
};
/** Tables of one test alone. */
export const freshTable = (): Table & { readonly past: Table } => {
  const name = `things-${randomUUID()}@1`;
  return { name, columns, indexes: [['name'], ['owner', 'rank']], past: pastOf(name, columns) };
};
export const at = (n: number): Position => positionOf(n);
export const thing = (key: string, fields: Partial<Record<keyof typeof columns, unknown>> = {}): Row => ({
  ...{ key, ...zero },
  ...fields,
});
export const puts = (table: Table, ...rows: readonly Row[]): readonly Write[] =>
  rows.map((row) => ({ table, key: row.key, row }));
export const keysOf = (rows: readonly Row[]): readonly string[] => rows.map(({ key }) => key);
