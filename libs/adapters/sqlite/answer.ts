import { Unavailable } from '@rapport/kernel';
import { isBusy } from './driver';

/** SQLite itself failed (a full disk, a broken file, a statement that does not fit the schema): a fault, never a refusal. */
export class StorageFault extends Error {
  constructor(
    /** SQLite's own word, such as `SQLITE_FULL`. */
    readonly code: string,
    message: string,
    cause: unknown,
  ) {
    super(`${code}: ${message}`, { cause });
  }
}

/** What a driver throws, as an error of ours; everything else stays what it is. A file that is only busy is waited for. */
export const faultOf = (error: unknown): Error => {
  if (isBusy(error))
    return new Unavailable('another process has been writing to the same file for too long', {
      cause: error,
    });
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && code.startsWith('SQLITE'))
    return new StorageFault(code, String(message), error);
  return error instanceof Error ? error : new Error(String(message ?? error));
};

/** How long a file is waited for that somebody else writes to, and how soon it is asked again. */
const PATIENCE_MS = 5_000;
const ASK_AGAIN_MS_MAX = 8;

/** As `answer`, where threads and processes write to one file: who waits for another does not hold up his own thread. */
export const whenFree = async <T>(work: () => T, patienceMs = PATIENCE_MS): Promise<T> => {
  const until = Date.now() + patienceMs;
  for (let restMs = 1; ; restMs = Math.min(ASK_AGAIN_MS_MAX, 2 * restMs))
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || Date.now() > until) throw faultOf(error);
      await new Promise((go) => setTimeout(go, restMs));
    }
};

/** SQLite answers at once; the port promises, and so do failures. */
export const answer = <T>(read: () => T): Promise<T> =>
  new Promise((resolve, reject) => {
    try {
      resolve(read());
    } catch (error) {
      reject(faultOf(error));
    }
  });
