import { MemoryEventLog } from '@rapport/adapters/memory';
import { LOG_MARKS, Optional, question, Text } from '@rapport/kernel';
import { Edge } from '../support/edge';
import { guests, hotel, visits } from '../support/small-hotel';

class VisitorParams {
  @Optional() @Text(9) name?: string;
}
/** A report over a model that keeps no history. */
const visitors = question({
  ...{ name: 'visitors', about: 'How many were ever here?', params: VisitorParams, reads: [guests, visits] },
  answer: async (_, { rows }) => ({ visitors: await rows.count(visits.table) }),
});
const occupancy = hotel(() => '').plan.questions;

const day = (n: number, hour = 9) =>
  `2024-03-${String(n).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00.000Z`;

describe('the past of a hotel', () => {
  let now: string;
  let edge: Edge;
  const positions: string[] = [];
  const checkIn = async (guestId: string, more: object = {}) => {
    const { body } = await edge.post('CheckIn', {
      ...{ guestId, name: guestId, room: 'SINGLE', nights: 9 },
      ...more,
    });
    positions.push(body.position);
  };
  /** One comes on the 1st, one on the 5th; that a third came on the 2nd is told on the 10th. */
  beforeAll(async () => {
    now = day(1);
    const log = new MemoryEventLog(() => now);
    edge = await Edge.of(hotel(() => now, { log, questions: [...occupancy, visitors] }));
    await checkIn('first');
    now = day(5);
    await checkIn('second');
    now = day(10);
    await checkIn('late', { arrivedAt: day(2) });
    await edge.application.settle();
    now = day(20);
  });
  afterAll(() => edge.stop());
  const here = async (query: string) => {
    const { status, body } = await edge.get(`/reports/occupancy${query}`);
    expect(status).toBe(200);
    return body;
  };

  it('a report is answered as of a moment, and knows no other now', async () => {
    expect((await here('')).data).toEqual({ guests: 3, now: day(20) });
    expect((await here(`?asOf=${day(3)}`)).data).toEqual({ guests: 2, now: day(3) });
    expect((await here(`?asOf=${day(1, 8)}`)).data.guests).toBe(0);
    const { meta } = await here('?asOf=2024-03-03T10:00:00%2B01:00&room=SINGLE');
    expect(meta).toEqual({
      ...{ position: '3', lag: { events: 0, seconds: 0 }, asOf: day(3) },
      ...{ report: 'occupancy', models: ['guests@2'] },
    });
  });

  it('a late word changes what was so yesterday, and leaves what was known then', async () => {
    expect((await here(`?asOf=${day(3)}&knownAt=${positions[1]}`)).data.guests).toBe(1);
    expect((await here(`?asOf=${day(3)}&knownAt=${day(9)}`)).data).toEqual({ guests: 1, now: day(3) });
    expect((await here(`?asOf=${day(3)}&knownAt=${day(10)}`)).data.guests).toBe(2);
  });

  it('what was known at a moment of recording, or at a position, is as if it had been asked then', async () => {
    expect((await here(`?knownAt=${day(7)}`)).data).toEqual({ guests: 2, now: day(7) });
    expect((await here(`?knownAt=${positions[1]}`)).data).toEqual({ guests: 2, now: day(5) });
    expect((await here('?knownAt=0')).data).toEqual({ guests: 0, now: '1970-01-01T00:00:00.000Z' });
    const { meta } = await here('?knownAt=2024-03-07T09:00:00Z');
    expect(meta).toMatchObject({ knownAt: day(7), knownPosition: '2' });
    expect((await here(`?knownAt=${positions[0]}`)).meta).toMatchObject({ knownAt: '1', knownPosition: '1' });
  });

  it('rows and lists of rows take the same', async () => {
    const keys = async (query: string) =>
      (await edge.get(`/guests${query}`)).body.data.map(({ key }) => String(key));
    expect(await keys(`?knownAt=${day(9)}`)).toEqual(['first', 'second']);
    expect(await keys(`?asOf=${day(3)}`)).toEqual(['first', 'late']);
    expect((await edge.get(`/guests/late?knownAt=${day(9)}`)).status).toBe(404);
    const { body } = await edge.get('/guests/late?knownAt=2024-03-10T10:00:00%2B01:00');
    expect(body.meta).toMatchObject({ model: 'guests@2', knownAt: day(10), knownPosition: '3' });
  });

  it('is not told where a model keeps none, which is named', async () => {
    for (const query of [`asOf=${day(3)}`, `knownAt=${positions[0]}`, `knownAt=${day(7)}`]) {
      const { status, body } = await edge.get(`/reports/visitors?${query}`);
      expect(status).toBe(400);
      expect(body).toMatchObject({ code: 'NO_HISTORY', models: ['visits'] });
    }
    expect((await edge.get('/reports/visitors')).body.data).toEqual({ visitors: 3 });
  });

  it('does not change while it is told: what becomes known meanwhile is for the next who asks', async () => {
    const log = new MemoryEventLog(() => now);
    const counts: number[] = [];
    const slowly = question({
      ...{ name: 'slowly', about: 'How many, and a moment later?', params: VisitorParams, reads: [guests] },
      answer: async (_, { rows }) => {
        counts.push(await rows.count(guests.table));
        const guestId = `late-${counts.length}`;
        const stay = { guestId, name: guestId, room: 'SINGLE', nights: 1, arrivedAt: day(2) };
        await lively.post('CheckIn', stay);
        await lively.application.settle();
        return counts.push(await rows.count(guests.table));
      },
    });
    const lively: Edge = await Edge.of(hotel(() => now, { log, questions: [slowly] }));
    await lively.get(`/reports/slowly?asOf=${day(3)}`);
    await lively.get(`/reports/slowly?asOf=${day(3)}`);
    expect(counts).toEqual([0, 0, 1, 1]);
    await lively.stop();
  });

  it('is offered on the pages only where it can be told', async () => {
    const { body } = await edge.get('/openapi.json');
    const paths = body['paths'] as Readonly<
      Record<string, { get: { parameters: readonly { name: string }[] } }>
    >;
    const names = (path: string) => paths[path]!.get.parameters.map(({ name }) => name);
    expect(names('/reports/occupancy')).toEqual(expect.arrayContaining(['room', 'asOf', 'knownAt', 'after']));
    expect(names('/reports/visitors')).toEqual(['name', 'after', 'wait', 'stale']);
  });

  it.each([
    ['asOf=yesterday', 'asOf', /ISO-8601/],
    ['knownAt=soon', 'knownAt', /a position that we gave, or an ISO-8601 instant/],
    ['knownAt=2024-02-30T00:00:00Z', 'knownAt', /instant/],
    ['knownAt=2024-03-21T09:00:00Z', 'knownAt', /lies in the future/],
  ])('%s is a 400 that names the parameter', async (query, field, message) => {
    for (const path of ['/reports/occupancy', '/guests', '/guests/first']) {
      const { status, body } = await edge.get(`${path}?${query}`);
      expect(status).toBe(400);
      expect(body.errors[0]).toMatchObject({ field, message: expect.stringMatching(message) as string });
    }
  });

  it('a clock that was set back does not make recorded what had not been', async () => {
    let clock = day(1);
    const back = await Edge.of(hotel(() => day(20), { log: new MemoryEventLog(() => clock) }));
    const comes = (guestId: string) =>
      back.post('CheckIn', { guestId, name: guestId, room: 'SINGLE', nights: 1 });
    for (const [guestId, at] of [
      ['a', day(1)],
      ['b', day(8)],
      ['c', day(3)],
    ] as const) {
      clock = at;
      await comes(guestId);
    }
    await back.application.settle();
    const known = async (at: string) => (await back.get(`/guests?knownAt=${at}`)).body.data.length;
    expect(await Promise.all([day(1), day(3), day(7), day(8)].map(known))).toEqual([1, 1, 1, 3]);
    await back.stop();
  });
});

describe('an answer that would have to know more than has been read', () => {
  let edge: Edge;
  /** One guest came; nobody has read it yet. */
  beforeEach(async () => {
    edge = await Edge.of(
      hotel(() => day(2), { log: new MemoryEventLog(() => day(1)) }),
      {},
      false,
    );
    const { plan, rows } = edge.application;
    await rows.open([LOG_MARKS, ...plan.readModels.flatMap(({ table, past }) => [table, past ?? table])]);
    await edge.post('CheckIn', { guestId: 'a', name: 'a', room: 'SINGLE', nights: 1 });
  });
  afterEach(() => edge.stop());

  const PATHS = ['/guests', '/guests/a', '/reports/occupancy'];
  const WISHES = ['after=1', 'knownAt=1', `knownAt=${day(1, 10)}`, `after=1&knownAt=0`];

  it.each(WISHES)('says so, with position and lag, when the wait runs out (%s)', async (wish) => {
    for (const path of PATHS) {
      const { status, body, headers } = await edge.get(`${path}?${wish}&wait=20`);
      expect([status, headers['retry-after']]).toEqual([503, '1']);
      expect(body).toMatchObject({
        ...{ code: 'NOT_YET', position: '0', after: '1' },
        lag: { events: 1, seconds: expect.any(Number) as number },
      });
    }
  });

  it.each(WISHES)(
    'is given all the same where that is allowed, and says that it is stale (%s)',
    async (wish) => {
      for (const path of ['/guests', '/reports/occupancy']) {
        const { status, body } = await edge.get(`${path}?${wish}&wait=20&stale=allow`);
        expect(status).toBe(200);
        expect(body.meta).toMatchObject({ stale: true, position: '0', lag: { events: 1 } });
      }
      expect((await edge.get('/reports/occupancy?wait=20&stale=allow')).body.meta).not.toHaveProperty(
        'stale',
      );
    },
  );

  it.each(WISHES.slice(0, 3))('waits until it is known (%s)', async (wish) => {
    const asked = edge.get(`/reports/occupancy?${wish}`);
    await edge.application.start();
    const { body } = await asked;
    expect(body.data.guests).toBe(1);
    expect(body.meta).not.toHaveProperty('stale');
  });

  it('is not waited for where so much is unread that nobody can tell how much had been recorded', async () => {
    const { plan } = edge.application;
    for (let n = 0; n < 10_000; n++)
      await plan.log.append(`x-${n}`, -1, [{ id: `${n}`, type: 'Unread', data: '{}', meta: '{}' }]);
    const asked = `/reports/occupancy?knownAt=${day(1, 10)}`;
    const { status, body } = await edge.get(asked);
    expect(status).toBe(503);
    expect(body).toMatchObject({ code: 'NOT_YET', position: '0', after: '10000', lag: { events: 10_001 } });
    const stale = await edge.get(`${asked}&stale=allow&wait=0`);
    expect(stale.body).toMatchObject({ data: { guests: 0 }, meta: { stale: true } });
    await edge.application.start();
    await edge.application.settle();
    expect((await edge.get(asked)).body.data.guests).toBe(1);
    const marks = await plan.rows.find(LOG_MARKS, { limit: 99 });
    await plan.rows.commit(
      marks.map(({ key }) => ({ table: LOG_MARKS, key, row: null })),
      [],
    );
    expect((await edge.get(asked)).status).toBe(503);
    expect((await edge.get(`${asked}&stale=allow`)).body).toMatchObject({
      ...{ data: { guests: 1 }, meta: { stale: true, position: '10001' } },
    });
  });
});
