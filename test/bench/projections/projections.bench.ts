import { openReading, openThreaded, settingsFrom } from '@rapport/platform';
import { environmentOf } from '../../support/postgres/server';
import { BEGINNING, imaginedIn, imaginedLog, type Imagined } from '../../support/imagined/imagined-log';
import { temporaryFolder } from '../bench-application';
import { liveShareFigures } from '../commands.bench';
import type { Figure } from '../figures';
import { lagFigures } from './live-lag';
import type { DataPlace } from './measured-store';
import { comeAlive, scanRate } from './place';
import { oneThreadFigures, profileFigures, rebuildFigures, rebuiltPlace, type Site } from './rebuilds';
import { reportFigures } from './reports';
import { measuredStore } from './stores';
import type { Part, Wanted } from './wanted';

const EVENTS = 1_000_000;
const SEED = 1;
const TELL_EVERY_MS = 10_000;
/** The whole log is sealed anew before the live load begins. */
const SETTLING_MS_MAX = 3_600_000;

/** Read models on a long log with the skew of a real business: rebuilds, reports, and how soon rows follow live. */
export async function* projectionFigures(wanted: Wanted): AsyncGenerator<Figure> {
  const log = await logFor(wanted);
  yield* madeFigures(log);
  const { only, threads, cpuProfile } = wanted;
  const scan = await scanRate(log.folder);
  yield { what: `scan and parse ${log.events} events`, value: scan, unit: 'events/s' };
  for (const name of wanted.on) {
    const store = await measuredStore(name);
    if (!store) continue;
    try {
      const site = { store, log, scan, threads };
      yield* cpuProfile === undefined ? partsOf(site, only) : profileFigures(site, cpuProfile);
    } finally {
      await store.stop();
    }
    if (cpuProfile !== undefined) break;
  }
}

async function* partsOf(site: Site, only: readonly Part[]): AsyncGenerator<Figure> {
  if (only.includes('rebuild')) yield* rebuildFigures(site);
  if (only.includes('one-thread')) yield* oneThreadFigures(site);
  if (only.includes('reports') || only.includes('live')) yield* figuresOnRows(site, only);
  if (only.includes('share')) yield* await liveShareFigures(site.store.name, () => site.store.newPlace());
}

/** Rows are built once; they are asked, and then they go on living. */
async function* figuresOnRows(site: Site, only: readonly Part[]): AsyncGenerator<Figure> {
  const { place } = await rebuiltPlace(site);
  if (only.includes('reports')) yield* await reportsOn(site, place);
  if (only.includes('live')) yield* await liveOn(site, place);
  await site.store.remove(place);
}
const reportsOn = async ({ store, log }: Site, place: DataPlace): Promise<readonly Figure[]> => {
  process.stderr.write(`  ${store.name}: reports\n`);
  const application = await openReading(place);
  const { endsAt } = log;
  const beginsAt = new Date(BEGINNING).toISOString();
  const figures = await reportFigures(application.rows, store.name, { beginsAt, endsAt });
  await application.stop();
  return figures;
};

/** As a service runs: the read models of an embedded log in a thread of their own. */
const liveOn = async ({ store, log }: Site, place: DataPlace): Promise<readonly Figure[]> => {
  process.stderr.write(`  ${store.name}: live\n`);
  await comeAlive(place, log.folder);
  const server = place.postgres && environmentOf(place.postgres);
  const startedAt = Date.now();
  const now = () => new Date(Date.parse(log.endsAt) + Date.now() - startedAt).toISOString();
  const settings = settingsFrom({ RAPPORT_DATA: place.folder, ...server });
  const application = await openThreaded(settings, 'standalone', { now });
  try {
    await application.start();
    await application.settle(SETTLING_MS_MAX);
    return await lagFigures(application, log.customers, store.name);
  } finally {
    await application.stop();
  }
};

/** The log in the folder is never replaced: a long one took its time. */
const logFor = async ({ events, keep }: Wanted): Promise<Imagined> => {
  const found = keep === undefined ? null : imaginedIn(keep);
  if (found && events !== undefined && found.recipe.events !== events)
    throw new Error(`${found.folder} holds a log of ${found.events} events: name another folder`);
  const recipe = { events: events ?? EVENTS, seed: SEED };
  return found ?? imaginedLog(keep ?? temporaryFolder(), recipe, telling());
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
