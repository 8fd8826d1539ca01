import { createRequire } from 'node:module';

export type Driver = 'better-sqlite3' | 'libsql';
/** The first that is installed is taken: the fast one is compiled where it can be, the other one always installs. */
const DRIVERS: readonly Driver[] = ['better-sqlite3', 'libsql'];

export type Bound = string | number | null | Buffer;
export interface Reading {
  all(values: readonly Bound[]): readonly (readonly unknown[])[];
  first(values: readonly Bound[]): readonly unknown[] | undefined;
}
export interface Writing {
  run(values: readonly Bound[]): { readonly changes: number; readonly id: number };
}

/** The one shape in which both drivers are used: rows as arrays, values as lists. */
export interface Database {
  readonly driver: string;
  readonly readonly: boolean;
  exec(sql: string): void;
  reading(sql: string): Reading;
  writing(sql: string): Writing;
  /** Runs it in a transaction that takes the write lock at once. */
  transaction<In, Out>(work: (input: In) => Out): (input: In) => Out;
  close(): void;
}
export interface Place {
  /** A path, or `:memory:`. */
  readonly file: string;
  readonly driver?: Driver;
  readonly readonly?: boolean;
}

interface NativeStatement {
  raw(): NativeStatement;
  all(values: readonly Bound[]): unknown[][];
  get(values: readonly Bound[]): unknown[] | undefined;
  run(values: readonly Bound[]): { changes: number; lastInsertRowid: number | bigint };
}
interface NativeDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): NativeStatement;
  transaction<In, Out>(work: (input: In) => Out): { immediate: (input: In) => Out };
  close(): unknown;
}
type Native = new (file: string, options: object) => NativeDatabase;

/** Another process writes to the file, for longer than we wait. */
export const isBusy = (error: unknown): boolean =>
  String((error as { code?: unknown } | null)?.code).startsWith('SQLITE_BUSY');

const load = createRequire(__filename);
const BUSY_MS = 5_000;

/** The driver and the version of its SQLite, asked of a database that nobody else can hold. */
const native = (driver: Driver): { readonly Opened: Native; readonly version: string } | null => {
  try {
    const Opened = load(driver) as Native;
    const probe = new Opened(':memory:', {});
    const [row] = probe.prepare('select sqlite_version()').raw().all([]);
    probe.close();
    return { Opened, version: String(row?.[0]) };
  } catch {
    return null;
  }
};

/** The drivers that work on this machine, the preferred one first. */
export const availableDrivers = (): readonly Driver[] => DRIVERS.filter((driver) => native(driver) !== null);

/** Opens a file in WAL mode; `durable` waits for the disk at every commit (synchronous=FULL). */
export const openDatabase = (place: Place, durable: boolean): Database => {
  const db = openPlain(place);
  db.exec(`pragma busy_timeout = ${BUSY_MS}`);
  if (!db.readonly) useWal(db);
  db.exec(`pragma synchronous = ${durable ? 'FULL' : 'NORMAL'}`);
  return db;
};

/** The mode is kept in the file. Who sets it first is alone for a moment, and nobody else's patience is asked: so it is here. */
const useWal = (db: Database): void => {
  for (const until = Date.now() + BUSY_MS; db.reading('pragma journal_mode').first([])?.[0] !== 'wal';) {
    try {
      db.exec('pragma journal_mode = WAL');
      return;
    } catch (error) {
      if (!isBusy(error) || Date.now() > until) throw error;
    }
  }
};

/** Opens a file as it is: no mode is set, so nothing waits for whoever holds it. */
export const openPlain = ({ file, driver, readonly = false }: Place): Database => {
  const chosen = driver ?? availableDrivers()[0];
  const found = chosen && native(chosen);
  if (!found)
    throw new Error(`no SQLite driver: neither ${DRIVERS.join(' nor ')} can be loaded; run npm ci again`);
  const db = new found.Opened(file, readonly ? { readonly, fileMustExist: true } : {});
  return wrapped(db, `sqlite ${found.version} (${chosen})`, readonly);
};

const wrapped = (db: NativeDatabase, driver: string, readonly: boolean): Database => ({
  driver,
  readonly,
  exec: (sql) => void db.exec(sql),
  reading: (sql) => {
    const statement = db.prepare(sql).raw();
    return { all: (values) => statement.all(values), first: (values) => statement.get(values) };
  },
  writing: (sql) => {
    const statement = db.prepare(sql);
    return {
      run: (values) => {
        const { changes, lastInsertRowid } = statement.run(values);
        return { changes, id: Number(lastInsertRowid) };
      },
    };
  },
  transaction: (work) => db.transaction(work).immediate,
  close: () => void db.close(),
});

/**
 * Brings a file to the newest schema, one step a version; a file from a newer program is refused. Several processes may
 * open a new file at once: one of them does it, the others find it done.
 */
export const migrate = (db: Database, file: string, steps: readonly string[]): void => {
  if (schemaOf(db) === steps.length) return;
  const bringUp = db.transaction(() => {
    const version = schemaOf(db);
    if (version > steps.length)
      throw new Error(
        `${file} was written by a newer version of this program (schema ${version}): start that one`,
      );
    for (const step of steps.slice(version)) db.exec(step);
    db.exec(`pragma user_version = ${steps.length}`);
  });
  bringUp(undefined);
};
const schemaOf = (db: Database): number => Number(db.reading('pragma user_version').first([])?.[0] ?? 0);
