import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { addressIn, EventStoreDbEventLog, type EventStoreDbOptions } from '@rapport/adapters/eventstoredb';
import type { PostgresPlace } from '@rapport/adapters/postgres';
import { SqliteEventLog, SqliteLogCopy, type Driver } from '@rapport/adapters/sqlite';
import {
  APART,
  CopiedLog,
  LIVE,
  type EventLog,
  type OnRefused,
  type Pace,
  type RowStore,
  type Told,
} from '@rapport/kernel';
import { Application, newMember } from './application';
import { planned } from './planned';
import { postgresIn } from './postgres-place';
import { ProgressElsewhere } from './progress';
import { ROLES, type LoopName, type Role } from './roles';
import { assertRowsBelongTo } from './rows-of-another-log';
import { BadSettings, LEASE_MS, type Settings } from './settings';
import { storeFilesIn } from './store-place';
import { openStores, type Stores } from './stores';
import { ProjectorThread } from './thread/projector-thread';

/** Where everything is kept. */
export interface Place {
  /** The data folder, made when it is missing; null keeps everything in memory. */
  readonly folder: string | null;
  /** The server that keeps the log (default: the log is embedded, in the folder). */
  readonly eventStoreDb?: EventStoreDbOptions;
  /** The server that keeps rows and keys (default: they are files of the folder). */
  readonly postgres?: PostgresPlace;
  /** A copy of that log is kept in the folder, by the process that keeps the read models. */
  readonly copied?: boolean;
}
/** Where it is kept, and how others open it: threads of this process. */
export interface Kept {
  readonly place: Place;
  readonly driver?: Driver;
  /** What threads begin with (default: as this process did). */
  readonly threadArgv?: readonly string[];
}
/** How it is opened, beside where. */
export interface Opening {
  /** Business time (default: the machine's clock). */
  readonly now?: () => string;
  readonly driver?: Driver;
  readonly onFailure?: (error: unknown) => void;
  readonly onRefused?: OnRefused;
  /** A subscription to a log elsewhere was dropped, and why; it comes back by itself. */
  readonly onDropped?: (text: string) => void;
  readonly pace?: Pace;
  /** How long this process keeps its work without a word from it, in milliseconds. An embedded log has one owner: nobody waits. */
  readonly leaseMs?: number;
  /** What an operator should hear of the loops. */
  readonly told?: Told;
  /** When the embedded log is safe from a power failure: after each command (default), or once when it is closed. */
  readonly durable?: 'each' | 'atClose';
  readonly loops?: readonly LoopName[];
  /** Read models of an embedded log in a thread of their own (default: in this one). */
  readonly threads?: boolean;
  /** What threads begin with (default: as this process did). */
  readonly threadArgv?: readonly string[];
}

/** The place that the settings name. */
export const placeIn = (settings: Settings): Place => {
  const { RAPPORT_DATA: folder, RAPPORT_EVENTSTOREDB: url } = settings;
  const { RAPPORT_EVENTSTOREDB_NAMESPACE: namespace = '' } = settings;
  const limits = {
    appendMs: settings.RAPPORT_EVENTSTOREDB_APPEND_MS,
    appendsInFlightMax: settings.RAPPORT_EVENTSTOREDB_APPENDS_MAX,
  };
  const copied = settings.RAPPORT_LOG_COPY;
  const postgres = postgresIn(settings);
  return {
    ...{ folder, copied },
    ...(url !== undefined && { eventStoreDb: { url, namespace, limits } }),
    ...(postgres && { postgres }),
  };
};

/**
 * The files of a data folder: the log when it is embedded, the rows that follow from it, and the keys that are backed up
 * apart, unless servers have them. Rows belong to one log, so those of a log elsewhere have a file of their own.
 */
export const filesIn = (place: Place) => {
  const { folder, eventStoreDb } = place;
  const log = folder === null ? ':memory:' : join(folder, 'log.sqlite');
  return { ...(!eventStoreDb && { log }), ...storeFilesIn(place) };
};
/** Where the rows are, for people. */
export const rowsText = (place: Place): string =>
  place.postgres
    ? `schema ${place.postgres.schema ?? 'rapport'} of the PostgreSQL`
    : String(storeFilesIn(place).rows);

/** The product as the settings place it, for the part that a process has in it. Throws as `openAt` does, and `BadSettings`. */
export const openProduct = async (
  settings: Settings,
  role: Role,
  how: Opening = {},
): Promise<Application> => {
  const place = placeIn(settings);
  if (!place.eventStoreDb && role !== 'standalone') throw new BadSettings([ownedBy(role)]);
  const pace = role === 'projector' ? APART : LIVE;
  return openAt(place, { leaseMs: settings.RAPPORT_LEASE_MS, pace, ...how, loops: ROLES[role].loops });
};
const ownedBy = (role: Role): string =>
  `RAPPORT_EVENTSTOREDB is not set: the embedded log belongs to one process, and ${role} is one of several; name a server, or start standalone instead`;

/** The same, with the read models in a thread of their own where the settings allow it: for a process that serves. */
export const openThreaded = (settings: Settings, role: Role, how: Opening = {}): Promise<Application> =>
  openProduct(settings, role, { ...how, threads: settings.RAPPORT_PROJECTOR_THREAD });

/** The whole product in one process on three SQLite files. */
export const openEmbedded = ({ folder, ...how }: Opening & Pick<Place, 'folder'>): Promise<Application> =>
  openAt({ folder }, how);

/**
 * The product in its place. Throws `AlreadyOwned` when another process has the embedded log, `CannotConnect` and
 * `PostgresUnusable` when a server cannot be used, `Unavailable` when it does not answer, `RowsOfAnotherLog` and `KeysLeftBehind`.
 */
export const openAt = async (place: Place, how: Opening = {}): Promise<Application> => {
  const {
    now = machineTime,
    driver,
    durable,
    onDropped,
    leaseMs = LEASE_MS,
    threads,
    threadArgv,
    ...more
  } = how;
  if (place.folder !== null) mkdirSync(place.folder, { recursive: true, mode: 0o700 });
  let look = (): void => undefined;
  const log = await openLog(place, how, () => look());
  const { rows, keys } = await storesBeside(log, place, how);
  const member = newMember();
  const projector = threads && isThreadable(place) ? threadOn(place, member, rows, how) : null;
  if (projector) look = () => projector.look();
  const kept = { place, ...(driver && { driver }), ...(threadArgv && { threadArgv }) };
  const application = new Application({
    ...{ ...planned, log, rows, keys, now, member, kept, ...more, ...(projector && { projector }) },
    leaseMs: place.eventStoreDb ? leaseMs : null,
  });
  await assertRowsBelongTo(log, rows, rowsText(place)).catch(async (error: unknown) => {
    await application.stop();
    throw error;
  });
  return application;
};

/** A log whose rows cannot be opened is let go. */
const storesBeside = async (log: EventLog, place: Place, { driver, told }: Opening): Promise<Stores> => {
  try {
    return await openStores(place, { driver, ...(told && { tell: (what) => told('warn', what) }) });
  } catch (error) {
    await log.close();
    throw error;
  }
};
const openLog = async (place: Place, how: Opening, onAppended: () => void): Promise<EventLog> => {
  const { driver, durable = 'each', onDropped, loops } = how;
  const { log } = filesIn(place);
  if (log !== undefined)
    return SqliteEventLog.open({ file: log, durable, onAppended, ...(driver && { driver }) });
  const server = await openServer(place, onDropped);
  const keepsModels = (loops ?? ROLES.standalone.loops).includes('projections');
  return place.copied && keepsModels ? copiedHere(server, place, how) : server;
};
/** An embedded log can be read by several threads. */
const isThreadable = (place: Place): place is Place & { readonly folder: string } =>
  place.folder !== null && !place.eventStoreDb;
const threadOn = (
  { folder, postgres }: Place & { readonly folder: string },
  member: string,
  rows: RowStore,
  how: Opening,
): ProjectorThread => {
  const elsewhere = new ProgressElsewhere(
    rows,
    planned.readModels.map(({ name }) => name),
  );
  const { driver, onFailure = rethrow, told = () => undefined } = how;
  const place = { folder, member, ...(postgres && { postgres }), ...(driver && { driver }) };
  return new ProjectorThread(place, elsewhere, onFailure, told);
};
const copiedHere = async (server: EventLog, place: Place, { driver, onFailure = rethrow }: Opening) => {
  const copy = await SqliteLogCopy.open({ ...copyIn(place), ...(driver && { driver }) });
  const log = new CopiedLog(server, copy, onFailure);
  log.start();
  return log;
};
/** Where the copy of a log on a server is, and whose it is. */
export const copyIn = ({ folder, eventStoreDb }: Place): { readonly file: string; readonly of: string } => {
  const { url = '', namespace = '' } = eventStoreDb ?? {};
  const file = folder === null ? ':memory:' : join(folder, 'copy.sqlite');
  return { file, of: `${addressIn(url).hosts.join(',')} ${namespace}` };
};
/** A copy that is broken must not go on in silence. */
const rethrow = (error: unknown): void => {
  setImmediate(() => {
    throw error;
  });
};
/** Also for whoever only reads: the server itself says who may write. */
export const openServer = ({ eventStoreDb }: Place, note?: (text: string) => void): Promise<EventLog> => {
  if (!eventStoreDb) throw new Error('this place has no server');
  return EventStoreDbEventLog.open({ ...eventStoreDb, ...(note && { note }) });
};

const machineTime = (): string => new Date().toISOString();
