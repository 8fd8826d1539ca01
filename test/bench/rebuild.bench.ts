import { fieldsOf, Rebuild, START, type Question } from '@rapport/kernel';
import { questions, readModels, rollups } from '@rapport/read-models';
import type { Application } from '@rapport/platform';
import { newCustomer, newPurchase, newTicket, opened, profileChange, send } from './bench-application';
import { median, memoryMb, quantileOf, rate, type Figure } from './figures';
import { scanAndParse } from './floors';

const RUNS = 3;

/** Rebuilding every read model, beside reading and parsing the same log; reports on it; and memory on the way. */
export const rebuildFigures = async (events: number): Promise<readonly Figure[]> => {
  const app = await opened(true);
  await grow(app, events / 2);
  const memoryHalf = memoryMb();
  await grow(app, events, events / 2);
  const memoryAll = memoryMb();
  await app.settle();
  await app.pause();
  const count = await app.store.log.countAfter(START);
  const scan = await median(RUNS, () => scanAndParse(app.store.log));
  const rebuilt = await median(RUNS, () => rebuildRate(app, count));
  const reports = await reportFigures(app);
  await app.stop();
  return [
    { what: `scan and parse ${count} events`, value: scan, unit: 'events/s' },
    {
      ...{ what: `rebuild all ${readModels.length} read models`, value: rebuilt, unit: 'events/s' },
      ...{ floor: 'scan and parse', share: rebuilt / scan, aim: 0.2 },
    },
    { what: 'memory after half of the log was written live', value: memoryHalf, unit: 'MB' },
    { what: 'memory after all of it', value: memoryAll, unit: 'MB' },
    { what: 'memory after the rebuilds', value: memoryMb(), unit: 'MB' },
    ...reports,
  ];
};

/** A customer in five is new; then come purchases, tickets and changes of the profile. */
const grow = async (app: Application, to: number, from = 0): Promise<void> => {
  const customers = Math.max(1, Math.floor(to / 5));
  const known = Math.floor(from / 5);
  await rate(customers - known, 256, (n) => send(app, `c${known + n}`, newCustomer(known + n)));
  const kinds = [newPurchase, newTicket, profileChange];
  const rest = to - from - (customers - known);
  await rate(rest, 256, (n) => send(app, `x${from + n}`, (kinds[n % 3] ?? newPurchase)(from + n, customers)));
};

const rebuildRate = async (app: Application, events: number): Promise<number> => {
  const rebuild = new Rebuild({ rows: app.rows, store: app.store }, readModels, rollups);
  const started = performance.now();
  await rebuild.run();
  const took = performance.now() - started;
  await rebuild.discard();
  return (events / took) * 1_000;
};

const reportFigures = async (app: Application): Promise<readonly Figure[]> => {
  const figures: Figure[] = [];
  for (const question of questions) {
    const times: number[] = [];
    for (let n = 0; n < 5; n++) {
      const started = performance.now();
      await question.answer(paramsOf(question), { rows: app.rows, now: app.now() });
      times.push(performance.now() - started);
    }
    figures.push({ what: `report ${question.name}`, value: quantileOf(times, 0.5), unit: 'ms' });
  }
  return figures;
};

/** A question about one customer is asked about the first. */
const paramsOf = ({ params }: Question): object => {
  const asked = new params();
  const isOfOne = fieldsOf(params).some(({ name }) => name === 'customerId');
  return isOfOne ? Object.assign(asked, { customerId: 'c-1' }) : asked;
};
