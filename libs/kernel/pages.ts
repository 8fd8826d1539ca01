import type { AsOf, Condition, RowReader } from './row-store';
import type { Row, Table } from './table';

/** Rows that are held at once while a whole table is read. */
const PAGE_ROWS = 1_000;

/** Every row of a table (as of a moment) that meets the conditions, in the order of the keys, page by page, so that nobody has to hold them all. */
export async function* pagesOf(
  rows: RowReader,
  table: Table,
  where: readonly Condition[] = [],
  asOf?: AsOf,
): AsyncGenerator<readonly Row[]> {
  for (let last: Row | undefined; ;) {
    const after = last && { after: [last.key, last.key] as const };
    const page = await rows.find(table, { where, limit: PAGE_ROWS, ...after, ...(asOf && { asOf }) });
    if (page.length > 0) yield page;
    if (page.length < PAGE_ROWS) return;
    last = page.at(-1);
  }
}
