import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, SqliteEventLog } from '@rapport/adapters/sqlite';
import { verifyLog, type Verdict } from '@rapport/kernel';

import { jarApplication, send, sqliteStores } from '../support/jar-application';
import { FillJar, OpenJar } from '../support/jars';

const JARS = ['a', 'b', 'c'];
const FILLS = 120;

/** A history of three streams, written and sealed; then somebody opens the file and changes it behind our back. */
const tampered = async (sql: string): Promise<Verdict> => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-tamper-'));
  const app = jarApplication(await sqliteStores(folder), { policies: [] });
  await app.start();
  for (const jarId of JARS) await send(app, `open ${jarId}`, OpenJar.of({ jarId, color: 'red' }));
  for (let n = 0; n < FILLS; n++)
    for (const jarId of JARS) await send(app, `${jarId} ${n}`, FillJar.of({ jarId, drops: 1 }));
  await app.settle();
  await app.stop();
  const db = openDatabase({ file: join(folder, 'log.sqlite') }, false);
  db.exec(`drop trigger events_stay; drop trigger events_hold; ${sql}`);
  db.close();
  const log = await SqliteEventLog.open({ file: join(folder, 'log.sqlite'), readonly: true });
  const { rows } = await sqliteStores(join(folder)).then(async (stores) => {
    await stores.log.close();
    return stores;
  });
  const verdict = await verifyLog(log, rows);
  await log.close();
  await rows.close();
  rmSync(folder, { recursive: true });
  return verdict;
};
const at = (stream: string, revision: number) => `where stream = '${stream}' and revision = ${revision}`;

describe('somebody who changes history behind our back', () => {
  it('is not suspected when nothing was changed', async () => {
    expect(await tampered('select 1')).toMatchObject({
      intact: true,
      events: 363,
      streams: 3,
      sealed: 363,
      findings: [],
    });
  });
  it.each([
    [
      'one letter of the data',
      `update events set data = replace(data, '"drops":1', '"drops":2') ${at('jar-b', 7)}`,
      7,
    ],
    [
      'who did it',
      `update events set meta = replace(meta, '"actorId":"ann"', '"actorId":"bob"') ${at('jar-b', 50)}`,
      50,
    ],
    [
      'the last event of a stream',
      `update events set data = replace(data, '"drops":1', '"drops":9') ${at('jar-b', FILLS)}`,
      FILLS,
    ],
    ['the type of an event', `update events set type = 'JarOpened' ${at('jar-b', 9)}`, 9],
  ])('is found out: %s', async (_, sql, revision) => {
    const verdict = await tampered(sql);
    expect(verdict.intact).toBe(false);
    expect(verdict.findings).toContainEqual(
      expect.objectContaining({ kind: 'EVENT_CHANGED', stream: 'jar-b', revision }),
    );
  });
  it('is found out when an event was dropped, also the last one of its stream', async () => {
    for (const revision of [20, FILLS])
      expect((await tampered(`delete from events ${at('jar-c', revision)}`)).findings).toContainEqual(
        expect.objectContaining({ kind: 'EVENT_MISSING', stream: 'jar-c', revision }),
      );
  });
  it('is found out when a whole stream was dropped', async () => {
    const { findings } = await tampered(`delete from events where stream = 'jar-a'`);
    expect(findings).toContainEqual(
      expect.objectContaining({ kind: 'EVENT_MISSING', stream: 'jar-a', revision: 0 }),
    );
  });
  it('is found out when two events changed places', async () => {
    const swap = `update events set revision = 1000 ${at('jar-a', 5)};
      update events set revision = 5 ${at('jar-a', 6)}; update events set revision = 6 ${at('jar-a', 1000)}`;
    const { findings } = await tampered(swap);
    expect(findings).toContainEqual(expect.objectContaining({ kind: 'EVENT_CHANGED', stream: 'jar-a' }));
  });
  it('is found out when the time of recording was changed, which no chain of a stream can hold', async () => {
    const { intact, findings } = await tampered(
      `update events set recordedAt = '2020-01-01T00:00:00.000Z' ${at('jar-a', 5)}`,
    );
    expect(intact).toBe(false);
    expect(findings).toContainEqual(expect.objectContaining({ kind: 'SEAL_BROKEN' }));
  });
  it('cannot do it through the log itself', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rapport-tamper-'));
    await (await SqliteEventLog.open({ file: join(folder, 'log.sqlite') })).close();
    const db = openDatabase({ file: join(folder, 'log.sqlite') }, false);
    db.exec(`insert into events values (1, 's', 0, 'i', 'T', '{}', '{}', '')`);
    expect(() => db.exec('delete from events')).toThrow('never deleted');
    expect(() => db.exec(`update events set data = ''`)).toThrow('never changed');
    db.close();
    rmSync(folder, { recursive: true });
  });
});
