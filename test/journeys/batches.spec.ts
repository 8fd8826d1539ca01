import { Edge, type Reply } from '../support/edge';
import { hotel } from '../support/small-hotel';

let edge: Edge;
const LIMITS = {
  RAPPORT_BATCH_LINES_MAX: '50',
  RAPPORT_BATCH_LINE_BYTES_MAX: '1024',
  RAPPORT_BATCH_BYTES_MAX: '65536',
};
beforeEach(
  async () =>
    void (edge = await Edge.of(
      hotel(() => '2024-03-01T09:00:00.000Z'),
      LIMITS,
    )),
);
afterEach(() => edge.stop());

const guest = (guestId: string) => ({ guestId, name: 'Ann', room: 'SINGLE', nights: 1 });
const line = (type: string, data: object, commandId?: string) => JSON.stringify({ type, commandId, data });
const batch = (lines: readonly string[], query = '', headers = {}): Promise<Reply> =>
  edge.post(`/commands${query}`, lines.join('\n'), { 'content-type': 'application/x-ndjson', ...headers });
const answersOf = ({ text }: Reply) =>
  text
    .trim()
    .split('\n')
    .map((one) => JSON.parse(one) as Record<string, unknown>);

describe('a batch of commands', () => {
  it('is answered line by line; a broken line fails alone and names its number', async () => {
    const lines = [
      line('CheckIn', guest('a'), 'import-1'),
      '{"type": "CheckIn", ',
      '',
      line('CheckIn', { guestId: 'b' }),
      line('CheckIn', guest('a')),
      line('Chekout', guest('a')),
      '{"type": "CheckOut"}',
      line('CheckOut', { guestId: 'a' }),
    ];
    const reply = await batch(lines);
    expect(reply).toMatchObject({ status: 200, type: 'application/x-ndjson' });
    expect(answersOf(reply)).toEqual([
      expect.objectContaining({ line: 1, status: 200, commandId: 'import-1', position: '1' }),
      expect.objectContaining({ line: 2, status: 400, code: 'MALFORMED_JSON', position: 20 }),
      expect.objectContaining({ line: 4, status: 400, code: 'INVALID' }),
      expect.objectContaining({ line: 5, status: 409, code: 'GUEST_HERE' }),
      expect.objectContaining({ line: 6, status: 404, near: ['CheckOut'] }),
      expect.objectContaining({ line: 7, status: 400, code: 'NOT_A_COMMAND' }),
      expect.objectContaining({ line: 8, status: 200, events: ['GuestLeft'] }),
    ]);
  });

  it('that is sent again under its key is done once', async () => {
    const lines = [line('CheckIn', guest('a')), line('CheckIn', guest('b'))];
    await batch(lines, '', { 'idempotency-key': 'monday' });
    const again = answersOf(await batch(lines, '', { 'idempotency-key': 'monday' }));
    expect(again).toEqual([
      expect.objectContaining({ status: 200, repeated: true, commandId: 'monday:1' }),
      expect.objectContaining({ status: 200, repeated: true, commandId: 'monday:2' }),
    ]);
    expect(await edge.application.store.log.head()).toBe(2);
  });

  it('may go side by side, and the lines of one aggregate still keep their order', async () => {
    const pairs = Array.from({ length: 20 }, (_, n) => [
      line('CheckIn', guest(`g-${n}`)),
      line('CheckOut', { guestId: `g-${n}` }),
    ]);
    const answers = answersOf(await batch(pairs.flat(), '?order=stream'));
    expect(answers.map(({ line }) => line)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
    expect(answers.every(({ events }) => (events as string[]).length === 1)).toBe(true);
    expect((await batch([], '?order=random')).body).toMatchObject({ status: 400, code: 'UNKNOWN_ORDER' });
  });

  it('has limits: lines, their length, the whole', async () => {
    const many = await batch(Array.from({ length: 51 }, () => line('CheckOut', { guestId: 'a' })));
    expect(many.body).toMatchObject({ status: 413, code: 'TOO_MANY_LINES' });
    const long = answersOf(await batch([line('CheckIn', { ...guest('a'), name: 'x'.repeat(1_100) })]));
    expect(long).toEqual([expect.objectContaining({ line: 1, status: 413, code: 'LINE_TOO_LONG' })]);
    expect((await batch(['x'.repeat(70_000)])).body).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' });
  });

  it('is lines, not JSON', async () => {
    expect((await edge.post('/commands', {})).body).toMatchObject({
      status: 415,
      code: 'WRONG_CONTENT_TYPE',
    });
  });
});
