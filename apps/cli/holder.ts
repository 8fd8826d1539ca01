import { existsSync, readFileSync } from 'node:fs';
import { filesIn, type Place } from '@rapport/platform';

/** The process that has the log open for writing, if it still lives. */
export const holderOf = (
  place: Place,
): { readonly pid: number; readonly since: string; readonly command: string } | null => {
  const { log } = filesIn(place);
  const note = `${log}.owner.json`;
  if (log === undefined || !existsSync(note)) return null;
  const { pid, since, command } = JSON.parse(readFileSync(note, 'utf8')) as {
    pid: number;
    since: string;
    command: readonly string[];
  };
  return isAlive(pid) ? { pid, since, command: command.join(' ') } : null;
};
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};
