import { existsSync } from 'node:fs';
import type { LocalCopy } from '@rapport/kernel';
import { openDatabase, type Place } from './driver';
import { copiedFrom } from './event-table';
import { SqliteEventLog } from './sqlite.event-log';

/** The copy of a log that another process fills, to be read; null where there is none, or none of that log. */
export const openCopyToRead = async (place: Place & { readonly of: string }): Promise<LocalCopy | null> => {
  if (!existsSync(place.file)) return null;
  const db = openDatabase({ ...place, readonly: true }, false);
  const of = copiedFrom(db);
  db.close();
  if (of !== place.of) return null;
  const log = await SqliteEventLog.open({ ...place, readonly: true });
  return Object.assign(Object.create(log) as SqliteEventLog, { take: refused });
};
const refused = (): Promise<never> => Promise.reject(new Error('this copy was opened for reading only'));
