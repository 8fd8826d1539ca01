import { PARKED, Unavailable, UnknownOutcome, type EventLog } from '@rapport/kernel';
import { jarApplication, NOON, send, sqliteStores } from '../support/jar-application';
import { allJars, FillJar, FULL, OpenJar } from '../support/jars';
import { Edge } from '../support/edge';
import { hotel } from '../support/small-hotel';
import { MemoryEventLog } from '@rapport/adapters/memory';

type Part = 'append' | 'readAll' | 'readStream' | 'subscribe';

/** A log of which some parts are away until it is told otherwise. */
const fragile = (log: EventLog) => {
  const away = new Set<Part>();
  const counted = { refused: 0 };
  const unless =
    <In extends unknown[], Out>(part: Part, work: (...args: In) => Promise<Out>) =>
    async (...args: In): Promise<Out> => {
      if (!away.has(part)) return work(...args);
      counted.refused++;
      throw part === 'append' ? new UnknownOutcome('no answer') : new Unavailable('nobody there');
    };
  const parts: Partial<EventLog> = {
    append: unless('append', (...args: Parameters<EventLog['append']>) => log.append(...args)),
    readAll: unless('readAll', (...args: Parameters<EventLog['readAll']>) => log.readAll(...args)),
    readStream: unless('readStream', (...args: Parameters<EventLog['readStream']>) =>
      log.readStream(...args),
    ),
    subscribe: (after) => {
      const feed = log.subscribe(after);
      const next = unless('subscribe', (limit: number) => feed.next(limit));
      return {
        next,
        close: () => feed.close(),
        get state() {
          return feed.state;
        },
      };
    },
  };
  return { away, counted, log: Object.assign(Object.create(log) as EventLog, parts) };
};

describe('a log that is away for a while', () => {
  const opened = async () => {
    const stores = await sqliteStores(null);
    const { log, ...tell } = fragile(stores.log);
    const failures: unknown[] = [];
    const app = jarApplication({ ...stores, log }, { onFailure: (error) => failures.push(error) });
    await app.start();
    return { app, failures, ...tell };
  };
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await new Promise((go) => setTimeout(go, 5));
  };

  it('is waited for by read models and policies, which then go on where they stood', async () => {
    const { app, away, failures } = await opened();
    await send(app, '1', OpenJar.of({ jarId: 'a', color: 'red' }));
    await app.settle();
    away.add('subscribe');
    const { position } = await send(app, '2', FillJar.of({ jarId: 'a', drops: 5 }));
    await send(app, '3', FillJar.of({ jarId: 'a', drops: 5 }));
    await until(() => app.projections.state.startsWith('waiting'));
    expect(app.projections.state).toBe('waiting: nobody there');
    away.clear();
    expect(await app.projections.reached(position)).toBe(true);
    await app.settle();
    expect(await app.rows.load(allJars.table, ['a'])).toMatchObject([{ total: 10 }]);
    expect([failures, app.projections.state]).toEqual([[], 'live']);
    await app.stop();
  });

  it('does not park what a policy wanted: its command is sent again when the log is back, and carried out once', async () => {
    const { app, away, counted, failures } = await opened();
    await send(app, '1', OpenJar.of({ jarId: 'a', color: 'red' }));
    await app.settle();
    away.add('subscribe');
    await send(app, '2', OpenJar.of({ jarId: 'b', color: 'red' }));
    await until(() => app.reactions.state.startsWith('waiting'));
    await send(app, '3', FillJar.of({ jarId: 'a', drops: FULL }));
    away.add('append');
    away.delete('subscribe');
    await until(() => app.reactions.state === 'waiting: no answer');
    expect(counted.refused).toBeGreaterThan(1);
    away.clear();
    await app.settle();
    const types = (await app.store.read('jar-a')).map(({ type }) => type);
    expect(types).toEqual(['JarOpened', 'JarFilled', 'JarSealed']);
    expect([await app.rows.count(PARKED), failures]).toEqual([0, []]);
    await app.stop();
  });

  it('is told to senders over HTTP as 503, with the id under which to send again', async () => {
    const { away, log } = fragile(new MemoryEventLog());
    const edge = await Edge.of(hotel(() => NOON, { log }));
    const guest = { guestId: 'g', name: 'Ann', room: 'SINGLE', nights: 2 };
    away.add('append');
    const lost = await edge.post('CheckIn', guest);
    expect([lost.status, lost.body.code, lost.headers['retry-after']]).toEqual([503, 'OUTCOME_UNKNOWN', '5']);
    away.clear();
    const key = String(lost.body['commandId']);
    expect((await edge.post('CheckIn', guest, { 'idempotency-key': key })).status).toBe(200);
    away.add('readStream');
    const blind = await edge.post('CheckIn', { ...guest, guestId: 'h' });
    expect([blind.status, blind.body.code]).toEqual([503, 'LOG_UNAVAILABLE']);
    away.clear();
    await edge.stop();
  });
});
