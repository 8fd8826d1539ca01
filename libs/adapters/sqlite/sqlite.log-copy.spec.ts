import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventHash, GENESIS, HistoryDamaged, START, type LoggedEvent, type Position } from '@rapport/kernel';
import { AlreadyOwned, availableDrivers, SqliteEventLog, SqliteLogCopy } from '.';

/** Events of another log, with gaps between their positions, each chained to the one before it in its stream. */
const history = (...streams: readonly string[]): LoggedEvent[] => {
  const tips = new Map<string, { readonly revision: number; readonly hash: string }>();
  return streams.map((stream, n) => {
    const { revision: last, hash } = tips.get(stream) ?? { revision: -1, hash: GENESIS };
    const event = {
      ...{ id: `id-${n}`, type: 'Done', data: `{"n":${n}}`, meta: JSON.stringify({ previousHash: hash }) },
      ...{ stream, revision: last + 1, position: (100 * (n + 1)) as Position },
      recordedAt: `2024-03-01T09:00:00.00${n % 10}Z`,
    };
    tips.set(stream, { revision: last + 1, hash: eventHash(stream, last + 1, event) });
    return event;
  });
};

describe.each([...availableDrivers()])('a copy of a log, %s', (driver) => {
  const place = () => ({ file: join(mkdtempSync(join(tmpdir(), 'rapport-')), 'copy.sqlite'), driver });
  const opened = async () => {
    const at = { ...place(), of: 'crm on server one' };
    return { at, copy: await SqliteLogCopy.open(at) };
  };
  const events = history('a', 'b', 'a', 'b', 'c', 'a');

  it('keeps events as they are, and answers as the log does', async () => {
    const { copy } = await opened();
    await copy.take(events.slice(0, 4));
    await copy.take(events.slice(4));
    expect(await copy.readAll(START, 99)).toEqual(events);
    expect(await copy.readAll(250 as Position, 2)).toEqual(events.slice(2, 4));
    expect(await copy.readAt([500, 100, 123] as Position[])).toEqual([events[0], events[4]]);
    expect([await copy.head(), await copy.countAfter(299 as Position)]).toEqual([600, 4]);
    await copy.close();
  });
  it('passes over what it has, and goes on after it was closed', async () => {
    const { at, copy } = await opened();
    await copy.take(events.slice(0, 4));
    await copy.take(events.slice(1, 5));
    await copy.close();
    const again = await SqliteLogCopy.open(at);
    await again.take(events);
    await again.take([]);
    expect(await again.readAll(START, 99)).toEqual(events);
    await again.close();
  });
  const changed = (n: number, by: Partial<LoggedEvent>) =>
    events.map((event, m) => (m === n ? { ...event, ...by } : event));
  const damaged: readonly (readonly [string, readonly LoggedEvent[], string])[] = [
    ['a changed text', changed(0, { data: '{"n":9}' }), 'a revision 1 (position 300)'],
    ['a link to something else', changed(2, { meta: '{"previousHash":"0"}' }), 'a revision 1 (position 300)'],
    ['a link that was taken away', changed(2, { meta: '{}' }), 'a revision 1 (position 300)'],
    ['an event that was left out', events.filter((_, n) => n !== 2), 'a revision 2 (position 600)'],
    ['a first event that was left out', events.slice(1), 'a revision 1 (position 300)'],
    [
      'an event twice',
      [...events, { ...events[5]!, position: 700 as Position }],
      'a revision 2 (position 700)',
    ],
    ['a place that goes back', changed(4, { position: 350 as Position }), 'c revision 0 (position 350)'],
    ['two events at one place', changed(4, { position: 400 as Position }), 'c revision 0 (position 400)'],
  ];
  it.each(damaged)('notices %s, names it, and keeps nothing of that batch', async (_, batch, where) => {
    const { copy } = await opened();
    const error = await copy.take(batch).catch((reason: unknown) => reason as Error);
    expect(error).toBeInstanceOf(HistoryDamaged);
    expect((error as Error).message).toContain(where);
    expect(await copy.head()).toBe(START);
    await copy.take(events);
    expect(await copy.readAll(START, 99)).toEqual(events);
    await copy.close();
  });
  it.each<[string, Partial<LoggedEvent>]>([
    ['text', { data: '{"n":9}' }],
    ['time', { recordedAt: '2020-01-01T00:00:00.000Z' }],
    ['stream', { stream: 'z' }],
  ])('notices that an event it has comes with another %s', async (_, by) => {
    const { copy } = await opened();
    await copy.take(events);
    await expect(copy.take([{ ...events[3]!, ...by }])).rejects.toThrow(HistoryDamaged);
    await copy.close();
  });
  it('checks a stream also when it has not met it since it was opened', async () => {
    const { at, copy } = await opened();
    await copy.take(events.slice(0, 5));
    await copy.close();
    const again = await SqliteLogCopy.open(at);
    const forged = { ...events[5]!, meta: JSON.stringify({ previousHash: GENESIS }) };
    await expect(again.take([forged])).rejects.toThrow('a revision 2 (position 600)');
    await again.take([events[5]!]);
    await again.close();
  });

  it('is of one log for ever', async () => {
    const { at, copy } = await opened();
    await copy.close();
    await expect(SqliteLogCopy.open({ ...at, of: "o'ther" })).rejects.toThrow('copy of crm on server one');
    await expect(SqliteEventLog.open(at)).rejects.toThrow('takes no events of its own');
  });
  it('is never made of a log that has events of its own', async () => {
    const at = place();
    await (await SqliteEventLog.open(at)).close();
    await expect(SqliteLogCopy.open({ ...at, of: 'other' })).rejects.toThrow('a log of its own');
  });
  it('is filled by one process, and read by others meanwhile', async () => {
    const { at, copy } = await opened();
    await expect(SqliteLogCopy.open(at)).rejects.toThrow(AlreadyOwned);
    const reader = await SqliteEventLog.open({ ...at, readonly: true });
    await copy.take(events);
    expect(await reader.readAll(START, 99)).toEqual(events);
    expect(await reader.readStream('a')).toHaveLength(3);
    await reader.close();
    await copy.close();
  });
});
