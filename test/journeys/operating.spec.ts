import { SignJWT } from 'jose';
import { Edge, type Reply } from '../support/edge';
import { until } from '../support/patience';
import { broken } from '../support/poisoned-jars';
import { hotel } from '../support/small-hotel';

/** Keepers look after operators once a second. */
jest.setTimeout(60_000);

const NOW = '2024-03-01T09:00:00.000Z';
const OPERATOR = { 'x-actor-id': 'olga', 'x-actor-role': 'OPERATOR' };
const guest = (guestId: string) => ({ guestId, name: 'Ann Bell', room: 'SINGLE', nights: 1 });
const opened = (environment: Readonly<Record<string, string>> = {}) =>
  Edge.of(
    hotel(() => NOW),
    environment,
  );
const ask = (edge: Edge, path: string, headers = OPERATOR) => edge.get(`/operations${path}`, headers);
const order = (edge: Edge, path: string, body: object, headers = OPERATOR) =>
  edge.post(`/operations${path}`, body, headers);
const stateOf = async (edge: Edge, model: string): Promise<string> =>
  String((await ask(edge, `/projections/${model}`)).body.data['state']);
const becomes = (edge: Edge, model: string, state: RegExp) =>
  until(`${model} is ${String(state)}`, async () => state.test(await stateOf(edge, model)));
const done = async (edge: Edge, placed: Reply): Promise<Reply['body']['data']> => {
  const path = `/orders/${String(placed.body.data['id'])}`;
  let data = placed.body.data;
  await until('the order is done', async () => {
    data = (await ask(edge, path)).body.data;
    return data['doneAt'] !== null;
  });
  return data;
};
/** Three guests, of whom the visits of the first two cannot be counted. */
const poisoned = async (): Promise<{ readonly edge: Edge; readonly mended: () => void }> => {
  const edge = await opened();
  const visits = edge.application.plan.readModels[1]!;
  const mended = broken(visits.on, 'GuestArrived');
  for (const name of ['ann', 'bea']) {
    await edge.post('CheckIn', guest(name));
    await edge.post('CheckOut', { guestId: name });
    await edge.post('CheckIn', guest(name));
  }
  await edge.application.settle();
  return { edge, mended };
};

describe('operators', () => {
  const routes: readonly (readonly ['GET' | 'POST', string, object?])[] = [
    ['GET', '/projections'],
    ['GET', '/projections/visits'],
    ['POST', '/projections/visits/pause', { reason: 'x' }],
    ['POST', '/projections/visits/resume', {}],
    ['GET', '/parked'],
    ['POST', '/parked/redrive', { model: 'visits', key: 'ann' }],
    ['POST', '/parked/drop', { model: 'visits', key: 'ann', reason: 'x' }],
    ['GET', '/orders/x'],
  ];
  const sent = (
    edge: Edge,
    [verb, path, body = {}]: (typeof routes)[number],
    headers: Record<string, string>,
  ) =>
    verb === 'GET' ? edge.get(`/operations${path}`, headers) : edge.post(`/operations${path}`, body, headers);

  it('alone get through; everybody else is told who may', async () => {
    const edge = await opened();
    for (const route of routes)
      for (const role of ['SUPERVISOR', 'NONE']) {
        const { status, body } = await sent(edge, route, { 'x-actor-role': role });
        expect([route[1], status, body.code]).toEqual([route[1], 403, 'OPERATORS_ONLY']);
        expect(body['detail']).toBe(`${role} does not operate this service: OPERATOR may`);
      }
    expect(await edge.application.rows.count({ name: 'projection-pauses@1', columns: {}, indexes: [] })).toBe(
      0,
    );
    for (const route of routes) expect((await sent(edge, route, OPERATOR)).status).not.toBe(403);
    await edge.stop();
  });

  it('are who the settings say, and with tokens who the token says', async () => {
    const secret = 'a secret of thirty-two bytes or more';
    const edge = await opened({ RAPPORT_AUTH_SECRET: secret, RAPPORT_OPERATOR_ROLES: 'SRE, CRM_MANAGER' });
    const token = (role: string) =>
      new SignJWT({ sub: 'olga', role })
        .setProtectedHeader({ alg: 'HS256' })
        .setExpirationTime('1h')
        .sign(new TextEncoder().encode(secret));
    const status = async (headers: Record<string, string>) =>
      (await edge.get('/operations/projections', headers)).status;
    const bearing = async (role: string) => ({ authorization: `Bearer ${await token(role)}`, ...OPERATOR });
    expect(await status(OPERATOR)).toBe(401);
    expect(
      await Promise.all(['OPERATOR', 'SRE', 'CRM_MANAGER'].map(async (role) => status(await bearing(role)))),
    ).toEqual([403, 200, 200]);
    await edge.stop();
  });

  it('send no commands: they look after machines', async () => {
    const edge = await opened();
    expect((await edge.post('CheckIn', guest('ann'), OPERATOR)).body.code).toBe('ROLE_READS_ONLY');
    await edge.stop();
  });
});

describe('how models are doing', () => {
  it('is told of each: state, owner, position, lag, rate, parked events and rows', async () => {
    const edge = await opened();
    await edge.post('CheckIn', guest('ann'));
    await edge.application.settle();
    await becomes(edge, 'guests', /^live$/);
    const { body } = await ask(edge, '/projections');
    expect(body.data.map(({ model, kind }) => [model, kind])).toEqual([
      ['guests@2', 'read model'],
      ['visits@1', 'read model'],
      ['when-nights-over-then-check-out@1', 'policy'],
      ['log-seals@1', 'seals'],
      ['log-marks@1', 'marks'],
      ['unknown-events@1', 'unknown events'],
    ]);
    const { data } = (await ask(edge, '/projections/guests')).body;
    expect(data).toMatchObject({
      ...{ model: 'guests@2', version: 2, state: 'live', position: '1', lag: { events: 0, seconds: 0 } },
      ...{
        owners: [edge.application.member],
        parked: { keys: 0, events: 0 },
        rows: 1,
        error: null,
        pause: null,
      },
      lanes: [{ lane: 0, owner: edge.application.member, state: 'live' }],
    });
    expect((await ask(edge, '/projections/gests')).body).toMatchObject({
      ...{ status: 404, code: 'UNKNOWN_MODEL', near: ['guests'] },
    });
    await edge.stop();
  });
});

describe('a pause', () => {
  it('is heeded, kept with who wished it and why, told by health, and taken back', async () => {
    const edge = await opened();
    const paused = await order(edge, '/projections/visits/pause', { reason: 'columns are mended' });
    expect(paused).toMatchObject({
      status: 202,
      body: { data: { model: 'visits@1', by: 'olga (OPERATOR)', reason: 'columns are mended', until: null } },
    });
    await becomes(edge, 'visits', /^paused by olga \(OPERATOR\): columns are mended$/);
    await edge.post('CheckIn', guest('ann'));
    await edge.application.settle();
    expect((await edge.get('/guests/ann')).status).toBe(200);
    expect((await edge.get('/visits/ann')).status).toBe(404);
    expect((await edge.get('/visits')).body.meta).toMatchObject({ position: '0', lag: { events: 1 } });
    const ready = await edge.get('/health/ready');
    expect(ready).toMatchObject({
      status: 200,
      body: { status: 'degraded', degraded: ['visits@1 paused by olga (OPERATOR): columns are mended'] },
    });
    const { data } = (await ask(edge, '/projections/visits')).body;
    expect(data).toMatchObject({ pause: { by: 'olga (OPERATOR)' }, lag: { events: 1 } });

    expect((await order(edge, '/projections/visits/resume', { reason: 'done' })).status).toBe(202);
    await becomes(edge, 'visits', /^live$/);
    expect((await edge.get('/visits/ann')).body.data).toMatchObject({ count: 1 });
    expect((await edge.get('/health/ready')).body).toMatchObject({ status: 'ready', degraded: [] });
    await edge.stop();
  });

  it('says why and until when, or is refused', async () => {
    const edge = await opened();
    const pause = (body: object) => order(edge, '/projections/visits/pause', body);
    expect((await pause({})).body.errors.map(({ field }) => field)).toContain('reason');
    expect((await pause({ reason: 'x', for: 'ever' })).body.errors.map(({ field }) => field)).toContain(
      'for',
    );
    expect((await pause({ reason: 'x', until: '2020-01-01T00:00:00Z' })).body).toMatchObject({
      ...{ status: 422, code: 'UNTIL_PASSED' },
    });
    const until = new Date(Date.now() + 60_000).toISOString();
    expect((await pause({ reason: 'x', until })).body.data).toMatchObject({ until });
    await edge.stop();
  });
});

describe('parked events', () => {
  it('are listed by key, shown without names, redriven by an order, and read in order', async () => {
    const { edge, mended } = await poisoned();
    const first = (await ask(edge, '/parked?limit=1')).body;
    expect(first.data).toMatchObject([
      { model: 'visits@1', key: 'ann', events: 2, first: { type: 'GuestArrived' } },
    ]);
    const second = (await ask(edge, `/parked?limit=1&cursor=${first.meta.next ?? ''}`)).body;
    expect([second.data[0]?.['key'], second.meta.next]).toEqual(['bea', undefined]);
    expect((await ask(edge, '/parked?model=guests')).body.data).toEqual([]);
    const shown = (await ask(edge, '/parked?model=visits&key=ann&limit=1')).body;
    expect(shown.data).toMatchObject([
      {
        ...{ type: 'GuestArrived', stream: 'stay-ann', revision: 0, position: '1' },
        ...{ errorClass: 'Error', error: 'Error: not yet', data: { guestId: 'ann', name: '(sealed)' } },
      },
    ]);
    const next = (await ask(edge, `/parked?model=visits&key=ann&cursor=${shown.meta.next ?? ''}`)).body;
    expect(next.data).toMatchObject([
      { revision: 2, errorClass: null, error: expect.stringMatching('waits behind') as string },
    ]);

    mended();
    const placed = await order(edge, '/parked/redrive', { model: 'visits', key: 'ann' });
    expect(placed).toMatchObject({
      status: 202,
      body: { data: { model: 'visits@1', key: 'ann', events: 2, doneAt: null } },
    });
    expect(await done(edge, placed)).toMatchObject({
      ...{ what: 'redrive', by: 'olga (OPERATOR)', result: 'DONE', outcome: '2 events were read' },
    });
    expect((await edge.get('/visits/ann')).body.data).toMatchObject({ count: 2 });
    expect((await ask(edge, '/parked')).body.data.map(({ key }) => key)).toEqual(['bea']);
    await edge.stop();
  });

  it('are dropped with a reason, for ever', async () => {
    const { edge, mended } = await poisoned();
    const drop = (body: object) => order(edge, '/parked/drop', { model: 'visits', key: 'ann', ...body });
    expect((await drop({})).body.errors.map(({ field }) => field)).toContain('reason');
    expect(await done(edge, await drop({ reason: 'a test' }))).toMatchObject({
      ...{ reason: 'a test', result: 'DONE', outcome: '2 events were dropped' },
    });
    mended();
    expect((await drop({ reason: 'again' })).body).toMatchObject({ status: 404, code: 'NOTHING_PARKED' });
    expect((await ask(edge, '/orders/nothing')).body).toMatchObject({ status: 404, code: 'NO_SUCH_ORDER' });
    await edge.stop();
  });

  it('are asked for by model and key, in pages that we began', async () => {
    const edge = await opened();
    expect((await ask(edge, '/parked?key=ann')).body.errors).toMatchObject([{ field: 'model' }]);
    expect((await ask(edge, '/parked?cursor=nonsense')).body).toMatchObject({
      status: 400,
      code: 'BAD_CURSOR',
    });
    expect((await ask(edge, '/parked?limit=0')).body.errors).toMatchObject([{ field: 'limit' }]);
    expect((await ask(edge, '/parked?sort=key')).body.errors).toMatchObject([{ field: 'sort' }]);
    expect((await ask(edge, '/parked?model=visit')).body).toMatchObject({ status: 404, near: ['visits'] });
    await edge.stop();
  });
});
