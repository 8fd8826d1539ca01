import { randomBytes, randomUUID } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { SubjectForgotten, type KeptKey, type Key, type KeyRing } from '@rapport/kernel';
import { answer } from './answer';
import { migrate, openDatabase, type Database, type Place, type Reading } from './driver';
import { gather } from './gather';

const SCHEMA = [
  'create table keys (id text primary key, subject text unique not null, bytes blob, forgottenAt text) strict',
];
const BY_ID = 'select id, bytes from keys where bytes is not null and id in (select value from json_each(?))';
/** Moves what stands in the write-ahead file, and empties that. */
const INTO_THE_FILE = 'pragma wal_checkpoint(truncate)';
/** Keys kept in memory between two uses. */
const KEPT_MAX = 10_000;
const OWNER_ONLY = 0o600;

/** Keys in a file of their own: it is backed up apart from the log, or forgetting would not be forgetting. */
export class SqliteKeyRing implements KeyRing {
  private readonly keyOf: (subject: string) => Promise<Key | null>;
  private readonly byId: Reading;
  private readonly kept = new Map<string, Key>();
  private readonly fileVersion: Reading;
  private seenVersion: unknown;

  static open(place: Place): Promise<SqliteKeyRing> {
    return answer(() => {
      const db = openDatabase(place, true);
      if (!place.readonly) migrate(db, place.file, SCHEMA);
      if (!place.readonly) db.exec('pragma secure_delete = on');
      if (!place.readonly && place.file !== ':memory:') chmodSync(place.file, OWNER_ONLY);
      return new SqliteKeyRing(db);
    });
  }

  private constructor(private readonly db: Database) {
    const find = db.reading('select id, bytes from keys where subject = ?');
    this.byId = db.reading(BY_ID);
    this.fileVersion = db.reading('pragma data_version');
    const key = (subject: string): Key | null => {
      const stored = find.first([subject]);
      if (stored) return stored[1] === null ? null : { id: stored[0] as string, bytes: stored[1] as Buffer };
      const made = { id: randomUUID(), bytes: randomBytes(32) };
      db.writing('insert into keys (id, subject, bytes) values (?, ?, ?)').run([
        made.id,
        subject,
        made.bytes,
      ]);
      return made;
    };
    this.keyOf = gather(db.transaction((subjects: readonly string[]) => subjects.map(key)));
  }

  async of(subject: string): Promise<Key> {
    const known = this.remembered(subject);
    if (known) return known;
    const key = await this.keyOf(subject);
    if (!key) throw new SubjectForgotten(subject);
    if (this.kept.size >= KEPT_MAX) this.kept.clear();
    this.kept.set(subject, key);
    return key;
  }
  find(ids: readonly string[]): Promise<ReadonlyMap<string, Key>> {
    return answer(() => {
      const rows = this.byId.all([JSON.stringify(ids)]) as readonly (readonly [string, Buffer])[];
      return new Map(rows.map(([id, bytes]) => [id, { id, bytes }]));
    });
  }
  forget(subject: string, at: string): Promise<{ keyId: string; at: string } | null> {
    return answer(() => {
      this.kept.delete(subject);
      const stored = this.db.reading('select id, forgottenAt from keys where subject = ?').first([subject]);
      if (!stored) return null;
      const [keyId, before] = stored as readonly [string, string | null];
      if (before !== null) return { keyId, at: before };
      this.db.writing('update keys set bytes = null, forgottenAt = ? where id = ?').run([at, keyId]);
      this.db.exec(INTO_THE_FILE); // the key must not survive in the write-ahead file
      return { keyId, at };
    });
  }
  /** So many keys behind this id, in the order of their ids: for taking them elsewhere. */
  keptAfter(id: string, limit: number): Promise<readonly KeptKey[]> {
    const sql = 'select id, subject, bytes, forgottenAt from keys where id > ? order by id limit ?';
    return answer(() =>
      this.db
        .reading(sql)
        .all([id, limit])
        .map((row) => {
          const [key, subject, bytes, forgottenAt] = row as [string, string, Buffer | null, string | null];
          return { id: key, subject, bytes, forgottenAt };
        }),
    );
  }
  /** Afterwards all keys are in the one file that people copy: not every driver moves them there when it closes. */
  close(): Promise<void> {
    return answer(() => {
      if (!this.db.readonly) this.db.exec(INTO_THE_FILE);
      this.db.close();
    });
  }

  /** Keys used lately, as long as no other process has changed the file: a key that was destroyed there is gone here. */
  private remembered(subject: string): Key | undefined {
    const [version] = this.fileVersion.first([]) ?? [];
    if (version !== this.seenVersion) this.kept.clear();
    this.seenVersion = version;
    return this.kept.get(subject);
  }
}
