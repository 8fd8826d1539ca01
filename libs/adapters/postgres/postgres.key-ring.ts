import { randomBytes, randomUUID } from 'node:crypto';
import { SubjectForgotten, type KeptKey, type Key, type KeyRing } from '@rapport/kernel';
import { begin, KEY_STEPS } from './bookkeeping';
import { Database, type Asking } from './database';
import { gather } from './gather';
import { LIMITS } from './limits';
import { placed } from './names';
import { keySchemaOf, type PostgresPlace } from './place';

const KEY_BYTES = 32;

/**
 * Keys in a schema of their own: it is backed up apart from everything else, or forgetting would not be forgetting. None
 * is remembered here between two uses, so that one that was destroyed elsewhere is gone here, too.
 */
export class PostgresKeyRing implements KeyRing {
  private readonly table: string;
  private readonly keyOf: (subject: string) => Promise<Key | null>;
  private readonly keysNamed: (ids: readonly string[]) => Promise<ReadonlyMap<string, Key>>;

  /** Throws as `PostgresRowStore.open` does. */
  static async open(place: PostgresPlace): Promise<PostgresKeyRing> {
    const database = new Database(place, LIMITS.keyConnectionsMax);
    await begin(database, keySchemaOf(place), KEY_STEPS, place.readonly === true);
    return new PostgresKeyRing(database, keySchemaOf(place));
  }

  private constructor(
    private readonly database: Database,
    private readonly schema: string,
  ) {
    this.table = placed(schema, 'keys');
    this.keyOf = gather((subjects) => this.keysOf(subjects));
    this.keysNamed = gather((lists) => this.named(lists));
  }

  async of(subject: string): Promise<Key> {
    const key = await this.keyOf(subject);
    if (!key) throw new SubjectForgotten(subject);
    return key;
  }
  async find(ids: readonly string[]): Promise<ReadonlyMap<string, Key>> {
    return ids.length === 0 ? new Map() : this.keysNamed(ids);
  }
  /** What the server still has of the bytes in its pages goes with them; what lies in its write-ahead log goes with that. */
  async forget(subject: string, at: string): Promise<{ keyId: string; at: string } | null> {
    const sql = `update ${this.table} set bytes = null, forgotten_at = coalesce(forgotten_at, $2)
      where subject = $1 returning id, forgotten_at`;
    const { rows } = await this.database.transaction((link) => link.run({ sql, values: [subject, at] }));
    const [keyId, since] = (rows[0] ?? []) as readonly [string?, string?];
    if (keyId === undefined || since === undefined) return null;
    await this.database.run({ sql: `vacuum ${this.table}` });
    return { keyId, at: since };
  }
  /** The ids of these that are not here, neither as keys nor as receipts. */
  async lacks(ids: readonly string[]): Promise<readonly string[]> {
    const sql = `select id from ${this.table} where id = any($1::text[])`;
    const { rows } = await this.database.run({ sql, values: [ids] });
    const known = new Set(rows.map(([id]) => id));
    return ids.filter((id) => !known.has(id));
  }
  /**
   * Takes keys over from elsewhere, and forgets whom they forgot there. Somebody who has another key here keeps that one:
   * `lacks` tells.
   */
  async adopt(keys: readonly KeptKey[]): Promise<void> {
    const sql = `insert into ${this.table} as here (id, subject, bytes, forgotten_at)
      select * from unnest($1::text[], $2::text[], $3::bytea[], $4::text[]) as n (id, subject, bytes, forgotten_at)
      where not exists (select from ${this.table} k where k.subject = n.subject and k.id <> n.id)
      on conflict (id) do update set bytes = null, forgotten_at = excluded.forgotten_at
        where excluded.forgotten_at is not null and here.forgotten_at is null`;
    const values = [
      keys.map(({ id }) => id),
      keys.map(({ subject }) => subject),
      keys.map(({ bytes }) => bytes),
      keys.map(({ forgottenAt }) => forgottenAt),
    ];
    await this.database.transaction((link) => link.run({ sql, values }));
  }
  /** Bytes on disk, by schema. */
  sizes(): Promise<Readonly<Record<string, number>>> {
    return this.database.sizeOf(this.schema);
  }
  close(): Promise<void> {
    return this.database.close();
  }

  /** Each stream that is read asks for the keys in it: one statement for all that are read at a moment, or they wait for connections. */
  private async named(lists: readonly (readonly string[])[]): Promise<readonly ReadonlyMap<string, Key>[]> {
    const sql = `select id, bytes from ${this.table} where bytes is not null and id = any($1::text[])`;
    const { rows } = await this.database.run({ sql, values: [[...new Set(lists.flat())]] });
    const keys = rows as readonly (readonly [string, Buffer])[];
    const found = new Map(keys.map(([id, bytes]) => [id, { id, bytes }]));
    return lists.map((ids) => new Map(ids.flatMap((id) => entryOf(found, id))));
  }
  /** The keys of these people, null for whoever was forgotten; those that are missing are made, in one statement for all. */
  private async keysOf(subjects: readonly string[]): Promise<readonly (Key | null)[]> {
    const asked = [...new Set(subjects)].sort();
    const found = await this.found(this.database, asked);
    const missing = asked.filter((subject) => !found.has(subject));
    if (missing.length > 0) for (const [subject, key] of await this.made(missing)) found.set(subject, key);
    return subjects.map((subject) => found.get(subject) ?? null);
  }
  /** Where another process makes the same key at the same moment, one of the two stays, and both answer with it. */
  private made(subjects: readonly string[]): Promise<Found> {
    const sql = `insert into ${this.table} (id, subject, bytes)
      select * from unnest($1::text[], $2::text[], $3::bytea[]) on conflict (subject) do nothing`;
    const values = [subjects.map(() => randomUUID()), subjects, subjects.map(() => randomBytes(KEY_BYTES))];
    return this.database.transaction(async (link) => {
      await link.run({ sql, values });
      return this.found(link, subjects);
    });
  }
  private async found(asking: Asking, subjects: readonly string[]): Promise<Found> {
    const sql = `select subject, id, bytes from ${this.table} where subject = any($1::text[])`;
    const { rows } = await asking.run({ sql, values: [subjects] });
    const keys = rows as readonly (readonly [subject: string, id: string, bytes: Buffer | null])[];
    return new Map(keys.map(([subject, id, bytes]) => [subject, bytes && { id, bytes }]));
  }
}
const entryOf = (keys: ReadonlyMap<string, Key>, id: string): readonly (readonly [string, Key])[] => {
  const key = keys.get(id);
  return key ? [[id, key]] : [];
};
type Found = Map<string, Key | null>;
