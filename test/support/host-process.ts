import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Role } from '@rapport/platform';
import { Caller } from './hosts';

const ROOT = join(__dirname, '../..');
const HOOK = join(__dirname, 'typescript-hook.cjs');

/** Characters kept of what a process writes to its log. */
const LOG_LETTERS_MAX = 1_000_000;

/** A host as a process of its own: its `main.ts`, its environment, its signals. */
export class HostProcess extends Caller {
  private static readonly alive = new Set<ChildProcess>();
  /** What it has written to its log, from its start on. */
  log = '';

  private constructor(
    url: string,
    private readonly child: ChildProcess,
    private readonly ended: Promise<number | null>,
  ) {
    super(url);
    child.stdout?.on('data', (some: Buffer) => {
      if (this.log.length < LOG_LETTERS_MAX) this.log += String(some);
    });
  }
  get pid(): number {
    return this.child.pid ?? Number.NaN;
  }

  /** Resolves when it listens. */
  static start(role: Role, environment: Readonly<Record<string, string>>): Promise<HostProcess> {
    const child = spawn(process.execPath, ['-r', HOOK, join(ROOT, 'apps', role, 'main.ts')], {
      env: { ...process.env, RAPPORT_PORT: '0', RAPPORT_LOG_LEVEL: 'warn', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    HostProcess.alive.add(child);
    void ended.then(() => HostProcess.alive.delete(child));
    let said = '';
    child.stdout.on('data', () => undefined); // nobody may have to wait for us to read
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
  /** It stands still, as a machine that has no time for it: it notices nothing, and knows nothing of it afterwards. */
  freeze(): void {
    this.child.kill('SIGSTOP');
  }
  thaw(): void {
    this.child.kill('SIGCONT');
  }
}
