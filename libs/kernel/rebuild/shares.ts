import { START, type EventLog, type Position } from '../event-log';
import type { Declared } from './editions';

/** Events that are looked at to learn what the log is made of. */
const SAMPLE_PAGES = 10;
const SAMPLE_PAGE = 2_000;
/** An event on a row is one step; its version is written too, and each figure is moved. */
const VERSION_STEPS = 1;
const FIGURE_STEPS = 0.2;

/** How much work each model is, compared with the others: by the events that it handles, as this log has them. */
export const weighed = async (
  log: Pick<EventLog, 'readAll' | 'head' | 'countAfter'>,
  all: readonly Declared[],
): Promise<ReadonlyMap<string, number>> => {
  const types = await sampleOf(log);
  return new Map(
    all.map(({ model, figures }) => {
      const events = [...types].reduce((sum, [type, count]) => sum + (model.on[type] ? count : 0), 0);
      const steps = 1 + (model.past ? VERSION_STEPS : 0) + FIGURE_STEPS * figures.length;
      return [model.name, events * steps];
    }),
  );
};

/** Pages from all over the log where its positions have no gaps; otherwise nobody can tell where one begins, but at its start. */
const sampleOf = async (
  log: Pick<EventLog, 'readAll' | 'head' | 'countAfter'>,
): Promise<ReadonlyMap<string, number>> => {
  const head = await log.head();
  const isDense = (await log.countAfter(START)) === head;
  const types = new Map<string, number>();
  for (let page = 0; page < (isDense ? SAMPLE_PAGES : 1); page++) {
    const after = Math.floor((head * page) / SAMPLE_PAGES) as Position;
    const events = await log.readAll(after, isDense ? SAMPLE_PAGE : SAMPLE_PAGES * SAMPLE_PAGE);
    for (const { type } of events) types.set(type, (types.get(type) ?? 0) + 1);
  }
  return types;
};

/** So many shares of about the same weight: the heaviest first, each to whom has least. Nobody is left without. */
export const sharesOf = <T>(
  all: readonly T[],
  weightOf: (one: T) => number,
  shares: number,
): readonly (readonly T[])[] => {
  const made = Array.from({ length: Math.max(1, Math.min(shares, all.length)) }, () => ({
    weight: 0,
    of: [] as T[],
  }));
  for (const one of [...all].sort((a, b) => weightOf(b) - weightOf(a))) {
    const lightest = made.reduce((least, share) => (isLighter(share, least) ? share : least));
    lightest.of.push(one);
    lightest.weight += weightOf(one);
  }
  return made.map(({ of }) => of);
};
const isLighter = (
  one: { readonly weight: number; readonly of: readonly unknown[] },
  other: { readonly weight: number; readonly of: readonly unknown[] },
): boolean => one.weight < other.weight || (one.weight === other.weight && one.of.length < other.of.length);
