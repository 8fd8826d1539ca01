/** Turns of the event loop in which nothing happened: then nothing will, until time goes by. */
const QUIET_TURNS = 12;
/** More turns than any story takes: it waits for something that never comes. */
const TURNS_MAX = 100_000;

const turn = (): Promise<void> => new Promise((go) => setImmediate(go));

/**
 * For tests in which time passes only when there is nothing else to do: then the next timer rings at once. Turns of the event
 * loop stay real, or nothing would move.
 */
export const playTime = (): void => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'clearImmediate', 'nextTick', 'queueMicrotask'] });
};
/** Timers that nobody needs any more do not ring. */
export const forgetTimers = (): void => {
  jest.clearAllTimers();
};
export const letTimePass = (ms: number): void => {
  jest.advanceTimersByTime(ms);
};

/** Until nothing happens any more, unless time goes by. */
export const comeToRest = async (isQuiet: () => boolean): Promise<void> => {
  for (let turns = 0, quiet = 0; quiet < QUIET_TURNS; turns++) {
    if (turns === TURNS_MAX) throw new Error('it does not come to rest');
    await turn();
    quiet = isQuiet() ? quiet + 1 : 0;
  }
};
/** Lets things happen until it is over. Throws when it never will be. */
export const playedOut = async <T>(story: Promise<T>, isQuiet: () => boolean): Promise<T> => {
  const told: { outcome: PromiseSettledResult<T> | null } = { outcome: null };
  void Promise.allSettled([story]).then(([outcome]) => (told.outcome = outcome));
  for (let turns = 0, quiet = 0; told.outcome === null; turns++) {
    if (turns === TURNS_MAX) throw new Error('the story does not come to its end');
    await turn();
    quiet = isQuiet() ? quiet + 1 : 0;
    if (quiet < QUIET_TURNS) continue;
    jest.advanceTimersToNextTimer();
    quiet = 0;
  }
  if (told.outcome.status === 'rejected') throw told.outcome.reason;
  return told.outcome.value;
};
