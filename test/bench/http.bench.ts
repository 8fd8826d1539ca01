import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pino from 'pino';
import { httpService, settingsFrom } from '@rapport/platform';
import { bareService } from './bare-service';
import { newCustomer, opened, send } from './bench-application';
import { quantileOf, rate, type Figure } from './figures';

interface Load {
  readonly non2xx: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}
const RUNS = 3;
const CUSTOMERS = 1_000;
const execute = promisify(execFile);
const HOOK = join(__dirname, '..', 'support', 'typescript-hook.cjs');
const HTTP_LOAD = join(__dirname, 'http-load.ts');

/** POST a second with 50 connections from a second process on the same machine. */
export const httpFigures = async (): Promise<readonly Figure[]> => {
  const bare = await runs(() => ofBare());
  const alone = await runs(() => ofOurs(false));
  const live = await runs(() => ofOurs(true));
  const floor = 'bare validated POST';
  return [
    { what: 'bare validated Nest-on-Fastify POST', value: bare.perSecond, unit: 'POST/s' },
    line('POST /commands/RegisterTicket, write side alone', alone, floor, bare, 0.5),
    line('POST /commands/RegisterTicket, everything live', live, floor, bare),
    { what: 'its p99, write side alone', value: alone.p99, unit: 'ms' },
    { what: 'its p99, everything live', value: live.p99, unit: 'ms' },
  ];
};

const line = (what: string, ours: Load, floor: string, bare: Load, aim?: number): Figure => ({
  ...{ what, value: ours.perSecond, unit: 'POST/s', floor, share: ours.perSecond / bare.perSecond },
  ...(aim !== undefined && { aim }),
});

const runs = async (once: () => Promise<Load>): Promise<Load> => {
  const loads: Load[] = [];
  for (let run = 0; run < RUNS; run++) loads.push(await once());
  const at = (name: keyof Load) =>
    quantileOf(
      loads.map((load) => load[name]),
      0.5,
    );
  return { non2xx: at('non2xx'), perSecond: at('perSecond'), p50: at('p50'), p99: at('p99') };
};

const ofBare = async (): Promise<Load> => {
  const app = await bareService();
  const load = await loaded(app, '/tickets', 'bare');
  await app.close();
  return load;
};

let services = 0;
const ofOurs = async (live: boolean): Promise<Load> => {
  const application = await opened(live);
  await rate(CUSTOMERS, 64, (n) => send(application, `c${n}`, newCustomer(n)));
  const app = await httpService(application, settingsFrom({}), pino({ level: 'silent' }));
  await app.listen(0, '127.0.0.1');
  const load = await loaded(app, '/commands/RegisterTicket', String(++services));
  await app.close();
  await application.stop();
  return load;
};

const loaded = async (app: NestFastifyApplication, path: string, mark: string): Promise<Load> => {
  const { stdout } = await execute(process.execPath, ['-r', HOOK, HTTP_LOAD, await app.getUrl(), path, mark]);
  const load = JSON.parse(stdout) as Load;
  if (load.non2xx > 0) throw new Error(`${load.non2xx} requests were not answered with 2xx`);
  return load;
};
