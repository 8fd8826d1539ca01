import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { haltIn, Unavailable, unknownIn } from '@rapport/kernel';
import type { Application } from '../application';
import { standingsOf, type Standing } from '../operations/standings';

type Look = () => Promise<readonly Standing[]>;

/** Read models, policies and whatever else follows the log in this process. Labels are names out of the program. */
export const measureFollowers = (application: Application, registers: Registry[]): void => {
  const look = lookOnce(application);
  for (const [name, help, figureOf] of gaugesOf(application))
    new Gauge({
      ...{ name, help, labelNames: ['model'] as const, registers },
      async collect() {
        for (const one of await look()) {
          const figure = figureOf(one);
          if (figure !== null) this.set({ model: one.model }, figure);
        }
      },
    });
  measureBatches(application, registers);
  measureUnknown(application, look, registers);
};

/** Name, meaning and figure; null: it is not known now, and stays what it was. */
type Figure = readonly [name: string, help: string, of: (standing: Standing) => number | null];
const gaugesOf = ({ member }: Application): readonly Figure[] => [
  ['rapport_projection_position', 'How far in the log it has read.', ({ position }) => Number(position)],
  ['rapport_projection_lag_events', 'Events in the log that it has not read.', ({ lag }) => lag.events],
  [
    'rapport_projection_lag_seconds',
    'Age of the oldest event that it has not read.',
    ({ lag }) => lag.seconds,
  ],
  [
    'rapport_projection_parked_keys',
    'Keys with events that it could not read, or that wait behind one.',
    ({ parked }) => parked.keys,
  ],
  ['rapport_projection_parked_events', 'Those events.', ({ parked }) => parked.events],
  [
    'rapport_projection_paused',
    '1 while somebody wishes it to stand still.',
    ({ pause }) => Number(pause !== null),
  ],
  [
    'rapport_projection_stands_still',
    '1 when it does not go on by itself.',
    ({ lanes }) => Number(lanes.some(({ state }) => haltIn(state) === 'stands still')),
  ],
  [
    'rapport_projection_owner',
    'Lanes of it that this process keeps: 1 is all of it where there is one lane.',
    ({ lanes }) => lanes.filter(({ owner }) => owner === member).length,
  ],
];

/** Those of this process: all figures of one request are of one look. While the rows are away there are none. */
const lookOnce = (application: Application): Look => {
  let underWay: Promise<readonly Standing[]> | null = null;
  const looked = async () => {
    const all = await standingsOf(application).catch(whileAway);
    return all.filter(({ group }) => application.loops.has(group));
  };
  return () => (underWay ??= looked().finally(() => (underWay = null)));
};
const whileAway = (error: unknown): readonly Standing[] => {
  if (error instanceof Unavailable) return [];
  throw error;
};

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

const measureBatches = (application: Application, registers: Registry[]): void => {
  const labelNames = ['model'] as const;
  const events = new Counter({
    ...{ name: 'rapport_projection_events_total', help: 'Events that it was given.', labelNames, registers },
  });
  const seconds = new Histogram({
    ...{ name: 'rapport_projection_batch_seconds', help: 'Time that it took for a batch of events.' },
    ...{ labelNames, registers, buckets: SECONDS },
  });
  application.onBatch(({ model, events: given, seconds: took }) => {
    events.inc({ model }, given);
    seconds.observe({ model }, took);
  });
};

/** Counted once in all, by whoever keeps the count. */
const measureUnknown = (application: Application, look: Look, registers: Registry[]): void => {
  new Counter({
    ...{ name: 'rapport_events_unknown_total', help: 'Events of types that this program does not know.' },
    ...{ labelNames: ['type'] as const, registers },
    async collect() {
      const counting = (await look()).find(({ kind }) => kind === 'unknown events');
      this.reset();
      if (!counting?.owners.includes(application.member)) return;
      const { rows, store } = application;
      for (const [type, count] of await unknownIn(rows, (type) => store.knows(type)))
        this.inc({ type }, count);
    },
  });
};
