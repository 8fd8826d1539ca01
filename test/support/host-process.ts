import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Role } from '@rapport/platform';
import { Caller } from './hosts';

const ROOT = join(__dirname, '../..');
const HOOK = join(__dirname, 'typescript-hook.cjs');

/** A host as a process of its own: its `main.ts`, its environment, its signals. */
export class HostProcess extends Caller {
  private static readonly alive = new Set<ChildProcess>();

  private constructor(
    url: string,
    private readonly child: ChildProcess,
    private readonly ended: Promise<number | null>,
  ) {
    super(url);
  }

  /** Resolves when it listens. */
  static start(role: Role, environment: Readonly<Record<string, string>>): Promise<HostProcess> {
    const child = spawn(process.execPath, ['-r', HOOK, join(ROOT, 'apps', role, 'main.ts')], {
      env: { ...process.env, RAPPORT_PORT: '0', RAPPORT_LOG_LEVEL: 'warn', ...environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    HostProcess.alive.add(child);
    void ended.then(() => HostProcess.alive.delete(child));
    let said = '';
    return new Promise((resolve, reject) => {
      child.stderr.on('data', (some: Buffer) => {
        said += String(some);
        const [, url] = /listens on (\S+)\n/.exec(said) ?? [];
        if (url !== undefined) resolve(new HostProcess(url, child, ended));
      });
      void ended.then((code) => reject(new Error(`${role} ended with ${code}: ${said}`)));
    });
  }
  /** Whatever a test that failed has left behind. */
  static async killAll(): Promise<void> {
    const left = [...HostProcess.alive];
    await Promise.all(left.map((child) => new Promise((gone) => child.on('close', gone).kill('SIGKILL'))));
  }
  /** Asks it to end; answers its exit code. */
  stop(): Promise<number | null> {
    this.child.kill('SIGTERM');
    return this.ended;
  }
  /** Gone in the middle of whatever it does. */
  kill(): Promise<number | null> {
    this.child.kill('SIGKILL');
    return this.ended;
  }
}
