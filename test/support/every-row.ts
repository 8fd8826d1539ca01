import { figureTables, type RowStore } from '@rapport/kernel';
import type { Plan } from '@rapport/platform/application';

/** More rows than any story makes of one table. */
const ROWS_MAX = 10_000;

/** All that is kept of all models: rows, versions and figures, table by table, in an order that two stores share. */
export const everyRow = (
  { readModels, rollups }: Pick<Plan, 'readModels' | 'rollups'>,
  rows: RowStore,
): Promise<readonly (readonly [table: string, rows: readonly string[]])[]> => {
  const tables = [
    ...readModels.flatMap(({ table, past }) => [table, ...(past ? [past] : [])]),
    ...rollups.flatMap(figureTables),
  ];
  return Promise.all(
    tables.map(async (table) => {
      const found = await rows.find(table, { limit: ROWS_MAX });
      return [table.name, found.map((row) => JSON.stringify(row)).sort()] as const;
    }),
  );
};
