import { Gauge, type Registry } from 'prom-client';
import { copiesIn, keepersOf, START, Unavailable, type Copy, type Position } from '@rapport/kernel';
import type { Application } from '../application';
import { ifThere } from '../operations/if-there';

/** How far a copy is, in events of the log. */
interface Reached {
  readonly model: string;
  readonly events: number;
  readonly eventsAll: number;
}
/** Null: it is not known now, and the figures stay what they were. */
type Look = () => Promise<readonly Reached[] | null>;

/**
 * How far the copies are that are built beside the live models, whoever builds them: told by those who keep read models. A
 * copy that was switched in or discarded is told of no more. Labels are names of models of this program.
 */
export const measureRebuilds = (application: Application, registers: Registry[]): void => {
  const look = lookOnce(application);
  for (const [name, help, figureOf] of GAUGES)
    new Gauge({
      ...{ name, help, labelNames: ['model'] as const, registers },
      async collect() {
        const all = await look();
        if (all === null) return;
        this.reset();
        for (const one of all) this.set({ model: one.model }, figureOf(one));
      },
    });
};

const GAUGES: readonly (readonly [name: string, help: string, of: (one: Reached) => number])[] = [
  ['rapport_rebuild_events', 'Events of the log that the copy of a model has read.', ({ events }) => events],
  ['rapport_rebuild_events_all', 'Events that are in the log for it.', ({ eventsAll }) => eventsAll],
];

/** Both figures of one request are of one look. */
const lookOnce = (application: Application): Look => {
  let underWay: ReturnType<Look> | null = null;
  return () => (underWay ??= reached(application).finally(() => (underWay = null)));
};

const reached = async (application: Application): ReturnType<Look> => {
  try {
    return await reachedNow(application);
  } catch (error) {
    if (error instanceof Unavailable) return null;
    throw error;
  }
};

/** The log is counted only while a copy is there: it may have to read for it. */
const reachedNow = async (application: Application): ReturnType<Look> => {
  const copies = await copiesTold(application);
  if (copies.length === 0) return [];
  const { freshness } = application;
  const eventsAll = await freshness.eventsAfter(START);
  if (eventsAll === null) return null;
  const all: Reached[] = [];
  for (const copy of copies) {
    const left = await freshness.eventsAfter(await placeOf(application, copy));
    if (left === null) return null;
    all.push({ model: copy.model, events: Math.max(0, eventsAll - left), eventsAll });
  }
  return all;
};

const copiesTold = async ({ loops, plan, rows }: Application): Promise<readonly Copy[]> => {
  if (!loops.has('projections')) return [];
  const names = new Set(plan.readModels.map(({ name }) => name));
  const copies = await ifThere(copiesIn(rows), []);
  return copies.filter(({ state, model }) => state !== 'former' && names.has(model));
};
/** As far as its slowest lane: what is noted of a copy may be older. */
const placeOf = async ({ rows }: Application, { key }: Copy): Promise<Position> => {
  const places = await Promise.all(keepersOf(key, rows.lanes).map((keeper) => rows.position(keeper)));
  return Math.min(...places) as Position;
};
