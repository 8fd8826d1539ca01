import { planned } from '@rapport/platform';
import type { Imagined } from '../../support/imagined/imagined-log';
import { middle, type Figure } from '../figures';
import type { DataPlace, MeasuredStore, RawWrites } from './measured-store';
import type { Done } from './one-rebuild';
import { rebuild, type History } from './rebuilding';

const RUNS = 3;
/** Of logs longer than this a rebuild is measured once: it takes minutes, and what disturbs it evens out. */
const SHORT = 300_000;
const MILLION = 1_000_000;
/** The aims: of the raw floor, and seconds for a million events. */
const SHARE = 0.4;
const SECONDS_A_MILLION_MAX = 60;

/** What is rebuilt, and beside what. */
export interface Site {
  readonly store: MeasuredStore;
  readonly log: Imagined;
  /** Events a second that are only scanned and parsed. */
  readonly scan: number;
  /** Threads that somebody has asked for (default: as many as an operator gets). */
  readonly threads: number | undefined;
}

/** A new place with all read models on the whole log, and how it went. */
export const rebuiltPlace = async (
  { store, log, threads }: Omit<Site, 'scan'>,
  history: History = 'with history',
): Promise<{ readonly place: DataPlace; readonly done: Done }> => {
  process.stderr.write(`  ${store.name}: a rebuild ${history}\n`);
  const place = await store.newPlace(log.folder);
  const done = await rebuild({ place, ...(threads !== undefined && { threads }) }, history);
  return { place, done };
};

/** With history and without, in as many threads as are asked for, beside the raw floors. */
export async function* rebuildFigures(site: Site): AsyncGenerator<Figure> {
  const { store, log } = site;
  process.stderr.write(`  ${store.name}: the bare driver\n`);
  const raw = await rawWrites(store);
  for (const { what, perSecond } of raw)
    yield { what: `${store.name}: raw ${what}`, value: perSecond, unit: 'rows/s' };
  yield* fullFigures(site, await middleOf(site, log.events > SHORT ? 1 : RUNS), raw[0]?.perSecond ?? 0);
  yield* shortFigures(site, 'without history', await rebuiltOnce(site, 'without history'));
}
/** To be held against what more threads do. */
export async function* oneThreadFigures(site: Site): AsyncGenerator<Figure> {
  yield* shortFigures(site, 'with history', await rebuiltOnce({ ...site, threads: 1 }));
}
export async function* profileFigures(site: Site, cpuProfile: string): AsyncGenerator<Figure> {
  const place = await site.store.newPlace(site.log.folder);
  const done = await rebuild({ place, cpuProfile });
  await site.store.remove(place);
  yield* shortFigures(site, 'with history while it is profiled', done);
}

/** The median of each way. */
const rawWrites = async (store: MeasuredStore): Promise<readonly RawWrites[]> => {
  const runs: (readonly RawWrites[])[] = [];
  for (let run = 0; run < RUNS; run++) runs.push(await store.rawWrites());
  const [first = []] = runs;
  return first.map(({ what }, n) => ({ what, perSecond: middle(runs.map((run) => run[n]?.perSecond ?? 0)) }));
};

/** The median run by its time. */
const middleOf = async (site: Site, runs: number): Promise<Done> => {
  const found: Done[] = [];
  for (let run = 0; run < runs; run++) found.push(await rebuiltOnce(site));
  return found.sort((one, other) => one.seconds - other.seconds)[Math.floor(runs / 2)] as Done;
};
/** Its rows go afterwards: at ten million events they fill many gigabytes. */
const rebuiltOnce = async (site: Site, history?: History): Promise<Done> => {
  const { place, done } = await rebuiltPlace(site, history);
  await site.store.remove(place);
  return done;
};

const named = ({ store }: Site, how: string, { threads }: Done): string =>
  `${store.name}: rebuild all ${planned.readModels.length} read models ${how}, ${threads} thread${threads === 1 ? '' : 's'}`;

const fullFigures = (site: Site, done: Done, raw: number): readonly Figure[] => {
  const { seconds, switchSeconds, rows } = done;
  const { events } = site.log;
  const what = named(site, 'with history', done);
  const most = (SECONDS_A_MILLION_MAX * events) / MILLION;
  const { isAimedAt } = site.store;
  return [
    { ...rateOf(site, what, done), ...(isAimedAt && { aim: SHARE }) },
    { what: `${what}: all of it`, value: seconds, unit: 's', ...(isAimedAt && { most }) },
    { what: `${what}: of it to change places`, value: switchSeconds, unit: 's' },
    processorsOf(what, done),
    {
      ...{ what: `${what}: rows written`, value: rows / seconds, unit: 'rows/s' },
      ...{ floor: 'raw upserts on one connection', share: rows / seconds / raw },
    },
    { what: `${what}: rows written an event`, value: rows / events, unit: 'rows' },
    memoryOf(what, done),
  ];
};
const shortFigures = (site: Site, how: string, done: Done): readonly Figure[] => {
  const what = named(site, how, done);
  return [rateOf(site, what, done), processorsOf(what, done), memoryOf(what, done)];
};
const rateOf = ({ log, scan }: Site, what: string, { seconds }: Done): Figure => {
  const value = log.events / seconds;
  return { what, value, unit: 'events/s', floor: 'scan and parse', share: value / scan };
};
const processorsOf = (what: string, { cpuSeconds }: Done): Figure => ({
  ...{ what: `${what}: of the processors`, value: cpuSeconds, unit: 's' },
});
const memoryOf = (what: string, { peakMb }: Done): Figure => ({
  ...{ what: `${what}: memory at most`, value: peakMb, unit: 'MB' },
});
