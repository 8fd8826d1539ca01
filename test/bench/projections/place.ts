import { join } from 'node:path';
import { SqliteEventLog, SqliteKeyRing, SqliteRowStore } from '@rapport/adapters/sqlite';
import { EventStore, kernelEvents, pastOf, type Projection, type Row, type RowStore } from '@rapport/kernel';
import { planned } from '@rapport/platform';

/** Which models keep every version of their rows: those that say so, none, or all. */
export const HISTORIES = ['declared', 'none', 'all'] as const;
export type History = (typeof HISTORIES)[number];

export const modelsWith = (history: History): readonly Projection[] =>
  planned.readModels.map((model) => {
    if (history === 'declared') return model;
    return { ...model, past: history === 'none' ? null : pastOf(model.name, model.table.columns) };
  });

/** The log in a folder, understood; nothing is written to it. */
export const readingIn = async (folder: string) => {
  const file = (name: string) => ({ file: join(folder, `${name}.sqlite`), readonly: true });
  const log = await SqliteEventLog.open(file('log'));
  const keys = await SqliteKeyRing.open(file('keys'));
  const events = planned.aggregates.map((of) => of.events);
  const close = async (): Promise<void> => {
    await log.close();
    await keys.close();
  };
  return { log, store: new EventStore(log, keys, [kernelEvents, ...events]), close };
};

const PAGE = 5_000;

/** What the policies of a made folder remember, and how far they have read, into other rows. */
export const memoriesInto = async (rows: RowStore, folder: string): Promise<void> => {
  const from = await SqliteRowStore.open({ file: join(folder, 'rows.sqlite'), readonly: true });
  const tables = planned.policies.map(({ table }) => table);
  await rows.open(tables);
  for (const table of tables) {
    for (let last: Row | undefined, first = true; first || last; first = false) {
      const page = await from.find(table, {
        limit: PAGE,
        ...(last && { after: [last.key, last.key] as const }),
      });
      await rows.commit(
        page.map((row) => ({ table, key: row.key, row })),
        [],
      );
      last = page.at(-1);
    }
    const to = await from.position(table.name);
    await rows.commit([], [{ subscriber: table.name, from: await rows.position(table.name), to }]);
  }
  await from.close();
};
