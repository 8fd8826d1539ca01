import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { positionOf, START, Unavailable } from '@rapport/kernel';
import { availableDrivers, openDatabase, SqliteRowStore } from '.';

describe.each([...availableDrivers()])('rows in a file that others write to, %s', (driver) => {
  it('are waited for while somebody else writes, and then it is said that they are unavailable for now', async () => {
    const place = { file: join(mkdtempSync(join(tmpdir(), 'rapport-')), 'rows.sqlite'), driver };
    const rows = await SqliteRowStore.open(place);
    const { db } = rows as unknown as { db: { exec(sql: string): void } };
    db.exec('pragma busy_timeout = 20');
    const other = openDatabase(place, false);
    other.exec('begin immediate');
    const commit = () => rows.commit([], [{ subscriber: 'one', from: START, to: positionOf(1) }]);
    await expect(commit()).rejects.toBeInstanceOf(Unavailable);
    other.exec('commit');
    await commit();
    expect(await rows.position('one')).toBe(1);
    other.close();
    await rows.close();
  });
});
