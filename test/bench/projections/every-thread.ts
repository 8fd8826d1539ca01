/**
 * Loaded first in the process of a rebuild and in each of its threads, which open the product for themselves: the models keep
 * the history that this run is about, and what their rows' stores write is counted.
 */
import { BroadcastChannel } from 'node:worker_threads';
import { PostgresRowStore } from '@rapport/adapters/postgres';
import { SqliteRowStore } from '@rapport/adapters/sqlite';
import type { Projection, RowStore } from '@rapport/kernel';
import { readModels } from '@rapport/read-models';
import { WITHOUT_HISTORY } from './rebuilding';

const CHANNEL = 'rows written by a rebuild';

if (process.env[WITHOUT_HISTORY] === 'true') {
  const without = readModels.map((model): Projection => ({ ...model, past: null }));
  (readModels as Projection[]).splice(0, readModels.length, ...without);
}

const telling = new BroadcastChannel(CHANNEL);
telling.unref();
for (const { prototype } of [SqliteRowStore, PostgresRowStore] as readonly { prototype: RowStore }[]) {
  const { commit } = prototype;
  prototype.commit = function (this: RowStore, ...all) {
    telling.postMessage(all[0].length);
    return commit.apply(this, all);
  };
}

/** What all threads of this process hand to their stores from here on: rows, their versions and figures. */
export const rowsWritten = (): { readonly count: () => number } => {
  const listening = new BroadcastChannel(CHANNEL);
  let rows = 0;
  listening.onmessage = ({ data }: { data: unknown }) => (rows += Number(data));
  listening.unref();
  return { count: () => rows };
};
