import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { Command } from 'commander';
import { NotThere } from '../exits';
import type { Session } from '../session';

const TEST = join(__dirname, '..', '..', '..', '..', 'test');
const BENCH = join(TEST, 'bench', 'main.ts');
const HOOK = join(TEST, 'support', 'typescript-hook.cjs');

/** Speed is measured in a process of its own, so that nothing else is in its way. */
export const benchCommand = (session: Session): Command =>
  new Command('bench')
    .description('Measure speed side by side, machine and sync mode stated')
    .argument('[what...]', 'passed on')
    .allowUnknownOption()
    .action(async (what: readonly string[]) => {
      if (!existsSync(BENCH))
        throw new NotThere(
          'benchmarks are measured in a checkout of the sources: this is an installation without them',
        );
      const flags = session.isJson ? ['--json'] : [];
      session.code = await exitOf(
        spawn(process.execPath, ['--max-semi-space-size=64', '-r', HOOK, BENCH, ...what, ...flags], {
          stdio: 'inherit',
        }),
      );
    });

const exitOf = (child: ReturnType<typeof spawn>): Promise<number> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
