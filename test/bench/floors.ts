import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { openDatabase } from '@rapport/adapters/sqlite';
import { START, type EventLog, type Position } from '@rapport/kernel';
import { temporaryFolder } from './bench-application';

const AT = new Date(0).toISOString();
const DATA = JSON.stringify({ customerId: 'c-1', text: 'x'.repeat(120) });
const META = JSON.stringify({ occurredAt: AT, filling: 'y'.repeat(420) });
const TABLE = `create table events (position integer primary key, stream text not null, revision integer not null,
  id text not null, type text not null, data text not null, meta text not null, recordedAt text not null) strict;
  create unique index streams on events (stream, revision)`;
const INSERT =
  'insert into events (stream, revision, id, type, data, meta, recordedAt) values (?, ?, ?, ?, ?, ?, ?)';

/** The driver alone: prepared inserts of events of ordinary size, so many a durable transaction. */
export const rawInserts = (groupSize: number, forMs: number): number => {
  const db = openDatabase({ file: join(temporaryFolder(), 'raw.sqlite') }, true);
  db.exec(TABLE);
  const insert = db.writing(INSERT);
  let n = 0;
  const group = db.transaction((count: number) => {
    for (let i = 0; i < count; i++, n++)
      insert.run([`s-${n % 1_000}`, n, randomUUID(), 'Raw', DATA, META, AT]);
  });
  const started = performance.now();
  while (performance.now() - started < forMs) group(groupSize);
  const perSecond = (n / (performance.now() - started)) * 1_000;
  db.close();
  return perSecond;
};

/** Events a second when a log is only read, and its data and envelopes are only parsed. */
export const scanAndParse = async (log: Pick<EventLog, 'readAll'>): Promise<number> => {
  const started = performance.now();
  let events = 0;
  for (let at: Position = START; ;) {
    const some = await log.readAll(at, 5_000);
    if (some.length === 0) return (events / (performance.now() - started)) * 1_000;
    for (const { data, meta } of some) {
      JSON.parse(data);
      JSON.parse(meta);
    }
    events += some.length;
    at = some.at(-1)?.position ?? at;
  }
};
