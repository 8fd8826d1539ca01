import type { Terminal } from './terminal';

const LOOK_EVERY_MS = 200;

/** Asks again and again until there is an answer; null when it took too long, or somebody asked to stop. */
export const patiently = async <T>(
  terminal: Terminal,
  withinMs: number,
  ask: () => Promise<T | null>,
): Promise<T | null> => {
  terminal.listen();
  for (const until = Date.now() + withinMs; ;) {
    const answer = await ask();
    if (answer !== null || terminal.stopped() || Date.now() > until) return answer;
    await new Promise((go) => setTimeout(go, LOOK_EVERY_MS));
  }
};
