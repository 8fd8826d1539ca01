import { hostname } from 'node:os';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBusy, openPlain, type Driver } from './driver';

/** Somebody else writes to this file. Two writers would decide against each other. */
export class AlreadyOwned extends Error {
  constructor(file: string, holder: string) {
    super(`${file} is in use by ${holder}: stop it first, or use another data folder`);
  }
}

/** Whoever asks `isOwned` holds the lock for less than a millisecond: so long it is waited for, and not for an owner. */
const GLANCE_MS = 50;

/** Whether a process that lives has this file for itself. */
export const isOwned = (file: string, driver?: Driver): boolean => {
  if (!existsSync(`${file}.owner`)) return false;
  const lock = openPlain({ file: `${file}.owner`, readonly: true, ...(driver && { driver }) });
  try {
    lock.exec('pragma busy_timeout = 0'); // drivers wait for seconds by themselves
    lock.reading('select count(*) from sqlite_master').first([]);
    return false;
  } catch (error) {
    if (isBusy(error)) return true;
    throw error;
  } finally {
    lock.close();
  }
};

/**
 * Takes a file for this process alone. The lock is one of the operating system (an exclusive transaction on a file
 * beside it), so it ends with the process, however that ends; the note beside it only names the holder.
 */
export const own = (file: string, driver?: Driver): { release(): void } => {
  if (file === ':memory:') return { release: () => undefined };
  const note = `${file}.owner.json`;
  const lock = openPlain({ file: `${file}.owner`, ...(driver && { driver }) });
  try {
    lock.exec(`pragma busy_timeout = ${GLANCE_MS}; pragma journal_mode = delete; begin exclusive`);
  } catch {
    lock.close();
    throw new AlreadyOwned(file, holderIn(note));
  }
  const me = {
    pid: process.pid,
    host: hostname(),
    since: new Date().toISOString(),
    command: process.argv.slice(1, 4),
  };
  writeFileSync(note, JSON.stringify(me));
  return {
    release: () => {
      rmSync(note, { force: true });
      lock.exec('rollback'); // a driver may keep the file open for a while after `close`
      lock.close();
    },
  };
};

const holderIn = (note: string): string => {
  try {
    const { pid, host, since, command } = JSON.parse(readFileSync(note, 'utf8')) as Record<string, unknown>;
    return `process ${String(pid)} on ${String(host)} since ${String(since)} (${[command].flat().join(' ')})`;
  } catch {
    return 'another process';
  }
};
