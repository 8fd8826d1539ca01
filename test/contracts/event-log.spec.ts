import { MemoryEventLog } from '@rapport/adapters/memory';
import { SqliteEventLog, type Driver } from '@rapport/adapters/sqlite';
import { installedDrivers, newFile } from '../support/sqlite-places';
import { eventLogContract } from './event-log.contract';
import type { MakeLog } from './logs';

eventLogContract('memory', async () => {
  const log = new MemoryEventLog();
  return { log, close: () => log.close() };
});

const onSqlite =
  (driver: Driver): MakeLog =>
  async () => {
    const place = { file: newFile('log.sqlite'), driver };
    const log = await SqliteEventLog.open(place);
    let now = log;
    const reopen = async () => {
      await now.close();
      return (now = await SqliteEventLog.open(place));
    };
    return { log, reopen, close: () => now.close() };
  };
for (const driver of installedDrivers()) eventLogContract(`sqlite, ${driver}`, onSqlite(driver));
