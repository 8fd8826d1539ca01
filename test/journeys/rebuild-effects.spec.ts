import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryBroker, MemoryMessageBus } from '@rapport/adapters/memory';
import { OUT } from '@rapport/integration';
import { START } from '@rapport/kernel';
import { converse, openEmbedded, rebuildsOf, type Application } from '@rapport/platform';
import * as commands from '@rapport/domain/commands';
import { hydrate } from '@rapport/kernel';
import { modelNamed } from '../support/model-names';
import { THREAD_ARGV } from '../support/played-terminal';
import { until } from '../support/patience';
import { toldStory } from '../support/told-story';
import { differingFromReplay } from '../support/rebuilding';

jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), 'rapport-effects-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Everything that a rebuild must not do, counted where it would be done. */
const counted = (application: Application) => {
  const counts = { appends: 0, reads: 0 };
  const { log } = application.plan;
  const [append, readStream] = [log.append.bind(log), log.readStream.bind(log)];
  Object.assign(log, {
    append: (...args: Parameters<typeof append>) => (counts.appends++, append(...args)),
    readStream: (...args: Parameters<typeof readStream>) => (counts.reads++, readStream(...args)), // also what is refused is decided on a stream
  });
  return counts;
};

describe('a rebuild of everything that was ever told', () => {
  it('sends no command, fires no timer, and tells others nothing, while policies and publisher run beside it', async () => {
    const story = await toldStory('c-1', 'Ann Lee');
    const events = await story.application.store.log.readAll(START, 10_000);
    await story.application.stop();
    expect(events.length).toBeGreaterThan(30);

    const application = await openEmbedded({ folder, now: () => '2024-06-01T09:00:00.000Z' });
    const broker = new MemoryBroker();
    const messaging = {
      ...{ bus: new MemoryMessageBus(broker), createTopics: true },
      group: 'rapport',
      source: '/rapport',
    };
    const failures: unknown[] = [];
    converse(
      application,
      { ...messaging, start: 'BEGINNING' },
      {
        log: { warn: () => undefined, error: () => undefined },
        onFailure: (error) => failures.push(error),
      },
    );
    await retold(application, events);
    await application.start();
    await application.settle();
    const messages = () => OUT.flatMap(({ topic }) => broker.lyingIn(topic)).length;
    const publishing = application.loops.get('publishing')!;
    await until(
      'everything is told',
      async () => publishing.position!() >= (await application.store.log.head()),
    );

    const told = {
      messages: messages(),
      head: await application.store.log.head(),
      counts: counted(application),
    };
    expect(told.messages).toBeGreaterThan(10);
    const memories = () =>
      Promise.all(application.plan.policies.map(({ table }) => application.rows.find(table, { limit: 100 })));
    const remembered = await memories();
    for (const threads of [undefined, 2]) {
      const place = threads === undefined ? null : { folder };
      const { rebuilds, crew } = await rebuildsOf(application, place, 'ann', {
        threads,
        threadArgv: THREAD_ARGV,
      });
      const models = application.plan.readModels.map(({ name }) => name);
      const built = await rebuilds.build(models, { fresh: true });
      expect(built.every(({ state, parked }) => state === 'complete' && parked === 0)).toBe(true);
      const few = [modelNamed('ticket-queue'), modelNamed('value')];
      expect((await rebuilds.compare(few)).map(({ identical }) => identical)).toEqual([true, true]);
      await rebuilds.switch(few);
      await rebuilds.rollback(few);
      await crew.close();
    }
    expect(await differingFromReplay(application)).toEqual([]);
    expect([messages(), await application.store.log.head(), told.counts]).toEqual([
      told.messages,
      told.head,
      { appends: 0, reads: 0 },
    ]);
    expect(await memories()).toEqual(remembered);
    expect(failures).toEqual([]);

    await application.execute(hydrate(commands.RegisterCustomer, customer), envelope); // and the counters would have seen it
    await until('it is told', () => messages() > told.messages);
    expect(told.counts.appends).toBeGreaterThan(0);
    await application.stop();
  });
});

const customer = { customerId: 'c-2', name: 'Acme', industry: 'Retail', source: 'SALES_HANDOVER' };
const envelope = {
  ...{ commandId: 'later', correlationId: 'later', actor: { id: 'ann', role: 'SERVICE_SPECIALIST' } },
  ...{ source: 'TEST', now: '2024-06-01T09:00:00.000Z' },
};

/** The same history in another log, before anybody follows it. */
const retold = async (
  application: Application,
  events: Awaited<ReturnType<Application['plan']['log']['readAll']>>,
) => {
  for (const { stream, revision, id, type, data, meta } of events)
    await application.plan.log.append(stream, revision - 1, [{ id, type, data, meta }]);
};
