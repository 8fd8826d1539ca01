import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AlreadyOwned, availableDrivers, isOwned, SqliteEventLog } from '.';

describe.each([...availableDrivers()])('a log file, %s', (driver) => {
  const place = () => ({ file: join(mkdtempSync(join(tmpdir(), 'rapport-')), 'log.sqlite'), driver });

  it('has one writer: the second is told at once who has it', async () => {
    const at = place();
    const log = await SqliteEventLog.open(at);
    const second = await SqliteEventLog.open(at).catch((error: unknown) => error as Error);
    expect(second).toBeInstanceOf(AlreadyOwned);
    expect((second as Error).message).toContain(`in use by process ${process.pid}`);
    await log.close();
  });
  it('is free again when its writer has closed it', async () => {
    const at = place();
    for (let n = 0; n < 3; n++) await (await SqliteEventLog.open(at)).close();
  });
  it('tells whether somebody has it, without taking it', async () => {
    const at = place();
    expect(isOwned(at.file, driver)).toBe(false);
    const log = await SqliteEventLog.open(at);
    expect([isOwned(at.file, driver), isOwned(at.file, driver)]).toEqual([true, true]);
    await log.close();
    expect(isOwned(at.file, driver)).toBe(false);
    await (await SqliteEventLog.open(at)).close();
  });
  it('can be read by others meanwhile', async () => {
    const at = place();
    const log = await SqliteEventLog.open(at);
    await log.append('a-1', -1, [{ id: '1', type: 'Done', data: '{}', meta: '{}' }]);
    const reader = await SqliteEventLog.open({ ...at, readonly: true });
    expect(await reader.readStream('a-1')).toHaveLength(1);
    await expect(reader.append('a-1', 0, [])).rejects.toThrow('reading only');
    await reader.close();
    await log.close();
  });
  it('never forgets or changes an event', async () => {
    const log = await SqliteEventLog.open(place());
    await log.append('a-1', -1, [{ id: '1', type: 'Done', data: '{}', meta: '{}' }]);
    const { db } = log as unknown as { db: { exec(sql: string): void } };
    expect(() => db.exec('delete from events')).toThrow('never deleted');
    expect(() => db.exec("update events set data = ''")).toThrow('never changed');
    await log.close();
  });
});
