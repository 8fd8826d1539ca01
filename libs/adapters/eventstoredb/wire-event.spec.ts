import type { AllStreamRecordedEvent } from '@eventstore/db-client';
import fc from 'fast-check';
import { idFrom, Refusal, type LogEvent } from '@rapport/kernel';
import { APPEND_BYTES_MAX, fromWire, toWire, type WireEvent } from './wire-event';

const AT = {
  revision: 3n,
  position: { commit: 512n, prepare: 512n },
  created: new Date('2024-03-01T09:00:00.123Z'),
};

/** What the client makes of it on the way to the server and back. */
const received = ({ id, type, data, metadata, contentType }: WireEvent, streamId = 'ticket-1') => {
  const isJson = contentType === 'application/json';
  const text = Buffer.from(metadata as Uint8Array).toString();
  return {
    ...{ id, type, isJson, streamId, ...AT },
    data: isJson ? (JSON.parse(JSON.stringify(data)) as object) : data,
    metadata: JSON.parse(text) as object,
  } as unknown as AllStreamRecordedEvent;
};
const sent = (event: LogEvent, recordedAt?: string, namespace = '') =>
  toWire([event], namespace, recordedAt ? [recordedAt] : undefined)[0]!;
const event = (more: Partial<LogEvent> = {}): LogEvent => ({
  ...{ id: idFrom('1'), type: 'TicketRegistered', data: '{"a":1}', meta: '{"occurredAt":"now"}' },
  ...more,
});

/** Texts of every kind: JSON as we write it, JSON as nobody does, and no JSON at all. */
const text = fc.oneof(
  fc.json(),
  fc.json().map((json) => ` ${json} `),
  fc.dictionary(fc.string(), fc.jsonValue()).map((object) => JSON.stringify(object)),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '{}',
    '[]',
    'null',
    '1e400',
    '{"a":1,"a":2}',
    '{"$eventId":"x"}',
    '{"$meta":"{}"}',
    '9007199254740993',
  ),
);

describe('an event on its way to the server and back', () => {
  it('is the same to the letter, whatever its texts are', () => {
    fc.assert(
      fc.property(
        text,
        text,
        fc.boolean(),
        fc.constantFrom('', 'ours.'),
        (data, meta, isCopied, namespace) => {
          const given = event({ data, meta });
          const wire = sent(given, isCopied ? '2020-01-01T00:00:00.000Z' : undefined, namespace);
          const back = fromWire(received(wire, `${namespace}ticket-1`), namespace);
          expect(back).toEqual({
            ...given,
            ...{ stream: 'ticket-1', revision: 3, position: 512 },
            recordedAt: isCopied ? '2020-01-01T00:00:00.000Z' : AT.created.toISOString(),
          });
        },
      ),
      { numRuns: 2_000 },
    );
  });
  it('is JSON for the tools of the server, with our envelope as it is', () => {
    const wire = sent(event());
    expect(wire).toMatchObject({ contentType: 'application/json', data: { a: 1 } });
    expect(Buffer.from(wire.metadata as Uint8Array).toString()).toBe(
      `{"occurredAt":"now","$eventId":"${idFrom('1')}"}`,
    );
  });
  it('has one id on the wire as long as its text is the same, and another when it is not', () => {
    expect(sent(event()).id).toBe(sent(event()).id);
    for (const other of [{ data: '{"a":2}' }, { meta: '{}' }, { id: idFrom('2') }, { type: 'T' }])
      expect(sent(event(other)).id).not.toBe(sent(event()).id);
  });
  it('weighs no more than one append takes, bodies and envelopes together: else it is refused with its size', () => {
    const filling = (bytes: number) => event({ data: JSON.stringify({ x: 'x'.repeat(bytes) }) });
    expect(toWire([filling(APPEND_BYTES_MAX / 2), filling(APPEND_BYTES_MAX / 2 - 1_000)], '')).toHaveLength(
      2,
    );
    const tooMuch = () => toWire([filling(APPEND_BYTES_MAX / 2), filling(APPEND_BYTES_MAX / 2)], '');
    expect(tooMuch).toThrow(Refusal);
    expect(tooMuch).toThrow(/these events weigh 10\d{5} bytes; one append takes 1048576/);
  });
});

describe('what else lies in the log of a server', () => {
  it.each([
    ['an event of another program', { metadata: { occurredAt: 'now' } }],
    ['an event without metadata', { metadata: undefined }],
    ['an event with bytes for metadata', { metadata: Uint8Array.from([1]) }],
    ['a stream of the server', { streamId: '$$ticket-1' }],
    ['a link', { type: '$>' }],
    ['a stream of another namespace', { streamId: 'theirs.ticket-1' }],
  ])('is not ours: %s', (_, more) => {
    const ours = received(sent(event(), undefined, 'ours.'), 'ours.ticket-1');
    expect(fromWire(ours, 'ours.')).toMatchObject({ stream: 'ticket-1' });
    const record = { ...ours, ...more };
    expect(fromWire(record, 'ours.')).toBeNull();
  });
  it.each([
    ['', 'ours.'],
    ['ours.', 'ours.eu.'],
    ['crm', 'crm2'],
  ])('is not ours where one namespace begins as another does: %j and %j', (short, long) => {
    const theirs = received(sent(event(), undefined, long), `${long}ticket-1`);
    expect(fromWire(theirs, long)).toMatchObject({ stream: 'ticket-1' });
    expect(fromWire(theirs, short)).toBeNull();
  });
  it('a tombstone is passed over before its revision is looked at', () => {
    const tombstone = { ...received(sent(event())), type: '$streamDeleted', revision: 2n ** 63n - 1n };
    expect(fromWire(tombstone, '')).toBeNull();
  });
  it('a place with two halves, or beyond exact numbers, is no place', () => {
    const at = (commit: bigint, prepare: bigint) =>
      fromWire({ ...received(sent(event())), position: { commit, prepare } }, '');
    expect(() => at(2n, 1n)).toThrow('not one number');
    expect(() => at(2n ** 53n, 2n ** 53n)).toThrow('beyond 2^53');
  });
});
