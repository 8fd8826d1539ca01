import { Edge } from '../support/edge';
import { hotel } from '../support/small-hotel';

const NOW = '2024-03-01T09:00:00.000Z';
const ann = { guestId: 'ann', name: 'Ann Bell', room: 'DOUBLE', nights: 3 };
let edge: Edge;
beforeEach(async () => void (edge = await Edge.of(hotel(() => NOW))));
afterEach(() => edge.stop());

describe('a command over HTTP', () => {
  it('is carried out and answers where it stands in the log', async () => {
    const { status, body } = await edge.post('CheckIn', ann);
    expect(status).toBe(200);
    expect(body).toEqual({
      ...{ position: '1', revision: 0, events: ['GuestArrived'], repeated: false },
      commandId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
    });
  });

  it('that is sent twice under one key is done once and answers the same', async () => {
    const first = await edge.post('CheckIn', ann, { 'idempotency-key': 'k-1' });
    const second = await edge.post('CheckIn', ann, { 'idempotency-key': 'k-1' });
    expect(first.body).toMatchObject({ repeated: false, commandId: 'k-1' });
    expect(second.body).toEqual({ ...first.body, repeated: true });
  });

  it('keeps who sent it, in which conversation, through what and why', async () => {
    const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const sent = {
      ...{ 'x-actor-id': 'bob', 'x-actor-role': 'SUPERVISOR', 'x-correlation-id': 'talk-1' },
      ...{ 'x-source': 'desk', 'x-reason': encodeURIComponent('客户要求'), traceparent: trace },
    };
    const { headers } = await edge.post('CheckIn', ann, sent);
    expect(headers['x-correlation-id']).toBe('talk-1');
    const [event] = await edge.application.store.read('stay-ann');
    expect(event?.meta).toMatchObject({
      ...{ actorId: 'bob', actorRole: 'SUPERVISOR', $correlationId: 'talk-1' },
      ...{ source: 'desk', reason: '客户要求', traceparent: trace },
    });
  });

  it('takes instants in any ISO form and keeps one', async () => {
    await edge.post('CheckIn', { ...ann, arrivedAt: '2024-03-01T16:00:00+08:00' });
    expect((await edge.application.store.read('stay-ann'))[0]?.data).toMatchObject({
      arrivedAt: '2024-03-01T08:00:00.000Z',
    });
  });
});

describe('a command that is not well-formed', () => {
  const problems = async (payload: object | string, headers = {}) => edge.post('CheckIn', payload, headers);

  it('is answered with every field that is wrong, parts included', async () => {
    const wrong = { guestId: 'a b', room: 'SUITE', nights: 3, vip: true, wishes: { quiet: 'yes' } };
    const { status, type, body } = await problems(wrong);
    expect(status).toBe(400);
    expect(type).toContain('application/problem+json');
    expect(body.code).toBe('INVALID');
    const fields = body.errors.map(({ field }: { field: string }) => field);
    expect(new Set(fields)).toEqual(new Set(['guestId', 'name', 'room', 'vip', 'wishes.quiet']));
    expect(body.errors[0]).toEqual({
      ...{ field: expect.any(String) as string, rule: expect.any(String) as string },
      message: expect.any(String) as string,
    });
    expect(await edge.application.store.log.head()).toBe(0);
  });

  it('says where the JSON breaks off', async () => {
    const { status, body } = await problems('{"guestId": "ann",\n "name": }');
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'MALFORMED_JSON', position: 29 });
    expect(body.detail).toContain('line 2, column 11');
    expect((await problems('{"guestId":')).body).toMatchObject({ code: 'MALFORMED_JSON', position: 11 });
  });

  it('is no list, no text and not empty', async () => {
    expect((await problems('[]')).body).toMatchObject({ status: 400, code: 'NOT_AN_OBJECT' });
    expect((await problems('"x"')).body).toMatchObject({ status: 400, code: 'NOT_AN_OBJECT' });
    expect((await problems('')).body).toMatchObject({ status: 400, code: 'INVALID' });
  });

  it('is refused when it is too large or of another kind', async () => {
    expect((await problems({ ...ann, name: 'x'.repeat(300_000) })).body).toMatchObject({
      ...{ status: 413, code: 'BODY_TOO_LARGE' },
    });
    const text = await problems('hello', { 'content-type': 'text/plain' });
    expect(text.body).toMatchObject({ status: 415, code: 'WRONG_CONTENT_TYPE' });
    const lines = await problems('{}', { 'content-type': 'application/x-ndjson' });
    expect(lines.body).toMatchObject({ status: 415, code: 'WRONG_CONTENT_TYPE' });
  });

  it('is told the names it may have meant', async () => {
    const { status, body } = await edge.post('ChekIn', ann);
    expect(status).toBe(404);
    expect(body).toMatchObject({ code: 'UNKNOWN_COMMAND', near: ['CheckIn'] });
  });

  it('may not bring odd headers', async () => {
    expect((await problems(ann, { 'idempotency-key': 'a b' })).body.code).toBe('BAD_HEADER');
    expect((await problems(ann, { 'x-actor-id': 'a/b' })).body.code).toBe('BAD_HEADER');
    expect((await problems(ann, { 'x-reason': 'x'.repeat(501) })).body.code).toBe('BAD_HEADER');
  });
});

describe('a command that is refused', () => {
  it('because things stand otherwise: 409, with what the sender needs to go on', async () => {
    await edge.post('CheckIn', ann);
    const { status, body } = await edge.post('CheckIn', ann);
    expect(status).toBe(409);
    expect(body).toMatchObject({
      code: 'GUEST_HERE',
      detail: 'the guest is here already',
      existingId: 'ann',
    });
  });

  it('because the input breaks a rule: 422, with the field', async () => {
    const { status, body } = await edge.post('CheckIn', { ...ann, arrivedAt: '2024-03-02T00:00:00Z' });
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'ARRIVED_IN_FUTURE', field: 'arrivedAt' });
  });

  it('because the person was forgotten: 409', async () => {
    await edge.application.plan.keys.of('ann');
    await edge.application.plan.keys.forget('ann', NOW);
    const { status, body } = await edge.post('CheckIn', ann);
    expect(status).toBe(409);
    expect(body.code).toBe('SUBJECT_FORGOTTEN');
  });

  it('because others were faster each time: 503, to be tried again', async () => {
    const { log } = edge.application.store;
    const append = log.append.bind(log);
    log.append = (stream) => append(stream, 99, []);
    const { status, body, headers } = await edge.post('CheckIn', ann);
    expect(status).toBe(503);
    expect(body.code).toBe('CONTENDED');
    expect(headers['retry-after']).toBe('1');
  });
});

describe('a fault', () => {
  it('is a 500 that shows nothing but an id, under which the log has it', async () => {
    edge.application.store.log.append = () => Promise.reject(new Error('secret disk /dev/sda'));
    const { status, text, body } = await edge.post('CheckIn', ann, { 'x-correlation-id': 'talk-9' });
    expect(status).toBe(500);
    expect(text).not.toContain('secret');
    expect(edge.lines.filter(({ msg }) => msg === 'fault')).toEqual([
      expect.objectContaining({ id: body.id as string, correlationId: 'talk-9' }),
    ]);
    expect(JSON.stringify(edge.lines)).toContain('secret disk');
  });
});
