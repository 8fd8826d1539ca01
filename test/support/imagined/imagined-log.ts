import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SqliteKeyRing, SqliteRowStore } from '@rapport/adapters/sqlite';
import { aggregates } from '@rapport/domain';
import { EventStore, kernelEvents, START, type EventLog, type Position } from '@rapport/kernel';
import { policies } from '@rapport/policies';
import { BulkLog, KeysInHand } from './bulk-log';
import { BEGINNING, instant, SPAN } from './calendar';
import { Business } from './business';

/** What determines a log. The same makes the same log, but for the keys and what is sealed with them. */
export interface Recipe {
  /** At least so many events: what the last command draws after it is written too. */
  readonly events: number;
  readonly seed: number;
  /** The share of what happens that is told hours or days later (default 0.04). */
  readonly late?: number;
}
/** A log that was made, in a data folder as the product would have left it but for the read models. */
export interface Imagined {
  readonly folder: string;
  readonly events: number;
  readonly customers: number;
  /** The business time at which it ends. */
  readonly endsAt: string;
  /** Null: it lay there already. */
  readonly seconds: number | null;
}
/** Raise it when the same recipe comes out differently. */
const VERSION = 2;
const NOTE = 'imagined.json';
const LATE = 0.04;
/** Appends that are handed to SQLite together. */
const GROUP = 2_000;
/** Rows of policies that are written together. */
const ROWS_AT_ONCE = 5_000;

/** Makes the log in this folder, or finds it there by its recipe; another one that lies there is removed. */
export const imaginedLog = async (
  folder: string,
  recipe: Recipe,
  onProgress: (events: number) => void = () => undefined,
): Promise<Imagined> => {
  const wanted = JSON.stringify({ version: VERSION, late: LATE, ...recipe });
  const found = noteIn(folder);
  if (found?.recipe === wanted) return { ...found.made, folder, seconds: null };
  for (const name of FILES) rmSync(join(folder, name), { force: true });
  mkdirSync(folder, { recursive: true });
  const startedAt = performance.now();
  const made = await written(folder, { late: LATE, ...recipe }, onProgress);
  writeFileSync(join(folder, NOTE), JSON.stringify({ recipe: wanted, made }));
  return { ...made, folder, seconds: (performance.now() - startedAt) / 1_000 };
};

/** The log that was made in this folder, and from what, whatever made it then; null where none lies there. */
export const imaginedIn = (folder: string): (Imagined & { readonly recipe: Recipe }) | null => {
  const found = noteIn(folder);
  return found && { ...found.made, folder, seconds: null, recipe: JSON.parse(found.recipe) as Recipe };
};

type Made = Pick<Imagined, 'events' | 'customers' | 'endsAt'>;
const FILES = [
  NOTE,
  ...['log', 'keys', 'rows'].flatMap((name) => ['', '-wal', '-shm'].map((end) => `${name}.sqlite${end}`)),
];
const noteIn = (folder: string): { readonly recipe: string; readonly made: Made } | null => {
  const file = join(folder, NOTE);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ReturnType<typeof noteIn>) : null;
};

const written = async (
  folder: string,
  recipe: Required<Recipe>,
  onProgress: (events: number) => void,
): Promise<Made> => {
  const file = join(folder, 'log.sqlite');
  const keys = new KeysInHand(await SqliteKeyRing.open({ file: join(folder, 'keys.sqlite') }));
  const bulk: BulkLog = new BulkLog(file, () => instant(business.now));
  const events = [kernelEvents, ...aggregates.map((of) => of.events)];
  const store = new EventStore(bulk as unknown as EventLog, keys, events); // it only appends
  const business: Business = new Business(store, recipe);
  await keys.make(business.customerIds);
  while (bulk.events < recipe.events && (await business.goOn())) {
    if (bulk.pending < GROUP) continue;
    await bulk.flush();
    onProgress(bulk.events);
  }
  await bulk.close();
  await keys.close();
  await keepMemories(folder, business, bulk.events as Position);
  return { events: bulk.events, customers: business.customersKnown, endsAt: instant(business.now) };
};

/** Policies know what they knew at the end, so that a host that starts on this folder goes on from there. */
const keepMemories = async (folder: string, business: Business, to: Position): Promise<void> => {
  const rows = await SqliteRowStore.open({ file: join(folder, 'rows.sqlite') });
  await rows.open(policies.map(({ table }) => table));
  for (const [{ table }, memory] of business.remembered()) {
    const writes = [...memory].map((row) => ({ table, key: row.key, row }));
    for (let n = 0; n < writes.length; n += ROWS_AT_ONCE)
      await rows.commit(writes.slice(n, n + ROWS_AT_ONCE), []);
    await rows.commit([], [{ subscriber: table.name, from: START, to }]);
  }
  await rows.close();
};

export { BEGINNING, SPAN };
