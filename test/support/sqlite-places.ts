import { mkdtempSync } from 'node:fs';
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
