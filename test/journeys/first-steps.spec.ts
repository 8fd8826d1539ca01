import 'reflect-metadata';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openProduct, settingsFrom } from '@rapport/platform';
import { Edge } from '../support/edge';
import { logPlaces, type LogPlace } from '../support/log-places';

const NOW = '2026-01-05T09:05:00.000Z';
/** The bodies that the README sends, as they stand there: whoever copies them must get what is promised. */
const README = readFileSync(join(__dirname, '../../README.md'), 'utf8');
const bodies = new Map(
  [...README.matchAll(/\/commands\/(\w+) [^'\n]*'content-type: application\/json' -d '([^']*)'/g)].map(
    ([, type = '', body = '']) => [type, JSON.parse(body) as object],
  ),
);
const bodyOf = (type: string): object => {
  const body = bodies.get(type);
  if (!body) throw new Error(`the README sends no ${type}`);
  return body;
};

describe.each(logPlaces)('the first steps with the whole product, log %s', (_name, open) => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-first-steps-'));
  let place: LogPlace;
  const opened = async () => {
    const settings = settingsFrom({ RAPPORT_DATA: folder, ...place.settings });
    return Edge.of(await openProduct(settings, 'standalone', { now: () => NOW }));
  };
  let edge: Edge;
  beforeAll(async () => {
    place = await open();
    edge = await opened();
  });
  afterAll(async () => {
    await edge.stop();
    await place.close();
    rmSync(folder, { recursive: true });
  });

  it('a customer is registered and complains; whoever asks with the position sees it', async () => {
    expect((await edge.post('RegisterCustomer', bodyOf('RegisterCustomer'))).status).toBe(200);
    const { status, body } = await edge.post('RegisterTicket', bodyOf('RegisterTicket'));
    expect(status).toBe(200);
    const queued = await edge.get(`/ticket-queue/t-1?after=${body.position}`);
    expect(queued).toMatchObject({ status: 200, body: { data: { customerId: 'c-1', type: 'COMPLAINT' } } });
  });

  it('the policies lodge and grade the complaint', async () => {
    await edge.application.settle();
    const { status, body } = await edge.get('/complaints/t-1');
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ customerId: 'c-1', level: 'MAJOR' });
  });

  it('every read model and every report answers', async () => {
    const { readModels, questions } = edge.application.plan;
    for (const { question } of readModels)
      expect([question, (await edge.get(`/${question}`)).status]).toEqual([question, 200]);
    for (const { name } of questions)
      expect([name, [200, 400]]).toEqual([
        name,
        expect.arrayContaining([(await edge.get(`/reports/${name}`)).status]),
      ]);
  });

  it('what names a person is sealed for whoever has no right to it', async () => {
    const clear = await edge.get('/history/customer-c-1', {
      'x-actor-id': 'sue',
      'x-actor-role': 'SUPERVISOR',
    });
    expect(clear.body.data[0]!.data).toMatchObject({ name: 'Acme', industry: 'manufacturing' });
    const sealed = await edge.get('/history/customer-c-1', {
      'x-actor-id': 'eve',
      'x-actor-role': 'AUDITOR',
    });
    expect(sealed.body.data[0]!.data).toMatchObject({ name: '(sealed)', industry: 'manufacturing' });
  });

  it('everything is still there after a restart', async () => {
    const before = await edge.get('/complaints/t-1');
    await edge.stop();
    edge = await opened();
    await edge.application.settle();
    expect((await edge.get('/complaints/t-1')).body.data).toEqual(before.body.data);
    expect((await edge.post('RegisterCustomer', bodyOf('RegisterCustomer'))).status).toBe(409);
  });

  it('every command is described', async () => {
    const api = JSON.parse((await edge.get('/openapi.json')).text) as {
      readonly components: { readonly schemas: object };
    };
    for (const [type] of edge.application.commands)
      expect(api.components.schemas).toHaveProperty(type, expect.objectContaining({ type: 'object' }));
  });
});
