import { writeSync } from 'node:fs';
import { EventStoreDbEventLog } from '@rapport/adapters/eventstoredb';
import { SqliteLogCopy } from '@rapport/adapters/sqlite';
import { CopiedLog } from '@rapport/kernel';

/** A process to be killed: it fills the copy of a log, and says how it is doing. */
const [url = '', file = ''] = process.argv.slice(2);
const SAY_EVERY_MS = 2;

const main = async (): Promise<void> => {
  const copy = await SqliteLogCopy.open({ file, of: 'the test server' });
  const log = new CopiedLog(await EventStoreDbEventLog.open({ url }), copy, (error) => {
    throw error as Error;
  });
  log.start();
  setInterval(() => writeSync(1, `${log.state}\n`), SAY_EVERY_MS);
};
void main();
