import { EventStoreDbEventLog } from '@rapport/adapters/eventstoredb';
import { PostgresKeyRing, PostgresRowStore, type PostgresPlace } from '@rapport/adapters/postgres';
import { SqliteEventLog, SqliteKeyRing, SqliteRowStore } from '@rapport/adapters/sqlite';
import type { CommandResult, EventLog, KeyRing, RowStore } from '@rapport/kernel';
import { Application } from '@rapport/platform/application';
import { allJars, jar, jarsByColor, openJars, sealing } from './jars';

interface Stores {
  readonly log: EventLog;
  readonly rows: RowStore;
  readonly keys: KeyRing;
}
export const NOON = '2024-03-01T12:00:00.000Z';

/** The small business on the real loops. */
export const jarApplication = (stores: Stores, more: Partial<Application['plan']> = {}): Application =>
  new Application({
    ...stores,
    ...{
      aggregates: [jar],
      readModels: [openJars, allJars],
      rollups: [jarsByColor],
      questions: [],
      policies: [sealing],
    },
    now: () => NOON,
    ...more,
  });

export const sqliteStores = async (folder: string | null): Promise<Stores> => {
  const file = (name: string) => (folder === null ? ':memory:' : `${folder}/${name}.sqlite`);
  const log = await SqliteEventLog.open({ file: file('log') });
  const rows = await SqliteRowStore.open({ file: file('rows') });
  return { log, rows, keys: await SqliteKeyRing.open({ file: file('keys') }) };
};

/** The log in a folder, rows and keys on a PostgreSQL. */
export const postgresStores = async (folder: string, place: PostgresPlace): Promise<Stores> => {
  const log = await SqliteEventLog.open({ file: `${folder}/log.sqlite` });
  return { log, rows: await PostgresRowStore.open(place), keys: await PostgresKeyRing.open(place) };
};

/** The log on a server, rows and keys in a folder. */
export const storesOn = async (url: string, namespace: string, folder: string): Promise<Stores> => {
  const log = await EventStoreDbEventLog.open({ url, namespace });
  const rows = await SqliteRowStore.open({ file: `${folder}/rows.sqlite` });
  return { log, rows, keys: await SqliteKeyRing.open({ file: `${folder}/keys.sqlite` }) };
};

export const send = (
  { execute }: Application,
  commandId: string,
  command: object,
  now = NOON,
): Promise<CommandResult> =>
  execute(command, {
    ...{ commandId, correlationId: commandId, source: 'TEST', now },
    actor: { id: 'ann', role: 'SERVICE_SPECIALIST' },
  });
