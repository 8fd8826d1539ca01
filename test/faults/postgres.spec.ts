import { setTimeout as pause } from 'node:timers/promises';
import { PostgresRowStore, type PostgresPlace } from '@rapport/adapters/postgres';
import { Fenced, seated, START, Unavailable, type Seat, type Table } from '@rapport/kernel';
import { at, freshTable, keysOf, puts, thing } from '../contracts/things';
import { postgresIsHere, startPostgres, type PostgresServer } from '../support/postgres/server';
import { Wire } from '../support/postgres/wire';
import { until } from '../support/patience';

jest.setTimeout(60_000);

const postgres = postgresIsHere() ? describe : describe.skip;
postgres('rows in a PostgreSQL that does not always do as it is asked', () => {
  let server: PostgresServer;
  let place: PostgresPlace;
  let store: PostgresRowStore;
  let table: Table;
  const others: { close(): Promise<unknown> }[] = [];
  beforeAll(async () => (server = await startPostgres()));
  afterAll(() => server.stop());
  beforeEach(async () => {
    place = server.place();
    store = await PostgresRowStore.open(place);
    table = freshTable();
    await store.open([table]);
  });
  afterEach(async () => {
    await Promise.all([store, ...others.splice(0)].map((one) => one.close()));
  });

  const another = async (more: Partial<PostgresPlace> = {}): Promise<PostgresRowStore> => {
    const other = await PostgresRowStore.open({ ...place, ...more });
    others.push(other);
    return other;
  };
  const me = 'me';
  const move = (from: number, to: number) => [{ subscriber: me, from: at(from), to: at(to) }];
  const rows = async () => keysOf(await store.find(table, { limit: 99 }));
  /** Somebody holds a row, a table or a seat, until he lets go. */
  const held = async (sql: string): Promise<() => Promise<unknown>> => {
    const holder = await server.hold(sql);
    return () => holder.letGo();
  };
  const schema = () => `"${place.schema ?? ''}"`;
  const waiting = () =>
    server.ask(
      "select pid from pg_stat_activity where application_name = 'rapport' and wait_event_type = 'Lock' and query like $1",
      [`%${place.schema ?? ''}%`],
    );
  const isWaiting = async () => (await waiting()).length > 0;

  describe('a commit', () => {
    it('whose connection is ended in its middle keeps nothing, and can be done again', async () => {
      await store.commit(puts(table, thing('a')), move(0, 1));
      const letGo = await held(`update ${schema()}."${table.name}" set size = 9 where key = 'a'`);
      const commit = store.commit(puts(table, thing('b'), thing('a', { size: 2 })), move(1, 2));
      const ended = expect(commit).rejects.toThrow(Unavailable);
      await until('the commit waits', isWaiting);
      for (const { pid } of await waiting()) await server.ask('select pg_terminate_backend($1)', [pid]);
      await ended;
      await letGo();
      expect([await rows(), await store.position(me)]).toEqual([['a'], 1]);
      await store.commit(puts(table, thing('b'), thing('a', { size: 2 })), move(1, 2));
      expect([await rows(), await store.position(me)]).toEqual([['a', 'b'], 2]);
    });
    it('whose answer is lost was kept once: whoever does it again is fenced', async () => {
      const wire = await Wire.before(server.address);
      const far = await another({ address: wire.over(server.address) });
      others.push(wire);
      wire.breaksAfter = 'commit\u0000';
      await expect(far.commit(puts(table, thing('a')), move(0, 1))).rejects.toThrow(Unavailable);
      wire.breaksAfter = null;
      await expect(far.commit(puts(table, thing('a', { size: 2 })), move(0, 1))).rejects.toThrow(Fenced);
      expect([await far.position(me), await store.load(table, ['a'])]).toEqual([1, [thing('a')]]);
      await far.commit(puts(table, thing('b')), move(1, 2));
      expect(await rows()).toEqual(['a', 'b']);
    });
    it('without checkpoints whose answer is lost is not sent again: the rows are kept once, and putting them again changes nothing', async () => {
      const wire = await Wire.before(server.address);
      const far = await another({ address: wire.over(server.address) });
      others.push(wire);
      wire.breaksAfter = 'commit\u0000';
      await expect(far.commit(puts(table, thing('a', { size: 1 })), [])).rejects.toThrow(Unavailable);
      wire.breaksAfter = null;
      await store.commit(puts(table, thing('a', { size: 2 })), []);
      await pause(200);
      expect(await store.load(table, ['a'])).toEqual([thing('a', { size: 2 })]);
      await far.commit(puts(table, thing('a', { size: 1 })), []);
      await far.commit(puts(table, thing('a', { size: 1 })), []);
      expect(await store.load(table, ['a'])).toEqual([thing('a', { size: 1 })]);
    });
    it('of many new rows, cut off while they are on their way, keeps nothing', async () => {
      const wire = await Wire.before(server.address);
      const far = await another({ address: wire.over(server.address) });
      others.push(wire);
      wire.breaksAfter = 'k00999';
      const many = Array.from({ length: 1_000 }, (_, n) => thing(`k${String(n).padStart(5, '0')}`));
      const writes = many.map((row) => ({ table, key: row.key, row, fresh: true as const }));
      await expect(far.commit(writes, move(0, 1))).rejects.toThrow(Unavailable);
      expect([await rows(), await store.position(me)]).toEqual([[], START]);
      wire.breaksAfter = null;
      await far.commit(writes, move(0, 1));
      expect(await store.count(table)).toBe(1_000);
    });

    it('is done by one of many who fight about one checkpoint', async () => {
      const EACH = 40;
      const stores = [store, await another(), await another(), await another()];
      const counts = await Promise.all(
        stores.map(async (one) => {
          let mine = 0;
          while (mine < EACH) {
            const from = await one.position(me);
            const [row] = await one.load(table, ['sum']);
            const sum = Number(row?.['size'] ?? 0);
            try {
              await one.commit(puts(table, thing('sum', { size: sum + 1 })), move(from, from + 1));
              mine++;
            } catch (error) {
              expect(error).toBeInstanceOf(Fenced);
            }
          }
          return mine;
        }),
      );
      const total = counts.reduce((sum, mine) => sum + mine, 0);
      expect([await store.position(me), await store.load(table, ['sum'])]).toEqual([
        total,
        [thing('sum', { size: total })],
      ]);
    });
    it('with the same two hundred checkpoints as another, in any order, waits for it and is fenced, and nobody stands still', async () => {
      const other = await another();
      const names = Array.from({ length: 200 }, (_, n) => `s-${(n * 7) % 200}`);
      for (let n = 0; n < 20; n++) {
        const moves = names.map((subscriber) => ({ subscriber, from: at(n), to: at(n + 1) }));
        const ends = await Promise.allSettled([
          store.commit([], moves),
          other.commit([], [...moves].reverse()),
        ]);
        const reasons = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
        expect(reasons).toEqual([expect.any(Fenced)]);
      }
    });
  });

  describe('a seat', () => {
    const names = ['seat/0', 'seat/1'];
    const sit = async (
      one: PostgresRowStore,
      member: string,
      takes: 'all' | 'share' = 'all',
    ): Promise<Seat[]> => {
      const { seats } = await one.arrange('seat', seated(names, { member, leaseMs: 60_000, takes }));
      return seats.filter(({ owner }) => owner === member).map(({ name, epoch }) => ({ name, epoch }));
    };
    it('is not given to another one while a commit holds it, and then the one who had it is fenced for ever', async () => {
      const [mine] = await sit(store, 'ann');
      await store.commit(puts(table, thing('a')), []);
      const letGo = await held(`update ${schema()}."${table.name}" set size = 9 where key = 'a'`);
      const order: string[] = [];
      const commit = store
        .commit(puts(table, thing('a', { size: 1 })), move(0, 1), [mine!])
        .then(() => order.push('committed'));
      await until('the commit waits', isWaiting);
      const other = await another();
      const taking = sit(other, 'bob').then(() => order.push('taken'));
      await until('so does the one who comes', async () => (await waiting()).length === 2);
      await letGo();
      await Promise.all([commit, taking]);
      expect(order).toEqual(['committed', 'taken']);
      for (let n = 0; n < 3; n++)
        await expect(store.commit(puts(table, thing('late')), move(1, 2), [mine!])).rejects.toThrow(Fenced);
      expect([await rows(), await store.position(me)]).toEqual([['a'], 1]);
    });
    it('is kept longer while a commit holds it: nobody waits for that', async () => {
      const seats = await sit(store, 'ann');
      await store.commit(puts(table, thing('a')), []);
      const letGo = await held(`update ${schema()}."${table.name}" set size = 9 where key = 'a'`);
      const commit = store.commit(puts(table, thing('a')), [], seats);
      await until('the commit waits', isWaiting);
      expect(await sit(store, 'ann', 'share')).toEqual(seats);
      await letGo();
      await commit;
    });
    it('goes with tables that change places while others commit, and none waits for the other for ever', async () => {
      let seats = await sit(store, 'ann');
      const other = await another();
      const [next, before] = [freshTable(), { ...freshTable(), past: undefined }];
      await store.open([next, before]);
      let isOver = false;
      const working = (async () => {
        for (let n = 0; !isOver; n++)
          try {
            await store.commit(puts(table, thing(`k${n}`)), [], seats);
          } catch (error) {
            expect(error).toBeInstanceOf(Fenced);
            seats = await sit(store, 'ann', 'share');
          }
      })();
      await other.replace([{ from: next, to: table, kept: before }], [], names);
      for (let n = 0; n < 10; n++)
        await other.replace([{ from: before, to: table, kept: before }], [], n % 2 ? names : [names[0]!]);
      isOver = true;
      await working;
    });
  });

  describe('whoever holds things up', () => {
    it('is waited for no longer than agreed', async () => {
      await store.commit(puts(table, thing('a')), []);
      const hasty = await another({ times: { lockMs: 100 } });
      const letGo = await held(`lock table ${schema()}."${table.name}" in access exclusive mode`);
      await expect(hasty.count(table)).rejects.toThrow(Unavailable);
      await expect(hasty.commit(puts(table, thing('b')), move(0, 1))).rejects.toThrow(
        /held a lock for too long/,
      );
      await letGo();
      expect([await hasty.count(table), await hasty.position(me)]).toEqual([1, START]);
    });
    it('and stands still within a transaction loses his locks', async () => {
      const frozen = await another({ times: { pauseMs: 100 } });
      const arranging = frozen.arrange('seat', (chart) => {
        for (const end = Date.now() + 600; Date.now() < end;); // as a process does that was stopped
        return { ...chart, members: [{ id: 'frozen', until: 0 }] };
      });
      await expect(arranging).rejects.toThrow(Unavailable);
      expect(await store.arrange('seat', (chart) => chart)).toEqual({ members: [], seats: [] });
      expect(await frozen.arrange('seat', (chart) => chart)).toEqual({ members: [], seats: [] });
    });
    it('is the server itself, which does not answer: then another connection is taken', async () => {
      if (server.pid === null) return; // another server is not stopped by a test
      const hasty = await another({ connectionsMax: 1, times: { statementMs: 150, answerMs: 150 } });
      expect(await hasty.count(table)).toBe(0);
      const [{ pid } = {}] = await server.ask(
        "select pid from pg_stat_activity where application_name = 'rapport' and query like '%count(*)%' order by query_start desc limit 1",
      );
      process.kill(Number(pid), 'SIGSTOP');
      await expect(hasty.count(table)).rejects.toThrow(Unavailable);
      await expect(hasty.commit(puts(table, thing('a')), move(0, 1))).resolves.toBeUndefined();
      process.kill(Number(pid), 'SIGCONT');
      expect(await rows()).toEqual(['a']);
    });
    it('uses all our connections: whoever comes then is told so', async () => {
      await store.commit(puts(table, thing('a')), []);
      const narrow = await another({ connectionsMax: 1, times: { connectMs: 100 } });
      const letGo = await held(`lock table ${schema()}."${table.name}" in access exclusive mode`);
      const first = narrow.count(table);
      await expect(narrow.position(me)).rejects.toThrow(/all our connections were in use/);
      await letGo();
      expect(await first).toBe(1);
    });
  });
});
