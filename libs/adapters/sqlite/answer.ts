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

/** SQLite answers at once; the port promises, and so do failures. */
export const answer = <T>(read: () => T): Promise<T> =>
  new Promise((resolve, reject) => {
    try {
      resolve(read());
    } catch (error) {
      reject(faultOf(error));
    }
  });
