import 'reflect-metadata';
import { parentPort, workerData } from 'node:worker_threads';
import { SqliteEventLog } from '@rapport/adapters/sqlite';
import { APART, type Batch } from '@rapport/kernel';
import { Application } from '../application';
import { haltsIn } from '../halts';
import { filesIn } from '../opening';
import { planned } from '../planned';
import { failureOf } from '../rebuild/failures';
import { openStores } from '../stores';
import type { FromThread, ThreadPlace, ThreadState, ToThread } from './words';

/** How often the other side is told how it goes, when something has changed. */
const TELL_MS = 100;

const say = (word: FromThread): void => parentPort?.postMessage(word);

/** The read models of the product, kept in this thread until it is told to stop. */
const main = async ({ driver, member, ...place }: ThreadPlace): Promise<void> => {
  const file = filesIn(place).log ?? '';
  const log = await SqliteEventLog.open({ file, readonly: true, ...(driver && { driver }) });
  const application = new Application({
    ...{ ...planned, log, member, loops: ['projections'], pace: APART },
    ...(await openStores(place, { driver, readonlyKeys: true })),
    now: () => new Date().toISOString(),
    told: (level, what) => say({ say: 'told', level, what }),
    onFailure: failed,
  });
  const { projections } = application;
  let batches: Batch[] = [];
  application.onBatch((batch) => batches.push({ ...batch, failed: [] })); // of these it tells itself
  let before = '';
  const tellState = (): void => {
    const now: ThreadState = {
      ...{ state: projections.state, caughtUp: projections.caughtUp, position: projections.position() },
      halts: haltsIn(application),
    };
    const text = JSON.stringify(now);
    if (text !== before) say({ say: 'state', now });
    before = text;
    if (batches.length > 0) say({ say: 'batches', batches });
    batches = [];
  };
  const telling = setInterval(tellState, TELL_MS);
  parentPort?.on('message', (word: ToThread) => {
    if (word.say === 'look') log.look();
    else if (word.say === 'wait')
      void application.progress
        .reached(word.position, word.models, word.withinMs)
        .then((met) => say({ say: 'waited', id: word.id, met }));
    else void stop();
  });
  const stop = async (): Promise<void> => {
    clearInterval(telling);
    await application.stop();
    parentPort?.close();
  };
  await application.start();
  tellState();
  say({ say: 'started' });
};

/** Said in words, since the class of an error is lost between threads. */
const failed = (error: unknown): void => say({ say: 'failed', failure: failureOf(error) });

main(workerData as ThreadPlace).catch((error: unknown) => {
  failed(error);
  throw error;
});
