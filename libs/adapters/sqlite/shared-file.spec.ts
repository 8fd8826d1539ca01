import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { positionOf, START, text, Unavailable, type Table } from '@rapport/kernel';
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

describe.each([...availableDrivers()])('rows beside the file to which they belong, %s', (driver) => {
  const opened = async (count: number) => {
    const place = { ...newPlace(), driver };
    const rows = await SqliteRowStore.open(place);
    await rows.open([THINGS]);
    await rows.commit(
      Array.from({ length: count }, (_, n) => ({
        table: THINGS,
        key: `${n}`,
        row: { key: `${n}`, name: 'x' },
      })),
      [],
    );
    return { place, rows, size: () => statSync(place.file).size };
  };

  it('are moved there where there is time for it, so that no commit has to move them all', async () => {
    const { rows, size } = await opened(8_000);
    const before = size();
    await rows.tidyUp();
    expect(size()).toBeGreaterThan(before + 8_000);
    expect(await rows.count(THINGS)).toBe(8_000);
    await rows.close();
  });
  it('are left there where they are few: the next ones change the same pages', async () => {
    const { rows, size } = await opened(7_999);
    const before = size();
    await rows.tidyUp();
    expect(size()).toBe(before);
    await rows.close();
  });
  it('are moved as far as nobody is in the way: who writes or reads is neither waited for nor held up', async () => {
    const { place, rows } = await opened(8_000);
    const [writer, reader] = [openDatabase(place, false), openDatabase({ ...place, readonly: true }, false)];
    writer.exec('begin immediate');
    reader.exec('begin');
    const seen = () => reader.reading('select count(*) from things').first([])?.[0];
    expect(seen()).toBe(8_000);
    await rows.tidyUp();
    writer.exec('delete from things; commit');
    await rows.tidyUp();
    expect([seen(), await rows.count(THINGS)]).toEqual([8_000, 0]);
    reader.close();
    writer.close();
    await rows.close();
  });
});

const THINGS: Table = { name: 'things', columns: { name: text() }, indexes: [] };
const newPlace = () => ({ file: join(mkdtempSync(join(tmpdir(), 'rapport-')), 'rows.sqlite') });
