import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '@rapport/platform';
import { RegisterCustomer } from '@rapport/domain/commands';
import { Edge, type Reply } from '../support/edge';
import { send } from '../support/jar-application';
import { modelNamed } from '../support/model-names';
import { until } from '../support/patience';
import { THREAD_ARGV } from '../support/played-terminal';
import { hotel } from '../support/small-hotel';

/** Models are asked to stand still, and heed it within a second. */
jest.setTimeout(60_000);

const NOW = '2024-03-01T09:00:00.000Z';
const OPERATOR = { 'x-actor-id': 'olga', 'x-actor-role': 'OPERATOR' };
const edges: Edge[] = [];
afterEach(async () => {
  for (const edge of edges.splice(0)) await edge.stop();
});
const served = async (application = hotel(() => NOW)) => {
  const edge = await Edge.of(application);
  edges.push(edge);
  return edge;
};
const withGuests = async () => {
  const edge = await served();
  for (const guestId of ['ann', 'bea', 'cleo'])
    await edge.post('CheckIn', { guestId, name: 'Ann Bell', room: 'SINGLE', nights: 2 });
  await edge.application.settle();
  return edge;
};
const order = (edge: Edge, what: string, body: object = {}, model = 'guests') =>
  edge.post(`/operations/projections/${model}/${what}`, body, OPERATOR);
const ended = async (edge: Edge, begun: Reply): Promise<Reply['body']['data']> => {
  expect(begun.status).toBe(202);
  const address = String(begun.headers['location']);
  let { data } = begun.body;
  expect(address).toBe(`/operations/jobs/${String(data['id'])}`);
  await until('the job has ended', async () => {
    data = (await edge.get(address, OPERATOR)).body.data;
    return data['endedAt'] !== null;
  });
  return data;
};

describe('operators over HTTP', () => {
  it('have a read model rebuilt, compared, switched in, taken back and discarded: each is a job that can be asked', async () => {
    const edge = await withGuests();
    const built = await ended(edge, await order(edge, 'rebuild'));
    expect(built).toMatchObject({
      ...{ what: 'rebuild', model: 'guests@2', by: 'olga (OPERATOR)', state: 'DONE', problem: null },
      report: { model: 'guests@2', state: 'complete', position: '3', events: 3, wentOnFrom: null, parked: 0 },
    });
    const compared = await ended(edge, await order(edge, 'compare', {}, 'guests@2'));
    expect(compared['report']).toMatchObject({
      identical: true,
      position: '3',
      parked: { live: 0, rebuilt: 0 },
    });
    const switched = await ended(edge, await order(edge, 'switch'));
    expect(switched['report']).toEqual({ model: 'guests@2', position: '3', behind: 0, kept: true });
    expect((await edge.get('/guests/ann')).status).toBe(200);
    expect((await ended(edge, await order(edge, 'rollback')))['report']).toMatchObject({
      kept: true,
      behind: 0,
    });
    expect((await ended(edge, await order(edge, 'discard', { before: true })))['report']).toEqual({
      discarded: ['guests@2'],
    });
    expect(await ended(edge, await order(edge, 'rollback'))).toMatchObject({
      ...{ state: 'FAILED', report: null, problem: { code: 'FORMER_MISSING' } },
    });
    const { body } = await edge.get('/operations/jobs', OPERATOR);
    expect(body.data.map(({ what }) => what)).toEqual([
      'rollback',
      'discard',
      'rollback',
      'switch',
      'compare',
      'rebuild',
    ]);
  });

  it('see the rows that differ; who may not read what names a person sees which they are', async () => {
    const edge = await withGuests();
    const { rows, plan } = edge.application;
    const { table } = plan.readModels[0]!;
    const [row] = await rows.load(table, ['bea']);
    await rows.commit([{ table, key: 'bea', row: { ...row!, nights: 9 } }], []);
    const compared = await ended(edge, await order(edge, 'compare'));
    expect(compared['report']).toMatchObject({
      identical: false,
      tables: [
        { table: 'guests@2', differing: 1, columns: { nights: 1 }, examples: [{ key: 'bea' }] },
        { differing: 0 },
      ],
    });
    expect(JSON.stringify(compared)).not.toContain('arrivedAt');
    const { application } = edge;
    const another = await Edge.of(application, { RAPPORT_OPERATOR_ROLES: 'SUPERVISOR' }, false);
    const boss = { 'x-actor-id': 'sue', 'x-actor-role': 'SUPERVISOR' };
    const begun = await another.post('/operations/projections/guests/compare', {}, boss);
    const address = String(begun.headers['location']);
    await until('it has ended', async () => (await another.get(address, boss)).body.data['endedAt'] !== null);
    const { report } = (await another.get(address, boss)).body.data;
    expect(report).toMatchObject({
      tables: [{ examples: [{ live: { nights: 9 }, rebuilt: { nights: 2 } }] }, {}],
    });
    await another.app.close();
    expect(await ended(edge, await order(edge, 'switch'))).toMatchObject({
      problem: { code: 'COPY_DIFFERS' },
    });
    expect((await ended(edge, await order(edge, 'switch', { evenIfDifferent: true })))['state']).toBe('DONE');
    expect((await edge.get('/guests/bea')).body.data['nights']).toBe(2);
  });

  it('see in the figures how far each copy is, until it is switched in or discarded', async () => {
    const edge = await withGuests();
    const figures = async () => {
      const { text } = await edge.get('/metrics');
      return text.split('\n').filter((line) => /^rapport_rebuild_/.test(line));
    };
    expect(await figures()).toEqual([]);
    await ended(edge, await order(edge, 'rebuild'));
    for (const guestId of ['dan', 'eve'])
      await edge.post('CheckIn', { guestId, name: 'Dan Bell', room: 'SINGLE', nights: 2 });
    await edge.application.settle();
    expect(await figures()).toEqual([
      'rapport_rebuild_events{model="guests@2"} 3',
      'rapport_rebuild_events_all{model="guests@2"} 5',
    ]);
    await ended(edge, await order(edge, 'switch'));
    expect(await figures()).toEqual([]);
    await ended(edge, await order(edge, 'rebuild'));
    expect(await figures()).toHaveLength(2);
    await ended(edge, await order(edge, 'discard'));
    expect(await figures()).toEqual([]);
  });

  it('have one thing done at a time, and may stop it; what was done is gone on with', async () => {
    const edge = await withGuests();
    const slow = await order(edge, 'rebuild', { eventsPerSecond: 1 });
    const id = String(slow.body.data['id']);
    const busy = await order(edge, 'discard');
    expect([busy.status, busy.body]).toMatchObject([409, { code: 'JOB_UNDER_WAY', jobId: id }]);
    expect((await edge.post(`/operations/jobs/${id}/stop`, {}, OPERATOR)).status).toBe(202);
    expect((await ended(edge, slow))['state']).toBe('STOPPED');
    expect((await edge.post(`/operations/jobs/${id}/stop`, {}, OPERATOR)).body.code).toBe('JOB_ENDED');
    expect((await ended(edge, await order(edge, 'rebuild')))['report']).toMatchObject({ state: 'complete' });
  });

  it('are told what is wrong with a wish, and nobody else is heard', async () => {
    const edge = await withGuests();
    expect((await order(edge, 'rebuild', {}, 'guest')).body).toMatchObject({
      code: 'UNKNOWN_MODEL',
      near: ['guests'],
    });
    expect((await order(edge, 'rebuild', {}, 'when-nights-over-then-check-out')).status).toBe(404);
    const wrong = await order(edge, 'rebuild', { threads: 0, fresh: 'yes', speed: 1 });
    expect([wrong.status, wrong.type]).toEqual([400, expect.stringContaining('application/problem+json')]);
    expect(wrong.body.errors.map(({ field }) => field).sort()).toEqual(['fresh', 'speed', 'threads']);
    expect((await edge.get('/operations/jobs/x', OPERATOR)).body.code).toBe('NO_SUCH_JOB');
    for (const what of ['rebuild', 'compare', 'switch', 'rollback', 'discard'])
      expect(
        (await edge.post(`/operations/projections/guests/${what}`, {}, { 'x-actor-role': 'SUPERVISOR' }))
          .status,
      ).toBe(403);
    for (const path of ['jobs', 'jobs/x']) expect((await edge.get(`/operations/${path}`)).status).toBe(403);
  });

  it('find all of it in the OpenAPI document', async () => {
    const edge = await served();
    const { paths } = (await edge.get('/openapi.json')).body as unknown as { paths: Record<string, object> };
    const own = Object.keys(paths).filter((path) =>
      /^\/operations\/(jobs|projections\/\{model\}\/[rcsd])/.test(path),
    );
    expect(own.sort()).toEqual([
      ...['/operations/jobs', '/operations/jobs/{id}', '/operations/jobs/{id}/stop'],
      ...['compare', 'discard', 'rebuild', 'resume', 'rollback', 'switch'].map(
        (what) => `/operations/projections/{model}/${what}`,
      ),
    ]);
  });

  it('have it done by threads where everything is in files, and a service that stops ends it in good order', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rapport-jobs-'));
    const application = await openEmbedded({ folder, threadArgv: THREAD_ARGV });
    const edge = await served(application);
    for (let n = 0; n < 5; n++) {
      const customer = {
        customerId: `c-${n}`,
        name: `Company ${n}`,
        industry: 'retail',
        source: 'REFERRAL' as const,
      };
      await send(application, `c-${n}`, RegisterCustomer.of(customer));
    }
    await application.settle();
    const built = await ended(edge, await order(edge, 'rebuild', { threads: 2 }, 'lifecycle'));
    expect(built).toMatchObject({
      problem: null,
      report: { model: modelNamed('lifecycle'), state: 'complete' },
    });
    const compared = await ended(edge, await order(edge, 'compare', {}, 'lifecycle'));
    expect(compared).toMatchObject({ problem: null, report: { identical: true } });
    expect((await order(edge, 'rebuild', { fresh: true, eventsPerSecond: 1 }, 'value')).status).toBe(202);
    edges.splice(edges.indexOf(edge), 1);
    await edge.stop();
    rmSync(folder, { recursive: true });
  });
});
