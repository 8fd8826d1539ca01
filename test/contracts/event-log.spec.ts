import { randomUUID } from 'node:crypto';
import { EventStoreDbEventLog } from '@rapport/adapters/eventstoredb';
import { MemoryEventLog } from '@rapport/adapters/memory';
import { SqliteEventLog, SqliteLogCopy, type Driver } from '@rapport/adapters/sqlite';
import { CopiedLog } from '@rapport/kernel';
import { realEventStoreDb } from '../support/real-servers';
import { installedDrivers, newFile } from '../support/sqlite-places';
import { TestCluster } from '../support/eventstoredb/test-cluster';
import { TestServer } from '../support/eventstoredb/test-server';
import { eventLogContract } from './event-log.contract';
import type { MakeLog } from './logs';
import { numberingContract } from './numbering.contract';

/** Every log keeps the promises of a log, and those that the numbers of tickets rest on. */
const everyLog = (name: string, make: MakeLog): void => {
  eventLogContract(name, make);
  numberingContract(name, make);
};

everyLog('memory', async () => {
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
for (const driver of installedDrivers()) everyLog(`sqlite, ${driver}`, onSqlite(driver));

/** Names of one run alone: a real server keeps what was there before, and what we leave behind is in nobody's way. */
const namespaceOfThisRun = `contract-${randomUUID().slice(0, 8)}.`;

const onEventStoreDb =
  (url: string, namespace: string): MakeLog =>
  async () => {
    const log = await EventStoreDbEventLog.open({ url, namespace });
    let now = log;
    const reopen = async () => {
      await now.close();
      return (now = await EventStoreDbEventLog.open({ url, namespace }));
    };
    return { log, reopen, close: () => now.close() };
  };
const onTestServer =
  (namespace: string): MakeLog =>
  async () => {
    const server = await TestServer.start();
    const under = await onEventStoreDb(server.url, namespace)();
    const close = async () => {
      await under.close();
      await server.stop();
    };
    return { ...under, close };
  };
const onTestCluster: MakeLog = async () => {
  const cluster = await TestCluster.start();
  const under = await onEventStoreDb(cluster.url, '')();
  const close = async () => {
    await under.close();
    await cluster.stop();
  };
  return { ...under, close };
};
everyLog('eventstoredb, test server', onTestServer(''));
everyLog('eventstoredb, cluster of three', onTestCluster);
everyLog('eventstoredb, test server, in a namespace', onTestServer('ours.'));

const onCopyOfTestServer =
  (driver: Driver): MakeLog =>
  async () => {
    const server = await TestServer.start();
    const file = newFile('copy.sqlite');
    const open = async () => {
      const copy = await SqliteLogCopy.open({ file, driver, of: 'the test server' });
      const log = new CopiedLog(await EventStoreDbEventLog.open({ url: server.url }), copy, (error) => {
        throw error as Error;
      });
      log.start();
      return log;
    };
    const log = await open();
    let now = log;
    const reopen = async () => {
      await now.close();
      return (now = await open());
    };
    const close = async () => {
      await now.close();
      await server.stop();
    };
    return { log, reopen, close };
  };
for (const driver of installedDrivers())
  everyLog(`eventstoredb, test server, copied to sqlite, ${driver}`, onCopyOfTestServer(driver));

if (realEventStoreDb)
  everyLog('eventstoredb, real server', onEventStoreDb(realEventStoreDb, namespaceOfThisRun));
