import { copyFileSync, constants, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SqliteEventLog, SqliteRowStore } from '@rapport/adapters/sqlite';
import type { Row, RowStore } from '@rapport/kernel';
import { openOperating, planned } from '@rapport/platform';
import { median } from '../figures';
import { scanAndParse } from '../floors';
import type { DataPlace } from './measured-store';

const RUNS = 3;
/** Rows that are read and written together. */
const PAGE = 5_000;

/** Events a second when the log in a folder is only read and parsed. */
export const scanRate = async (folder: string): Promise<number> => {
  const log = await SqliteEventLog.open({ file: join(folder, 'log.sqlite'), readonly: true });
  const perSecond = await median(RUNS, () => scanAndParse(log));
  await log.close();
  return perSecond;
};

/** A place that only read its log and keys gets its own, and its policies remember what they had remembered: it can go on. */
export const comeAlive = async (place: DataPlace, from: string): Promise<void> => {
  for (const name of ['log.sqlite', 'keys.sqlite']) {
    rmSync(join(place.folder, name));
    copyFileSync(join(from, name), join(place.folder, name), constants.COPYFILE_FICLONE);
  }
  const application = await openOperating(place);
  await memoriesInto(application.rows, from);
  await application.stop();
};

const memoriesInto = async (rows: RowStore, folder: string): Promise<void> => {
  const from = await SqliteRowStore.open({ file: join(folder, 'rows.sqlite'), readonly: true });
  const tables = planned.policies.map(({ table }) => table);
  await rows.open(tables);
  for (const table of tables) {
    for (let last: Row | undefined, first = true; first || last; first = false) {
      const after = last && ([last.key, last.key] as const);
      const page = await from.find(table, { limit: PAGE, ...(after && { after }) });
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
