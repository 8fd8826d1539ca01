import { backOff, Unavailable } from '@rapport/kernel';
import { inWords, noAnswer, TimeLimit } from './outcome';

/** The longest rest between two attempts of one call. */
const REST_MAX_MS = 2_000;

export const restAfter = (failures: number): number => backOff(failures, REST_MAX_MS);

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The promise, or `TimeLimit` when it takes longer; what then comes late is nobody's business. */
export const within = <T>(ms: number, promise: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new TimeLimit(`no answer in ${ms} ms`)), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(late));
  });

/** For what may be repeated: goes on until there is an answer or a fault, or says `Unavailable` when the time is up. */
export const patiently = async <T>(limitMs: number, attempt: () => Promise<T>): Promise<T> => {
  const until = Date.now() + limitMs;
  for (let failures = 1; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      if (!noAnswer(error)) throw error;
      const rest = restAfter(failures);
      if (Date.now() + rest > until)
        throw new Unavailable(
          `EventStoreDB did not answer ${failures} times in ${limitMs} ms: ${inWords(error)}`,
          {
            cause: error,
          },
        );
      await pause(rest);
    }
  }
};
