import { parentPort, workerData } from 'node:worker_threads';
import { SqliteEventLog } from '@rapport/adapters/sqlite';
import type { LoggedEvent } from '@rapport/kernel';

/** Events of one stream, behind the one at the expected revision. */
export interface Entry {
  readonly stream: string;
  readonly expected: number;
  readonly events: readonly LoggedEvent[];
}
/** Entries to write, or null: that was all. Each order is answered when it is done; an error ends the thread. */
export type Order = readonly Entry[] | null;

/** A thread of its own that writes what it is given into a log, while others imagine what comes next. */
const write = async (file: string): Promise<void> => {
  const log = await SqliteEventLog.open({ file, durable: 'atClose' });
  parentPort?.on('message', (order: Order) => {
    const work = order?.map(({ stream, expected, events }) => log.copy(stream, expected, events)) ?? [
      log.close(),
    ];
    void Promise.all(work).then(() => {
      parentPort?.postMessage('done');
      if (order === null) parentPort?.close();
    });
  });
};
void write(workerData as string);
