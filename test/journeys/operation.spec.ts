import { MemoryEventLog, MemoryRowStore } from '@rapport/adapters/memory';
import type { EventLog } from '@rapport/kernel';
import { Ticker } from '@rapport/platform';
import { Edge } from '../support/edge';
import { hotel } from '../support/small-hotel';

const NOW = '2024-03-01T09:00:00.000Z';
const guest = (guestId: string) => ({ guestId, name: 'Ann Bell', room: 'SINGLE', nights: 1 });
const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
  for (let tries = 0; !(await isSo()); tries++) {
    if (tries > 400) throw new Error('it never became so');
    await new Promise((next) => setTimeout(next, 5));
  }
};

describe('health', () => {
  it('is ready when everything has been read once', async () => {
    const edge = await Edge.of(hotel(() => NOW));
    await until(async () => (await edge.get('/health/ready')).status === 200);
    expect((await edge.get('/health/ready')).body).toMatchObject({
      ...{ status: 'ready', reasons: [], loops: { projections: 'live', reactions: 'live' } },
      lag: { events: 0 },
    });
    await edge.stop();
  });

  it('is alive, but not ready, while it replays: it says what it waits for and how far it is behind', async () => {
    const log = new MemoryEventLog();
    const before = hotel(() => NOW, { log });
    const filling = await Edge.of(before, {}, false);
    for (const name of ['a', 'b', 'c']) await filling.post('CheckIn', guest(name));
    await filling.app.close();
    const gate = gated(log);
    const edge = await Edge.of(hotel(() => NOW, { log: gate.log }));
    expect((await edge.get('/health/live')).status).toBe(200);
    const { status, body } = await edge.get('/health/ready');
    expect(status).toBe(503);
    expect(body).toMatchObject({
      ...{ reasons: ['projections: gated', 'reactions: gated'], position: '0', lag: { events: 3 } },
    });
    gate.open();
    await until(async () => (await edge.get('/health/ready')).status === 200);
    await edge.stop();
  });

  it('tells of whatever else runs here, which starts behind the loops and stops before them', async () => {
    const application = hotel(() => NOW);
    const order: string[] = [];
    const publishing = {
      ...{ state: 'joining', caughtUp: false, error: null as unknown },
      start: async () => void order.push(`started, projections ${application.projections.state}`),
      stop: async () => void order.push(`stopped, projections ${application.projections.state}`),
    };
    application.also('publishing', publishing);
    const edge = await Edge.of(application);
    await until(() => application.projections.caughtUp && application.reactions.caughtUp);
    expect((await edge.get('/health/ready')).body).toMatchObject({ reasons: ['publishing: joining'] });
    Object.assign(publishing, { state: 'running', caughtUp: true });
    expect((await edge.get('/health/ready')).body).toMatchObject({
      ...{ status: 'ready', loops: { projections: 'live', reactions: 'live', publishing: 'running' } },
    });
    publishing.error = new Error('the bus is not as it must be');
    expect((await edge.get('/health/ready')).status).toBe(503);
    expect((await edge.get('/metrics')).text).toContain('rapport_loop_failed{loop="publishing"} 1');
    await edge.stop();
    expect(order).toEqual([expect.stringMatching(/^started/), 'stopped, projections live']);
  });

  it('says which loop has failed; commands still go through', async () => {
    const rows = new MemoryRowStore();
    const edge = await Edge.of(hotel(() => NOW, { rows }));
    rows.commit = () => Promise.reject(new Error('the disk is full'));
    await edge.post('CheckIn', guest('a'));
    await until(() => edge.application.projections.error !== null);
    const { status, body } = await edge.get('/health/ready');
    expect(status).toBe(503);
    expect(body['reasons']).toContain('projections: failed');
    expect((await edge.get('/metrics')).text).toContain('rapport_loop_failed{loop="projections"} 1');
    expect((await edge.post('CheckIn', guest('b'))).status).toBe(200);
    await edge.stop();
  });
});

/** A log whose readers find nothing until it is opened. */
const gated = (log: EventLog): { readonly log: EventLog; readonly open: () => void } => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const gate = Object.create(log) as EventLog;
  gate.subscribe = (after) => {
    const feed = log.subscribe(after);
    let isClosed = false;
    const next = async (limit: number) => {
      await opened;
      return isClosed ? { events: [], caughtUp: false, readTo: after } : feed.next(limit);
    };
    return { next, state: 'gated', close: () => ((isClosed = true), feed.close()) };
  };
  return { log: gate, open: () => open() };
};

describe('figures', () => {
  it('count requests by route and commands by outcome, without ids', async () => {
    const edge = await Edge.of(hotel(() => NOW));
    await edge.post('CheckIn', guest('secret-guest'), { 'idempotency-key': 'k' });
    await edge.post('CheckIn', guest('secret-guest'), { 'idempotency-key': 'k' });
    await edge.post('CheckIn', guest('secret-guest'));
    await edge.post('CheckIn', {});
    await edge.application.settle();
    await edge.get('/guests/secret-guest');
    await edge.get('/somewhere/secret-guest/else');
    const { text, type } = await edge.get('/metrics');
    expect(type).toContain('text/plain');
    for (const outcome of ['done', 'repeated', 'refused', 'invalid'])
      expect(text).toContain(`rapport_commands_total{type="CheckIn",outcome="${outcome}"} 1`);
    expect(text).toMatch(/duration_seconds_count\{method="GET",route="\/guests\/:key",status="200"\} 1/);
    expect(text).toMatch(/duration_seconds_count\{method="POST",route="\/commands\/:type",status="200"\} 2/);
    expect(text).toContain('rapport_projection_position{model="guests@2"} 1');
    expect(text).toContain('rapport_projection_lag_events{model="guests@2"} 0');
    expect(text).toContain('nodejs_eventloop_lag_seconds');
    expect(text).toContain('process_cpu_seconds_total');
    expect(text).not.toContain('secret-guest');
    await edge.stop();
  });
});

describe('the log of requests', () => {
  it('has one line a request, without bodies, addresses and names', async () => {
    const edge = await Edge.of(hotel(() => NOW));
    await edge.post('CheckIn', guest('secret-guest'), { 'x-correlation-id': 'talk-1', 'x-actor-id': 'sue' });
    await edge.get('/guests?key=secret-guest', { 'x-correlation-id': 'talk-2' });
    await edge.get('/health/live');
    const lines = edge.lines.filter(({ msg }) => msg === 'answered');
    expect(lines).toEqual([
      expect.objectContaining({
        ...{ level: 30, method: 'POST', route: '/commands/:type', status: 200 },
        ...{ correlationId: 'talk-1', ms: expect.any(Number) as number },
      }),
      expect.objectContaining({ level: 30, method: 'GET', route: '/guests', correlationId: 'talk-2' }),
      expect.objectContaining({ level: 20, route: '/health/live' }),
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/secret-guest|Ann Bell/);
    await edge.stop();
  });
});

describe('the ticker', () => {
  it('fires what fell due while nobody was there, once, and never two rounds at a time', async () => {
    let now = NOW;
    const edge = await Edge.of(hotel(() => now));
    await edge.post('CheckIn', guest('ann'));
    await edge.application.settle();
    now = '2024-03-05T09:00:00.000Z';
    let [underWay, most, rounds] = [0, 0, 0];
    const fire = edge.application.timers.fire.bind(edge.application.timers);
    edge.application.timers.fire = async (at) => {
      rounds++;
      most = Math.max(most, ++underWay);
      await new Promise((later) => setTimeout(later, 30));
      const fired = await fire(at);
      underWay--;
      return fired;
    };
    const ticker = new Ticker(edge.application, 10, () => undefined);
    ticker.start();
    expect(rounds).toBe(1);
    await until(async () => (await edge.application.store.read('stay-ann')).length === 2);
    await until(() => rounds >= 3);
    await ticker.stop();
    expect(underWay).toBe(0);
    expect(most).toBe(1);
    const left = await edge.application.store.read('stay-ann');
    expect(left.map(({ type, occurredAt }) => [type, occurredAt])).toEqual([
      ['GuestArrived', NOW],
      ['GuestLeft', '2024-03-02T09:00:00.000Z'],
    ]);
    await edge.stop();
  });

  it('tells of a failure and goes on', async () => {
    const edge = await Edge.of(hotel(() => NOW));
    await until(() => edge.application.reactions.caughtUp);
    const failures: unknown[] = [];
    edge.application.timers.fire = () => Promise.reject(new Error('busy'));
    const ticker = new Ticker(edge.application, 5, (error) => failures.push(error));
    ticker.start();
    await until(() => failures.length >= 2);
    await ticker.stop();
    await edge.stop();
  });
});
