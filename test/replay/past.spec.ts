import fc from 'fast-check';
import { MemoryEventLog, MemoryKeyRing, MemoryRowStore } from '@rapport/adapters/memory';
import { SqliteRowStore } from '@rapport/adapters/sqlite';
import {
  groupsOf,
  Invalid,
  keptGroups,
  NO_STREAM,
  PastReader,
  positionOf,
  Refusal,
  rollup,
  START,
  type KeyRing,
  type LoggedEvent,
  type Position,
  type Question,
  type RowStore,
} from '@rapport/kernel';
import { Answering, Application, planned } from '@rapport/platform';
import { openJars } from '../support/jars';
import { foldedUntil, followed, jarStory, recordedJars } from '../support/recorded-jars';
import { toldStory } from '../support/told-story';
import { anyDay, commandsOf, dayOf, deeds, LAST_DAY, type Deed } from '../support/untidy-story';

const STORES: readonly (readonly [name: string, open: () => Promise<RowStore>])[] = [
  ['in memory', async () => new MemoryRowStore()],
  ['on SQLite', () => SqliteRowStore.open({ file: ':memory:' })],
];

/** Jars that are open, by color and by whether they were ever filled. */
const openByColor = rollup(openJars, {
  ...{ name: 'open-by-color', version: 1 },
  by: { color: ({ color }) => color, filled: ({ fills }) => String(fills > 0) },
  sums: { drops: ({ total }) => total, fills: ({ fills }) => fills },
  durations: { drops2: ({ total }) => (total === 0 ? null : total) },
});

const customerProfile = planned.readModels.find(({ question }) => question === 'customer-profile')!;

describe.each(STORES)('rows %s, whatever is recorded in whatever order', (_, open) => {
  it('are at any moment and position those of a replay that stops at both; figures are those of these rows', () =>
    fc.assert(
      fc.asyncProperty(
        ...[jarStory, fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 13 }), fc.nat(50)],
        async (story, batchMax, day, at) => {
          const store = await recordedJars(story);
          const rows = await open();
          await followed(store, rows, batchMax, openJars, [openByColor]);
          const moment = { time: dayOf(day), position: positionOf(at) };
          const then = await foldedUntil(store, openJars, moment);
          const past = new PastReader(rows, moment, [openJars], [openByColor]);
          expect(await past.find(openJars.table, { limit: 99 })).toEqual(then);
          expect(await keptGroups(past, openByColor)).toEqual(groupsOf(openByColor, then));
          const now = await foldedUntil(store, openJars, { position: await store.log.head() });
          expect(await keptGroups(rows, openByColor)).toEqual(groupsOf(openByColor, now));
          await rows.close();
        },
      ),
      { numRuns: 80 },
    ));
});

const product = (
  log: MemoryEventLog,
  rows: RowStore,
  keys: KeyRing,
  more: Partial<Application['plan']> = {},
) => new Application({ ...planned, log, rows, keys, now: () => LAST_DAY, ...more });

/** The whole product after an untidy story: what was refused was not, what fell due fired at last. */
const after = async (story: readonly Deed[], rows: RowStore): Promise<Application> => {
  const app = product(new MemoryEventLog(), rows, new MemoryKeyRing());
  await app.start();
  const actor = { id: 'mia', role: 'CRM_MANAGER' };
  for (const [n, { command, now }] of commandsOf(story).entries()) {
    const origin = { commandId: `${n}`, correlationId: `${n}`, source: 'TEST', actor, now };
    await app.execute(command, origin).catch((error: unknown) => {
      if (!(error instanceof Refusal || error instanceof Invalid)) throw error;
    });
  }
  await app.settle();
  await app.timers.fire(LAST_DAY);
  await app.settle();
  return app;
};

/** A product that never knew anything else than these events. */
const knowing = async (events: readonly LoggedEvent[], keys: KeyRing): Promise<Application> => {
  const log = new MemoryEventLog();
  const tips = new Map<string, number>();
  for (const event of events) {
    const { revision } = await log.append(event.stream, tips.get(event.stream) ?? NO_STREAM, [event]);
    tips.set(event.stream, revision);
  }
  const app = product(log, new MemoryRowStore(), keys, { loops: ['projections'] });
  await app.start();
  await app.projections.reached(await log.head());
  return app;
};

const PARAMS: Readonly<Record<string, object>> = {
  'churn-risk-why': { customerId: 'c-1' },
  timeliness: { backlogMonths: '2024-01,2024-06,2024-12' },
  'priority-proposal': { ticketId: 't-c-1', coreBusinessImpact: true },
  'strategy-proposal': { ticketId: 't-c-1' },
};
/** The answer, or the code of the refusal: to be told nothing is an answer too. */
const said = async (asked: Promise<unknown>): Promise<unknown> => {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};
const answeredOf = async (app: Application, question: Question, asOf: string, knownAt: Position) => {
  const reading = { asOf, knownAt: String(knownAt) };
  const { data } = await new Answering(app, 0).report(question, PARAMS[question.name] ?? {}, reading);
  return data;
};

describe.each(STORES)('every question of the product, rows %s', (_, open) => {
  const asked = new Map<string, number>();
  it('is answered as of any moment as by a product that knows only what had happened, and been recorded, by then', () =>
    fc.assert(
      fc.asyncProperty(deeds, anyDay, fc.noBias(fc.nat(99)), async (story, day, percent) => {
        const app = await after(story, await open());
        const asOf = dayOf(day);
        const all = await app.store.log.readAll(START, 10_000);
        const knownAt =
          all[Math.floor(((all.length - 1) * percent) / 90)]?.position ?? (all.length as Position);
        const events = all.filter(({ meta, position }) => position <= knownAt && occurredAt(meta) <= asOf);
        const then = await knowing(events, app.plan.keys);
        for (const question of planned.questions) {
          const params = PARAMS[question.name] ?? {};
          const expected = await said(question.answer(params, { rows: then.rows, now: asOf }));
          expect(await said(answeredOf(app, question, asOf, knownAt))).toEqual(expected);
          asked.set(question.name, (asked.get(question.name) ?? 0) + JSON.stringify(expected).length);
        }
        await app.stop();
        await then.stop();
      }),
      { numRuns: 40 },
    ));

  it('was asked', () => {
    expect([...asked.keys()].sort()).toEqual(planned.questions.map(({ name }) => name).sort());
  });
});

describe('what is kept of the past', () => {
  it('names nobody: a person who is forgotten is not remembered by an old version of a row', async () => {
    const mark = 'Zoe Quill';
    const { application } = await toldStory('c-1', mark);
    const { plan, rows } = application;
    const withPast = plan.readModels.filter(({ past }) => past !== null);
    for (const { name, past, table } of withPast) {
      const kept = JSON.stringify(await rows.find(past ?? table, { limit: 1_000 }));
      expect([name, kept.includes(mark)]).toEqual([name, false]);
    }
    expect(JSON.stringify(await rows.find(customerProfile.table, { limit: 9 }))).toContain(mark);
    expect(customerProfile.past).toBeNull();
    await application.stop();
  });
});

const occurredAt = (meta: string): string => (JSON.parse(meta) as { occurredAt: string }).occurredAt;
