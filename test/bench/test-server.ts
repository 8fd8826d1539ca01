import { spawn } from 'node:child_process';
import { join } from 'node:path';

const HOOK = join(__dirname, '..', 'support', 'typescript-hook.cjs');
const SERVE = join(__dirname, '..', 'support', 'eventstoredb', 'serve.ts');

export interface Served {
  readonly url: string;
  /** What it is, for the report. */
  readonly what: string;
  stop(): void;
}

/** The real server that is named, or the test server in a process of its own, so that it has an event loop of its own. */
export const served = async (): Promise<Served> => {
  const real = process.env['EVENTSTOREDB_URL'];
  if (real !== undefined) return { url: real, what: 'a real server', stop: () => undefined };
  const child = spawn(process.execPath, ['-r', HOOK, SERVE], { stdio: ['pipe', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (some: Buffer) => {
      const [, found] = /ready (\S+)/.exec(String(some)) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`the test server ended with ${code}`)));
  });
  return { url, what: 'the test server', stop: () => void child.kill() };
};
