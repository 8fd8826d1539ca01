import { PARKED, Unavailable, UnknownOutcome, type EventLog } from '@rapport/kernel';
import { jarApplication, NOON, send, sqliteStores } from '../support/jar-application';
import { allJars, FillJar, FULL, OpenJar } from '../support/jars';
import { Edge } from '../support/edge';
import { hotel } from '../support/small-hotel';
import { MemoryEventLog } from '@rapport/adapters/memory';

type Part = 'append' | 'readAll' | 'readStream' | 'head' | 'subscribe';

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
    head: unless('head', () => log.head()),
    end: unless('head', () => log.end()),
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

const until = async (isSo: () => boolean) => {
  while (!isSo()) await new Promise((go) => setTimeout(go, 5));
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

  describe('as questions and health see it', () => {
    const guest = { guestId: 'g', name: 'Ann', room: 'SINGLE', nights: 2 };
    const GONE: readonly Part[] = ['append', 'readAll', 'readStream', 'head', 'subscribe'];
    const served = async () => {
      const { away, log } = fragile(new MemoryEventLog());
      const machine = { now: Date.parse(NOON) };
      const edge = await Edge.of(hotel(() => NOON, { log, clock: () => machine.now }));
      await edge.post('CheckIn', guest);
      await edge.application.settle();
      const goes = () => GONE.forEach((part) => away.add(part));
      return { edge, away, goes, later: (seconds: number) => void (machine.now += seconds * 1_000) };
    };

    it('questions are answered from the rows, and say how long ago the head of the log was seen', async () => {
      const { edge, away, goes, later } = await served();
      expect((await edge.get('/guests/g')).body.meta).not.toHaveProperty('head');
      goes();
      later(3);
      const head = { position: '1', seenSecondsAgo: 3 };
      const meta = { position: '1', lag: { events: 0, seconds: 0 }, head };
      for (const url of ['/guests/g', '/guests?room=SINGLE', '/reports/occupancy?asOf=2024-03-01T12:00:00Z'])
        expect(await edge.get(url)).toMatchObject({ status: 200, body: { meta } });
      later(8);
      const old = await edge.get('/guests/g');
      expect(old.body.meta).toMatchObject({ lag: { trustworthy: false }, head: { seenSecondsAgo: 11 } });
      const blind = await edge.post('CheckIn', { ...guest, guestId: 'h' });
      expect([blind.status, blind.body.code]).toEqual([503, 'LOG_UNAVAILABLE']);
      const recorded = await edge.get('/guests/g?knownAt=2024-03-01T11:00:00Z');
      expect([recorded.status, recorded.body.code]).toEqual([503, 'LOG_UNAVAILABLE']);
      away.clear();
      expect((await edge.get('/guests/g')).body.meta).not.toHaveProperty('head');
      await edge.stop();
    });

    it('who has never seen the head cannot say how fresh an answer is, and does not give it', async () => {
      const { away, log } = fragile(new MemoryEventLog());
      const edge = await Edge.of(hotel(() => NOON, { log }));
      away.add('head');
      const { status, body } = await edge.get('/guests');
      expect([status, body.code]).toEqual([503, 'LOG_UNAVAILABLE']);
      expect((await edge.get('/health/ready')).body).toMatchObject({
        reasons: ['the log cannot be reached'],
      });
      expect((await edge.get('/metrics')).text).toContain('rapport_log_head_age_seconds +Inf');
      away.clear();
      await edge.stop();
    });

    it('health tells how far we are behind apart from how long nobody could look, and ends to be ready', async () => {
      const { edge, away, goes, later } = await served();
      const health = () => edge.get('/health/ready');
      await until(() => edge.application.reactions.caughtUp);
      expect((await health()).body).toMatchObject({
        ...{ status: 'ready', position: '1', lag: { events: 0 }, head: { position: '1', seenSecondsAgo: 0 } },
      });
      goes();
      later(10);
      expect(await health()).toMatchObject({ status: 200, body: { head: { seenSecondsAgo: 10 } } });
      later(1);
      const { status, body } = await health();
      expect([status, body['reasons']]).toEqual([503, ['the log cannot be reached']]);
      expect(body).toMatchObject({
        ...{ lag: { events: 0, seconds: 0, trustworthy: false } },
        head: { position: '1', seenSecondsAgo: 11 },
      });
      const { status: told, text } = await edge.get('/metrics');
      expect(told).toBe(200);
      expect(text).toContain('rapport_log_head_age_seconds 11');
      expect(text).toContain('rapport_projection_lag_events{model="guests@2"} 0');
      away.clear();
      expect((await health()).status).toBe(200);
      expect((await edge.get('/metrics')).text).toContain('rapport_log_head_age_seconds 0');
      await edge.stop();
    });
  });
});
