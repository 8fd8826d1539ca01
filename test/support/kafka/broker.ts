import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

const START = join(__dirname, 'start');
const SKIPPED = 3;
const STOP_MS = 20_000;

/** A broker that is there for a test. */
export interface Broker {
  readonly brokers: readonly string[];
  /** Of the broker's process now; null where it is one that already ran, which is neither killed nor started again. */
  readonly pid: number | null;
  /** Ends its process, and resolves when it has ended. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same address with the data that it left. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The broker that `KAFKA_BROKERS` names, or a new one; null, and a line that says why, where none can be had. A new one
 * tells its clients to come to the advertised address, where one is given.
 */
export const startBroker = async (advertised?: string): Promise<Broker | null> => {
  const named = process.env['KAFKA_BROKERS'];
  if (named !== undefined) return strange(named.split(','));
  const folder = mkdtempSync(join(tmpdir(), 'rapport-kafka-'));
  const first = await started(folder, advertised);
  if ('skipped' in first) {
    process.stdout.write(`${first.skipped}\n`);
    rmSync(folder, { recursive: true });
    return null;
  }
  return new OwnBroker(folder, first);
};

const strange = (brokers: readonly string[]): Broker => {
  const refused = () => Promise.reject(new Error('a broker that already ran is not ended by a test'));
  return { brokers, pid: null, kill: refused, restart: refused, stop: () => Promise.resolve() };
};

interface Life {
  readonly address: string;
  readonly pid: number;
  readonly ended: Promise<void>;
}

class OwnBroker implements Broker {
  constructor(
    private readonly folder: string,
    private life: Life,
  ) {}

  get brokers(): readonly string[] {
    return [this.life.address];
  }
  get pid(): number {
    return this.life.pid;
  }
  async kill(signal: NodeJS.Signals): Promise<void> {
    process.kill(this.life.pid, signal);
    await this.life.ended;
  }
  async restart(): Promise<void> {
    const life = await started(this.folder);
    if ('skipped' in life) throw new Error(life.skipped);
    this.life = life;
  }
  async stop(): Promise<void> {
    const { pid, ended } = this.life;
    send(pid, 'SIGTERM');
    const patience = setTimeout(() => send(pid, 'SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(patience);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** It may have ended already. */
const send = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};

type Script = ChildProcessByStdio<Writable, Readable, Readable>;

const started = (folder: string, advertised?: string): Promise<Life | { readonly skipped: string }> =>
  new Promise((resolve, reject) => {
    const advertising = advertised === undefined ? [] : ['--advertise', advertised];
    // its standard input stays open as long as this process lives: the broker ends with it, however it ends
    const script: Script = spawn(START, ['--with-me', ...advertising, folder], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const ended = new Promise<void>((end) => script.once('close', () => end()));
    let out = '';
    let complaint = '';
    script.stderr.on('data', (some: Buffer) => (complaint += String(some)));
    script.stdout.on('data', (some: Buffer) => {
      out += String(some);
      const [, address, pid] = /^ready (\S+) pid (\d+)$/m.exec(out) ?? [];
      if (address !== undefined) resolve({ address, pid: Number(pid), ended });
    });
    script.once('error', reject);
    script.once('close', (code) => {
      if (code === SKIPPED) resolve({ skipped: out.trim() });
      else reject(new Error(`the broker did not start: ${complaint}`));
    });
  });
