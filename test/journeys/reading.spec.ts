import { Edge, type Reply } from '../support/edge';
import { hotel } from '../support/small-hotel';

let now = '2024-03-01T09:00:00.000Z';
let edge: Edge;
const positions: string[] = [];
const checkIn = async (guestId: string, room: string, nights: number) => {
  const { body } = await edge.post('CheckIn', { guestId, name: guestId, room, nights });
  positions.push(body.position);
};
beforeAll(async () => {
  edge = await Edge.of(hotel(() => now));
  for (const [n, nights] of [3, 1, 2, 3, 5].entries())
    await checkIn(`g-${n}`, n % 2 ? 'DOUBLE' : 'SINGLE', nights);
  now = '2024-03-02T09:00:00.000Z';
  positions.push((await edge.post('CheckOut', { guestId: 'g-0' })).body.position);
  await edge.application.settle();
});
afterAll(() => edge.stop());

const keys = ({ body }: Reply) => body.data.map(({ key }) => String(key));

describe('a row', () => {
  it('comes with what the answer rests on', async () => {
    const { status, body } = await edge.get('/guests/g-1');
    expect(status).toBe(200);
    expect(body).toEqual({
      data: {
        ...{ key: 'g-1', room: 'DOUBLE', nights: 1, here: true, leftAt: null, notes: [] },
        arrivedAt: '2024-03-01T09:00:00.000Z',
      },
      meta: { position: '6', lag: { events: 0, seconds: 0 }, model: 'guests@2' },
    });
  });

  it('that nobody knows is a 404, and so is a model that nobody knows', async () => {
    expect((await edge.get('/guests/nobody')).body).toMatchObject({ status: 404, code: 'NO_SUCH_ROW' });
    expect((await edge.get('/guest/g-1')).body).toMatchObject({
      ...{ status: 404, code: 'UNKNOWN_QUESTION', near: ['guests'] },
    });
    expect((await edge.get('/a/b/c')).body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });

  it('stood otherwise yesterday', async () => {
    const asOf = '2024-03-01T18:00:00+01:00';
    const { body } = await edge.get(`/guests/g-0?asOf=${encodeURIComponent(asOf)}`);
    expect(body).toMatchObject({ data: { here: true }, meta: { asOf: '2024-03-01T17:00:00.000Z' } });
    expect((await edge.get('/guests/g-0')).body.data.here).toBe(false);
  });

  it('was not known yet at an earlier position', async () => {
    const known = await edge.get(`/guests/g-0?knownAt=${positions[0]}`);
    expect(known.body).toMatchObject({ data: { here: true }, meta: { knownAt: positions[0] } });
    expect((await edge.get(`/guests/g-4?knownAt=${positions[0]}`)).status).toBe(404);
  });

  it('has no past where the model keeps none', async () => {
    const { status, body } = await edge.get('/visits/g-0?asOf=2024-03-01T18:00:00Z');
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'NO_HISTORY', detail: expect.stringContaining('visits') as string });
  });
});

describe('a list of rows', () => {
  it('is filtered by equality, by several values, by bounds, by what is empty', async () => {
    expect(keys(await edge.get('/guests?room=DOUBLE'))).toEqual(['g-1', 'g-3']);
    expect(keys(await edge.get('/guests?nights=1&nights=5'))).toEqual(['g-1', 'g-4']);
    expect(keys(await edge.get('/guests?nights_min=2&nights_max=3'))).toEqual(['g-0', 'g-2', 'g-3']);
    expect(keys(await edge.get('/guests?room_not=DOUBLE&here=true'))).toEqual(['g-2', 'g-4']);
    expect(keys(await edge.get('/guests?leftAt_null=false'))).toEqual(['g-0']);
    expect(keys(await edge.get('/guests?leftAt_min=2024-03-02T10:00:00%2B01:00'))).toEqual(['g-0']);
    expect(keys(await edge.get('/guests?leftAt_min=2024-03-02T10:00:00Z'))).toEqual([]);
    expect(keys(await edge.get('/guests?here=true&asOf=2024-03-01T18:00:00Z'))).toHaveLength(5);
  });

  it('is turned page by page, in any order, without losing or repeating a row', async () => {
    const seen: string[] = [];
    let next: string | undefined;
    do {
      const cursor = next === undefined ? '' : `&cursor=${next}`;
      const page = await edge.get(`/guests?orderBy=-nights&limit=2${cursor}`);
      seen.push(...keys(page));
      next = page.body.meta.next;
    } while (next !== undefined);
    expect(seen).toEqual(['g-4', 'g-3', 'g-0', 'g-2', 'g-1']);
  });

  it('refuses a cursor of another order, of another model, or made up', async () => {
    const { body } = await edge.get('/guests?orderBy=-nights&limit=2');
    const wrong = [
      `/guests?cursor=${body.meta.next}`,
      `/visits?cursor=${body.meta.next}`,
      '/guests?cursor=abc',
    ];
    for (const url of wrong)
      expect((await edge.get(url)).body).toMatchObject({ status: 400, code: 'BAD_CURSOR' });
  });

  it.each([
    ['/guests?color=red', 'color', /allowed: key, room, .*orderBy/],
    ['/guests?notes=x', 'notes', /no parameter/],
    ['/guests?nights=many', 'nights', /a number/],
    ['/guests?here=yes', 'here', /true or false/],
    ['/guests?leftAt_null=1', 'leftAt_null', /true or false/],
    ['/guests?nights_min=1&nights_min=2', 'nights_min', /once/],
    ['/guests?limit=501', 'limit', /500/],
    ['/guests?limit=0', 'limit', /1/],
    ['/guests?orderBy=color', 'orderBy', /allowed: key, room/],
    ['/guests?asOf=yesterday', 'asOf', /ISO-8601/],
    ['/guests?after=soon', 'after', /position/],
    ['/guests?stale=yes', 'stale', /allow/],
    ['/guests/g-1?room=DOUBLE', 'room', /allowed: after/],
  ])('%s is a 400 that names the parameter', async (url, field, message) => {
    const { status, body } = await edge.get(url);
    expect(status).toBe(400);
    expect(body.errors[0]).toMatchObject({ field, message: expect.stringMatching(message) as string });
  });
});

describe('reading your own write', () => {
  it('waits for the position that the command answered', async () => {
    await checkIn('g-9', 'SINGLE', 1);
    const { body } = await edge.get(`/guests/g-9?after=${positions.at(-1)}`);
    expect(body).toMatchObject({ data: { nights: 1 }, meta: { lag: { events: 0 } } });
  });

  it('says 503 with position and lag when the wait runs out, or answers anyway where that is allowed', async () => {
    const late = await edge.get('/guests?after=1000&wait=20');
    expect(late.status).toBe(503);
    expect(late.body).toMatchObject({ code: 'NOT_YET', position: '7', lag: { events: 0 }, after: '1000' });
    expect(late.headers['retry-after']).toBe('1');
    const stale = await edge.get('/guests/g-9?after=1000&wait=20&stale=allow');
    expect(stale.body).toMatchObject({ data: { nights: 1 }, meta: { stale: true, position: '7' } });
  });

  it('knows how far behind it is', async () => {
    const slow = await Edge.of(
      hotel(() => now),
      {},
      false,
    );
    await slow.application.rows.open(slow.application.plan.readModels.map(({ table }) => table));
    await slow.post('CheckIn', { guestId: 'a', name: 'a', room: 'SINGLE', nights: 1 });
    const { body } = await slow.get('/guests');
    expect(body.meta).toMatchObject({
      position: '0',
      lag: { events: 1, seconds: expect.any(Number) as number },
    });
    await slow.stop();
  });
});

describe('a report', () => {
  it('takes its parameters from the query string: numbers as numbers, flags as flags', async () => {
    const { body } = await edge.get('/reports/occupancy?nightsMin=2&here=true&room=SINGLE');
    expect(body).toMatchObject({
      data: { guests: 2, now },
      meta: { report: 'occupancy', models: ['guests@2'], lag: { events: 0 } },
    });
    expect((await edge.get('/reports/occupancy?here=false')).body.data.guests).toBe(1);
  });

  it('names what is wrong with them', async () => {
    const wrong = await edge.get('/reports/occupancy?nightsMin=99&here=yes');
    expect(wrong.body.errors.map(({ field }: { field: string }) => field)).toEqual(['nightsMin', 'here']);
    const unknown = await edge.get('/reports/occupancy?floor=2');
    expect(unknown.body.errors[0]?.message).toContain('allowed: room, nightsMin, here, after');
    expect((await edge.get('/reports/ocupancy')).body).toMatchObject({ status: 404, near: ['occupancy'] });
    expect((await edge.get('/reports/occupancy?after=1000&wait=1')).body.code).toBe('NOT_YET');
  });

  it('stands in the list with its parameters', async () => {
    const { body } = await edge.get('/reports');
    expect(body.data).toEqual([
      expect.objectContaining({ name: 'occupancy', about: 'How many guests are here?', reads: ['guests@2'] }),
    ]);
    expect(body.data[0]!.params!.properties!.nightsMin).toMatchObject({ type: 'integer', maximum: 30 });
  });
});

describe('the history of one aggregate', () => {
  const supervisor = { 'x-actor-id': 'sue', 'x-actor-role': 'SUPERVISOR' };

  it('says who, what, when and why', async () => {
    const { body } = await edge.get('/history/stay-g-0', supervisor);
    expect(body.meta).toEqual({ stream: 'stay-g-0' });
    expect(body.data).toHaveLength(2);
    expect(body.data[0]).toMatchObject({
      ...{ type: 'GuestArrived', revision: 0, position: '1', occurredAt: '2024-03-01T09:00:00.000Z' },
      ...{ data: { name: 'g-0', room: 'SINGLE' }, actor: { id: 'anonymous', role: 'NONE' }, source: 'http' },
    });
  });

  it('keeps personal fields from roles that have no right to them', async () => {
    for (const role of ['AUDITOR', 'ANALYST', 'NONE', 'WHOEVER']) {
      const { body } = await edge.get('/history/stay-g-0', { 'x-actor-id': 'x', 'x-actor-role': role });
      expect(body.data[0]!.data).toMatchObject({ name: '(sealed)', room: 'SINGLE' });
    }
  });

  it('shows that a person was forgotten', async () => {
    await edge.application.plan.keys.forget('g-3', now);
    for (const headers of [supervisor, {}]) {
      const { body } = await edge.get('/history/stay-g-3', headers);
      expect(body.data[0]!.data!.name).toBe('(erased)');
    }
  });

  it('is read in parts', async () => {
    const { body } = await edge.get('/history/stay-g-0?limit=1', supervisor);
    expect(body).toMatchObject({ data: [{ revision: 0 }], meta: { next: '1' } });
    const rest = await edge.get(`/history/stay-g-0?from=${body.meta.next}`, supervisor);
    expect(rest.body).toMatchObject({ data: [{ revision: 1, type: 'GuestLeft' }] });
    expect((await edge.get('/history/stay-nobody')).body).toMatchObject({
      status: 404,
      code: 'NO_SUCH_STREAM',
    });
    expect((await edge.get('/history/stay-g-0?page=2')).status).toBe(400);
  });
});

const columnsOfGuests = [
  { name: 'room', kind: 'text', optional: false, about: 'SINGLE or DOUBLE' },
  {
    ...{ name: 'nights', kind: 'integer', optional: false },
    ...{ about: 'How long the guest stays', unit: 'nights', source: 'SYS-01.1' },
  },
  { name: 'here', kind: 'flag', optional: false, about: '' },
  { name: 'arrivedAt', kind: 'instant', optional: false, about: 'When the guest came' },
  { name: 'leftAt', kind: 'instant', optional: true, about: 'When the guest went; null: still here' },
  { name: 'notes', kind: 'json', optional: false, about: '' },
];

describe('the catalogue', () => {
  it('names all that can be wanted, happen and be asked', async () => {
    const { body } = await edge.get('/catalogue');
    expect(body.aggregates[0]).toMatchObject({
      ...{ name: 'stay', stream: 'stay-{guestId}', commands: ['CheckIn', 'CheckOut'] },
      events: [{ type: 'GuestArrived', version: 1, personal: ['name'] }, { type: 'GuestLeft' }],
    });
    expect(body.readModels[0]).toMatchObject({ question: 'guests', model: 'guests@2', history: true });
    expect(body.readModels[0]).toMatchObject({ per: 'guest', columns: columnsOfGuests });
    expect(body.reports).toEqual([{ name: 'occupancy', about: 'How many guests are here?' }]);
    expect(body.policies).toHaveLength(1);
  });
});
