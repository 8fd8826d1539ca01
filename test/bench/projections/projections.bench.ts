import { execFile } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SqliteEventLog, SqliteKeyRing } from '@rapport/adapters/sqlite';
import { Application, planned } from '@rapport/platform';
import { imaginedLog, BEGINNING, type Imagined } from '../../support/imagined/imagined-log';
import { temporaryFolder } from '../bench-application';
import { liveShareFigures } from '../commands.bench';
import { median, type Figure } from '../figures';
import { scanAndParse } from '../floors';
import { lagFigures } from './live-lag';
import type { Done, Order } from './one-rebuild';
import { memoriesInto, readingIn, type History } from './place';
import { reportFigures } from './reports';
import { rowStores, type MeasuredStore } from './stores';

export interface Wanted {
  /** How long the log shall be. */
  readonly events: number;
  /** The folder in which it stays for the next time (default: none). */
  readonly keep?: string;
  /** Where a profile of one rebuild is written; then nothing else is measured. */
  readonly cpuProfile?: string;
}
const SEED = 1;
const RUNS = 3;
/** Of logs longer than this a rebuild is measured once: it takes minutes, and what disturbs it evens out. */
const SHORT = 300_000;
const TELL_EVERY_MS = 10_000;
const MILLION = 1_000_000;
/** The whole log is sealed anew before the live load begins. */
const SETTLING_MS_MAX = 3_600_000;
const SECONDS_A_MILLION_MAX = 60;

/** Read models on a long log with the skew of a real business: rebuilds, reports, and how soon rows follow live. */
export const projectionFigures = async (wanted: Wanted): Promise<readonly Figure[]> => {
  const folder = wanted.keep ?? temporaryFolder();
  const log = await imaginedLog(folder, { events: wanted.events, seed: SEED }, telling());
  const scan = await scanRate(log);
  const figures: Figure[] = [...madeFigures(log), scanFigure(log, scan)];
  const { cpuProfile } = wanted;
  for (const store of rowStores()) {
    try {
      if (cpuProfile === undefined) figures.push(...(await storeFigures(store, log, scan)));
      else figures.push(...(await profileFigures(store, log, scan, cpuProfile)));
    } finally {
      await store.stop();
    }
  }
  return cpuProfile === undefined ? [...figures, ...(await liveShareFigures())] : figures;
};

const telling = () => {
  let toldAt = performance.now();
  return (events: number): void => {
    if (performance.now() - toldAt < TELL_EVERY_MS) return;
    toldAt = performance.now();
    process.stderr.write(`  ${events} events imagined\n`);
  };
};
const madeFigures = ({ events, seconds, customers }: Imagined): readonly Figure[] =>
  seconds === null
    ? []
    : [
        {
          what: `imagine ${events} events of ${customers} customers`,
          value: events / seconds,
          unit: 'events/s',
        },
      ];

const scanRate = async ({ folder }: Imagined): Promise<number> => {
  const { log, close } = await readingIn(folder);
  const perSecond = await median(RUNS, () => scanAndParse(log));
  await close();
  return perSecond;
};
const scanFigure = ({ events }: Imagined, value: number): Figure => ({
  ...{ what: `scan and parse ${events} events`, value, unit: 'events/s' },
});

const storeFigures = async (
  store: MeasuredStore,
  log: Imagined,
  scan: number,
): Promise<readonly Figure[]> => {
  process.stderr.write(`  ${store.name}: the bare driver\n`);
  const raw = await median(RUNS, () => store.rawUpserts());
  const declared = await rebuilds(store, log, 'declared', log.events > SHORT ? 1 : RUNS);
  const [none, all] = [await rebuilds(store, log, 'none', 1), await rebuilds(store, log, 'all', 1)];
  return [
    { what: `${store.name}: raw upserts`, value: raw, unit: 'rows/s' },
    ...rebuildFigures(store, log, declared, scan, raw),
    ...besideFigures(store, log, 'without history', none, scan),
    ...besideFigures(store, log, 'with history of all', all, scan),
    ...(await liveFigures(store, log)),
  ];
};

const profileFigures = async (store: MeasuredStore, log: Imagined, scan: number, cpuProfile: string) =>
  besideFigures(
    store,
    log,
    'while it is profiled',
    await rebuiltOnce(store, log, 'declared', cpuProfile),
    scan,
  );

const rebuildFigures = (
  store: MeasuredStore,
  log: Imagined,
  done: Done,
  scan: number,
  raw: number,
): Figure[] => {
  const { seconds, switchSeconds, cpuSeconds, written, peakMb } = done;
  const rows = Object.values(written).reduce((sum, n) => sum + n, 0);
  const what = `${store.name}: rebuild all ${planned.readModels.length} read models`;
  const perSecond = log.events / seconds;
  const most = (SECONDS_A_MILLION_MAX * log.events) / MILLION;
  return [
    {
      ...{ what, value: perSecond, unit: 'events/s', floor: 'scan and parse', share: perSecond / scan },
      aim: 0.4,
    },
    { what: `${what}: all of it`, value: seconds, unit: 's', most },
    { what: `${what}: of it until the indexes stood`, value: switchSeconds, unit: 's' },
    { what: `${what}: of the processors`, value: cpuSeconds, unit: 's' },
    {
      ...{ what: `${what}: rows written`, value: rows / seconds, unit: 'rows/s' },
      ...{ floor: 'raw upserts', share: rows / seconds / raw },
    },
    { what: `${what}: rows written an event`, value: rows / log.events, unit: 'rows' },
    { what: `${what}: memory at most`, value: peakMb, unit: 'MB' },
  ];
};
const besideFigures = (
  store: MeasuredStore,
  log: Imagined,
  how: string,
  done: Done,
  scan: number,
): Figure[] => {
  const what = `${store.name}: rebuild ${how}`;
  const perSecond = log.events / done.seconds;
  return [
    { what, value: perSecond, unit: 'events/s', floor: 'scan and parse', share: perSecond / scan },
    { what: `${what}: memory at most`, value: done.peakMb, unit: 'MB' },
  ];
};

/** The median run by its time. */
const rebuilds = async (
  store: MeasuredStore,
  log: Imagined,
  history: History,
  runs: number,
): Promise<Done> => {
  const found: Done[] = [];
  for (let run = 0; run < runs; run++) found.push(await rebuiltOnce(store, log, history));
  return found.sort((one, other) => one.seconds - other.seconds)[Math.floor(runs / 2)] as Done;
};

/** Into a place of its own, which goes afterwards: at ten million events it holds many gigabytes. */
const rebuiltOnce = async (store: MeasuredStore, log: Imagined, history: History, cpuProfile?: string) => {
  const place = await store.newPlace();
  const order = { folder: log.folder, store: store.name, place, history };
  const done = await rebuild({ ...order, ...(cpuProfile !== undefined && { cpuProfile }) });
  await store.remove(place);
  return done;
};

const execute = promisify(execFile);
const HOOK = join(__dirname, '..', '..', 'support', 'typescript-hook.cjs');
const ONE_REBUILD = join(__dirname, 'one-rebuild.ts');

/** In a process of its own, which begins with empty memory and does nothing else. */
const rebuild = async (order: Order): Promise<Done> => {
  process.stderr.write(`  ${order.store}: a rebuild, history ${order.history}\n`);
  const argv = ['--max-semi-space-size=64', '-r', HOOK, ONE_REBUILD, JSON.stringify(order)];
  const running = execute(process.execPath, argv);
  running.child.stderr?.pipe(process.stderr);
  const { stdout } = await running;
  return JSON.parse(stdout) as Done;
};

/** The rebuilt rows are put in their place beside a copy of the log; then it is asked, and then it goes on living. */
const liveFigures = async (store: MeasuredStore, log: Imagined): Promise<readonly Figure[]> => {
  const [folder, place] = [temporaryFolder(), await store.newPlace()];
  for (const name of ['log.sqlite', 'keys.sqlite']) copyFileSync(join(log.folder, name), join(folder, name));
  await rebuild({ folder, store: store.name, place, history: 'declared' });
  const rows = await store.open(place);
  await memoriesInto(rows, log.folder);
  const beginsAt = new Date(BEGINNING).toISOString();
  process.stderr.write(`  ${store.name}: reports\n`);
  const reports = await reportFigures(rows, store.name, { beginsAt, endsAt: log.endsAt });
  process.stderr.write(`  ${store.name}: live\n`);
  const startedAt = Date.now();
  const now = () => new Date(Date.parse(log.endsAt) + Date.now() - startedAt).toISOString();
  const file = (name: string) => ({ file: join(folder, `${name}.sqlite`) });
  const [events, keys] = [await SqliteEventLog.open(file('log')), await SqliteKeyRing.open(file('keys'))];
  const app = new Application({ ...planned, log: events, rows, keys, now });
  await app.start();
  await app.settle(SETTLING_MS_MAX);
  const lags = await lagFigures(app, log.customers, store.name);
  await app.stop();
  await store.remove(place);
  return [...reports, ...lags];
};
