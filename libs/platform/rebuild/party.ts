import { hostname } from 'node:os';
import { isOwned } from '@rapport/adapters/sqlite';
import type { Party } from '@rapport/kernel';
import type { Application } from '../application';
import { filesIn, type Place } from '../opening';

/** Who asks, and who of the others has certainly ended. `place` is null where everything is in this process's memory. */
export const partyIn = (place: Place | null, { member }: Pick<Application, 'member'>, by: string): Party => {
  const log = place === null ? undefined : filesIn(place).log;
  return {
    ...{ by, member, hasEnded },
    // an embedded log has one owner, and the lock on it ends with that process, however it ends
    keeperHasEnded: (keeper) =>
      hasEnded(keeper) || (log !== undefined && place?.folder != null && !isOwned(log)),
  };
};

/** Members are named `host/process/…`: of this machine it is known which processes live. */
const hasEnded = (member: string): boolean => {
  const [host, pid] = member.split('/');
  return host === hostname() && /^\d+$/.test(pid ?? '') && !isAlive(Number(pid));
};
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};
