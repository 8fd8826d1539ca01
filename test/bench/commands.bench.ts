import type { Application, Place } from '@rapport/platform';
import { newCustomer, newPurchase, newTicket, opened, profileChange, send } from './bench-application';
import { median, middle, quantileOf, rate, type Figure } from './figures';
import { rawInserts } from './floors';

const CUSTOMERS = 1_000;
const TICKETS = 10_000;
const RUNS = 3;
const RAW_MS = 1_500;

/** Durable commands a second: alone, many at once, in bulk; then the same with everything live. */
export const commandFigures = async (): Promise<readonly Figure[]> => {
  const raw1 = await median(RUNS, () => rawInserts(1, RAW_MS));
  const raw64 = await median(RUNS, () => rawInserts(64, RAW_MS));
  const { alone, live } = await runs();
  const floor = 'raw inserts, groups of 64';
  return [
    { what: 'raw driver, one insert a transaction', value: raw1, unit: 'events/s' },
    { what: 'raw driver, groups of 64', value: raw64, unit: 'events/s' },
    of('UpdateCustomerProfile, 1 at a time', alone.change1, 'raw, one a transaction', raw1),
    of('UpdateCustomerProfile, 64 in flight', alone.change64, floor, raw64, 0.2),
    of('RegisterTicket, 64 in flight', alone.ticket64, floor, raw64, 0.2),
    of('RecordPurchase in bulk, 512 in flight', alone.bulk, floor, raw64),
    ...shares(alone, live),
  ];
};

/** With read models, policies and seals live, beside the write side alone in the same run. */
export const liveShareFigures = async (
  store: string,
  newPlace: () => Promise<Place>,
): Promise<readonly Figure[]> => {
  const { alone, live } = await runs(newPlace);
  return shares(alone, live).map((figure) => ({ ...figure, what: `${store}: ${figure.what}` }));
};

type Rates = Awaited<ReturnType<typeof oneRun>>;
const shares = (alone: Rates, live: Rates): readonly Figure[] => {
  const beside = 'write side alone';
  return [
    of('UpdateCustomerProfile, 1 at a time, everything live', live.change1, beside, alone.change1),
    of('UpdateCustomerProfile, 64 in flight, everything live', live.change64, beside, alone.change64, 0.5),
    of('RegisterTicket, 64 in flight, everything live', live.ticket64, beside, alone.ticket64, 0.5),
    {
      ...{
        what: 'the same with what policies answer to it: appended',
        value: live.appended,
        unit: 'events/s',
      },
      ...{ floor: beside, share: live.appended / alone.appended },
    },
    { what: 'after these 32,000 commands, until all of it was visible', value: live.behind, unit: 'ms' },
  ];
};

const of = (what: string, value: number, floor: string, floorValue: number, aim?: number): Figure => ({
  ...{ what, value, unit: 'commands/s', floor, share: value / floorValue },
  ...(aim !== undefined && { aim }),
});

/** In turns, so that a disturbance of the machine meets both. */
const runs = async (newPlace?: () => Promise<Place>): Promise<{ alone: Rates; live: Rates }> => {
  const alone: Rates[] = [];
  const live: Rates[] = [];
  for (let run = 0; run < RUNS; run++) {
    alone.push(await oneRun(false, await newPlace?.()));
    live.push(await oneRun(true, await newPlace?.()));
  }
  return { alone: middleRates(alone), live: middleRates(live) };
};
const middleRates = (all: readonly Rates[]): Rates => {
  const of = (name: keyof Rates) => middle(all.map((rates) => rates[name]));
  return {
    ...{ change1: of('change1'), change64: of('change64'), ticket64: of('ticket64') },
    ...{ appended: of('appended'), bulk: of('bulk'), behind: of('behind') },
  };
};

const oneRun = async (live: boolean, place?: Place) => {
  const app = await opened(live, place);
  await rate(CUSTOMERS, 64, (n) => send(app, `c${n}`, newCustomer(n)));
  const change = (mark: string) => (n: number) => send(app, `${mark}${n}`, profileChange(n, CUSTOMERS));
  const changes = {
    change1: await rate(2_000, 1, change('u')),
    change64: await rate(20_000, 64, change('v')),
  };
  const before = await app.plan.log.head();
  const ticket64 = await rate(TICKETS, 64, (n) => send(app, `t${n}`, newTicket(n, CUSTOMERS)));
  const appended = ((await app.plan.log.countAfter(before)) * ticket64) / TICKETS;
  const figures = {
    ...{ ...changes, ticket64, appended },
    bulk: live ? 0 : await rate(30_000, 512, (n) => send(app, `p${n}`, newPurchase(n, CUSTOMERS))),
  };
  const behind = live ? await settling(app) : 0;
  await app.stop();
  return { ...figures, behind };
};

/** Milliseconds until read models and policies have done with what was answered: commands do not wait for them. */
const settling = async (app: Application): Promise<number> => {
  const startedAt = performance.now();
  await app.settle();
  return performance.now() - startedAt;
};

/** From the answer to a command until its row can be read, one command after the other. */
export const latencyFigures = async (): Promise<readonly Figure[]> => {
  const app = await opened(true);
  await rate(100, 64, (n) => send(app, `c${n}`, newCustomer(n)));
  await app.settle();
  const times: number[] = [];
  for (let n = 0; n < 1_000; n++) {
    const { position } = await send(app, `l${n}`, profileChange(n, 100));
    const stored = performance.now();
    if (!(await app.progress.reached(position, [], 5_000))) throw new Error('the read models did not follow');
    times.push(performance.now() - stored);
  }
  await app.stop();
  return [0.5, 0.99].map((share) => ({
    what: `append answered until visible, p${share * 100}`,
    value: quantileOf(times, share),
    unit: 'ms',
  }));
};
