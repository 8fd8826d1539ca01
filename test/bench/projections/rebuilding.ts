import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Done, Order } from './one-rebuild';

const execute = promisify(execFile);
const HOOK = join(__dirname, '..', '..', 'support', 'typescript-hook.cjs');
const EVERY_THREAD = join(__dirname, 'every-thread.ts');
const ONE_REBUILD = join(__dirname, 'one-rebuild.ts');

/** Tells every thread of a rebuild that no model keeps history. */
export const WITHOUT_HISTORY = 'RAPPORT_BENCH_WITHOUT_HISTORY';

/** As the models are declared, most of which keep every version of their rows; or none of them does. */
export type History = 'with history' | 'without history';

/** In a process of its own, which begins with empty memory and does nothing else. */
export const rebuild = async (order: Order, history: History = 'with history'): Promise<Done> => {
  const hooks = ['-r', HOOK, '-r', EVERY_THREAD];
  const argv = ['--max-semi-space-size=64', ...hooks, ONE_REBUILD, JSON.stringify(order)];
  const env = { ...process.env, [WITHOUT_HISTORY]: String(history === 'without history') };
  const running = execute(process.execPath, argv, { env });
  running.child.stderr?.pipe(process.stderr);
  const { stdout } = await running;
  return JSON.parse(stdout) as Done;
};
