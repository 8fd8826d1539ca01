import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { positionOf, START, Unavailable } from '@rapport/kernel';
import { availableDrivers, openDatabase, SqliteRowStore } from '.';

describe.each([...availableDrivers()])('rows in a file that others write to, %s', (driver) => {
  it('are waited for while somebody else writes, and then it is said that they are unavailable for now', async () => {
    const place = { ...newPlace(), driver };
    const rows = await SqliteRowStore.open({ ...place, patienceMs: 20 });
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
  it('are written as soon as the other has ended, and whoever waits does other things meanwhile', async () => {
    const place = { ...newPlace(), driver };
    const rows = await SqliteRowStore.open(place);
    const other = openDatabase(place, false);
    other.exec('begin immediate');
    const done: string[] = [];
    const waiting = rows
      .commit([], [{ subscriber: 'one', from: START, to: positionOf(1) }])
      .then(() => done.push('written'));
    await new Promise((go) => setTimeout(go, 20));
    done.push('something else');
    other.exec('commit');
    await waiting;
    expect(done).toEqual(['something else', 'written']);
    expect(await rows.position('one')).toBe(1);
    other.close();
    await rows.close();
  });
});

const newPlace = () => ({ file: join(mkdtempSync(join(tmpdir(), 'rapport-')), 'rows.sqlite') });
