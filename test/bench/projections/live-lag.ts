import {
  RecordExecutionStep,
  RecordPurchase,
  RegisterTicket,
  UpdateCustomerProfile,
} from '@rapport/domain/commands';
import { Unavailable, type Position } from '@rapport/kernel';
import type { Application } from '@rapport/platform';
import { Dice } from '../../support/imagined/dice';
import { quantileOf, type Figure } from '../figures';

const PER_SECOND = 2_000;
/** Code that is new to the machine and rows that nobody has asked for yet: a service has both behind it after some seconds. */
const WARM_UP_MS = 10_000;
const LOAD_MS = 20_000;
/** More commands under way than this: it does not keep up, and no more are sent until there are fewer. */
const UNDER_WAY_MAX = 20_000;
const TURN_MS = 1;
/** How exactly it is seen when rows become visible: by the places that are committed with them, as any reader finds them. */
const LOOK_EVERY_MS = 5;
/** So long the rest of the load may take to become visible. */
const PATIENCE_MS = 120_000;
/** The aim for the 99th percentile (milliseconds). */
const LAG_MS_MAX = 100;

/** The commands of one stretch of time. */
interface Measured {
  /** Before the load ended. */
  answeredInTime: number;
  underWay: number;
  /** Sent away because a store or a connection was not to be had: the service said so, and nothing of them was kept. */
  sentAway: number;
  /** Answered and not yet visible, in the order of their answers. */
  readonly waiting: { readonly position: Position; readonly answeredAt: number }[];
  readonly lags: number[];
  readonly answers: number[];
}
const nothingYet = (): Measured => ({
  answeredInTime: 0,
  underWay: 0,
  sentAway: 0,
  waiting: [],
  lags: [],
  answers: [],
});

/**
 * Commands by the clock, whether or not those before them have been answered, with everything live; the time from an
 * answer until every read model has the position. Nobody waits for it, for a waiting reader makes the models hurry.
 */
export const lagFigures = async (
  app: Application,
  customers: number,
  store: string,
): Promise<readonly Figure[]> => {
  const found = await underLoad(app, await customersIn(app, customers));
  const perSecond = found.answeredInTime / (LOAD_MS / 1_000);
  const under = `${store}: everything live under ${PER_SECOND} commands/s by the clock`;
  const wanted = { floor: `${PER_SECOND} commands/s`, share: perSecond / PER_SECOND };
  return [
    { what: `${under}: answered meanwhile`, value: perSecond, unit: 'commands/s', ...wanted },
    { what: `${under}: sent away`, value: found.sentAway, unit: 'commands' },
    { what: `${under}: due until answered, p99`, value: quantileOf(found.answers, 0.99), unit: 'ms' },
    { what: `${under}: answered until visible, p50`, value: quantileOf(found.lags, 0.5), unit: 'ms' },
    {
      ...{ what: `${under}: answered until visible, p99`, value: quantileOf(found.lags, 0.99), unit: 'ms' },
      most: LAG_MS_MAX,
    },
    {
      ...{ what: `${under}: answered until visible, longest`, value: quantileOf(found.lags, 1), unit: 'ms' },
    },
  ];
};

/** Warms up first, and ends when all of it is visible. Nothing looks any more where it fails. */
const underLoad = async (app: Application, customers: readonly string[]): Promise<Measured> => {
  const [warmUp, found] = [nothingYet(), nothingYet()];
  const ending = new AbortController();
  const looking = look(app, [warmUp, found], ending.signal);
  const next = commandsFor(app, customers);
  const loading = async (): Promise<void> => {
    await load(app, warmUp, next, WARM_UP_MS);
    await load(app, found, next, LOAD_MS);
    found.answeredInTime = found.answers.length;
    await allVisible(found);
  };
  try {
    await Promise.race([loading(), looking]); // whoever looks ends first only where it fails
  } finally {
    ending.abort();
    await looking;
  }
  return found;
};

/** Every few moments as many as have become due. */
const load = (app: Application, found: Measured, next: () => Deed, forMs: number): Promise<void> => {
  const startedAt = performance.now();
  let sent = 0;
  return new Promise((done, failed) => {
    const turn = (): void => {
      const elapsed = performance.now() - startedAt;
      const due = Math.floor((Math.min(elapsed, forMs) / 1_000) * PER_SECOND);
      for (; sent < due && found.underWay < UNDER_WAY_MAX; sent++)
        void carriedOut(app, found, next(), startedAt + (sent / PER_SECOND) * 1_000).catch(failed);
      if (elapsed < forMs) setTimeout(turn, TURN_MS);
      else done();
    };
    turn();
  });
};

const carriedOut = async (
  app: Application,
  found: Measured,
  { command, onAnswered }: Deed,
  dueAt: number,
): Promise<void> => {
  const commandId = `live-${++commands}`;
  found.underWay++;
  const actor = { id: 'bench', role: 'CRM_MANAGER' };
  const envelope = { commandId, correlationId: commandId, actor, source: 'BENCH', now: app.now() };
  const answer = await app.execute(command, envelope).catch(unlessUnavailable);
  const answeredAt = performance.now();
  found.underWay--;
  if (!answer) {
    found.sentAway++;
    return;
  }
  found.answers.push(answeredAt - dueAt);
  found.waiting.push({ position: answer.position, answeredAt });
  onAnswered?.();
};
const unlessUnavailable = (error: unknown): null => {
  if (error instanceof Unavailable) return null;
  throw error;
};
let commands = 0;

const look = async (app: Application, all: readonly Measured[], signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    const visibleTo = await app.progress.position([]);
    const now = performance.now();
    for (const { waiting, lags } of all) {
      const behind = waiting.findIndex(({ position }) => position > visibleTo);
      const visible = waiting.splice(0, behind === -1 ? waiting.length : behind);
      lags.push(...visible.map(({ answeredAt }) => now - answeredAt));
    }
    await new Promise((go) => setTimeout(go, LOOK_EVERY_MS));
  }
};

const allVisible = async (found: Measured): Promise<void> => {
  const until = performance.now() + PATIENCE_MS;
  while (found.underWay > 0 || found.waiting.length > 0) {
    if (performance.now() > until) throw new Error(`not visible within ${PATIENCE_MS} ms`);
    await new Promise((go) => setTimeout(go, LOOK_EVERY_MS));
  }
};

/** A command, and what follows from its answer for those that come later. */
interface Deed {
  readonly command: object;
  readonly onAnswered?: () => void;
}
/** Those of the imagined customers who have come by then: not all of them have. */
const customersIn = async ({ plan, rows }: Application, most: number): Promise<readonly string[]> => {
  const model = plan.readModels.find(({ question }) => question === 'customer-standing');
  if (!model) throw new Error('no read model knows all customers');
  return (await rows.find(model.table, { limit: most })).map(({ key }) => key);
};

/** A day's mixture: purchases, steps of open tickets, changes of profiles, new tickets; of customers that are there. */
const commandsFor = (app: Application, customers: readonly string[]): (() => Deed) => {
  const dice = new Dice(11);
  const [known, registered] = [`live-${process.pid}`, [] as string[]];
  let tickets = 0;
  const customerId = () => dice.of(customers);
  const newTicket = (): Deed => {
    const ticketId = `${known}-${tickets++}`;
    const command = RegisterTicket.of({
      ...{ ticketId, customerId: customerId(), type: 'SERVICE', urgency: 'ROUTINE', channel: 'EMAIL' },
      ...{ verbatim: 'The export stops half way', collectorId: 'ann', raisedAt: app.now() },
    });
    return { command, onAnswered: () => void registered.push(ticketId) };
  };
  /** Of one of the many that have been registered. */
  const nextStep = (): Deed => {
    const ticketId = registered[dice.int(0, registered.length - 1)];
    if (ticketId === undefined || registered.length < TICKETS_MIN) return newTicket();
    return { command: step(ticketId, app.now()) };
  };
  const deeds: readonly (readonly [share: number, deed: () => Deed])[] = [
    [0.35, () => ({ command: purchase(dice, customerId()) })],
    [0.25, nextStep],
    [0.25, () => ({ command: change(dice, customerId()) })],
    [0.15, newTicket],
  ];
  return () => dice.weighed(deeds)();
};
/** With fewer of them the same would be written to again and again. */
const TICKETS_MIN = 1_000;

const purchase = (dice: Dice, customerId: string) => {
  const amount = { minor: dice.int(1_000, 90_000), currency: 'EUR' };
  return RecordPurchase.of({ purchaseId: dice.uuid(), customerId, amount });
};
const step = (ticketId: string, executedAt: string) =>
  RecordExecutionStep.of({
    ...{ ticketId, stage: 'analysis', executedAt, executorId: 'ann', progress: 'looked into' },
    nextNode: 'go on',
  });
const change = (dice: Dice, customerId: string) => {
  const told = { field: 'CONSUMPTION_PREFERENCE', value: `preference ${dice.int(1, 1e6)}` } as const;
  return UpdateCustomerProfile.of({ customerId, ...told, source: 'INTERVIEW' });
};
