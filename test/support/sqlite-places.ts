import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { availableDrivers, type Driver } from '@rapport/adapters/sqlite';

const DRIVERS: readonly Driver[] = ['better-sqlite3', 'libsql'];

/** The drivers that are installed here; the others are named on a line of their own. */
export const installedDrivers = (): readonly Driver[] => {
  const installed = availableDrivers();
  for (const driver of DRIVERS)
    if (!installed.includes(driver)) process.stdout.write(`skipped: ${driver} is not installed\n`);
  return DRIVERS.filter((driver) => installed.includes(driver));
};

/** A file in a folder of its own. */
export const newFile = (name: string): string => join(mkdtempSync(join(tmpdir(), 'rapport-')), name);

type Answer = readonly Readonly<Record<string, unknown>>[];
type Native = new (
  file: string,
  options: object,
) => {
  prepare(sql: string): { all(): Answer };
  close(): unknown;
};
const load = createRequire(__filename);

/** As an analyst asks: the file is opened read only, beside whoever writes it. */
export const askedReadOnly = (
  { file, driver }: { readonly file: string; readonly driver: Driver },
  query: string,
): Answer => {
  const db = new (load(driver) as Native)(file, { readonly: true });
  try {
    return db.prepare(query).all();
  } finally {
    db.close();
  }
};
