import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { maybe, text, type Condition } from '@rapport/kernel';
import { selectionQuery } from './selection';
import { availableDrivers, SqliteRowStore } from '.';

const table = (name: string) => ({
  name,
  columns: { owner: text(), color: text() },
  indexes: [['owner'], ['color', 'owner']],
});

describe.each([...availableDrivers()])('indexes of a table that takes the place of another, %s', (driver) => {
  it('go along with it, and the next one of its name gets its own', async () => {
    const rows = await SqliteRowStore.open({ file: ':memory:', driver });
    const { db } = rows as unknown as {
      db: { reading(sql: string): { all(values: unknown[]): unknown[][] } };
    };
    const indexesOf = (name: string) =>
      db.reading("select count(*) from pragma_index_list(?) where origin = 'c'").all([name])[0]?.[0];
    const [live, copy, kept] = [table('jars@1'), table('jars@1~rebuild'), table('jars@1~before')];
    await rows.open([live]);
    for (let n = 0; n < 3; n++) {
      await rows.open([copy], n === 0 ? 'later' : 'now');
      await rows.replace([{ from: copy, to: live, kept }], []);
      await rows.open([live]);
      expect([indexesOf(live.name), indexesOf(kept.name)]).toEqual([2, 2]);
    }
    await rows.open([copy]);
    expect(indexesOf(copy.name)).toBe(2);
    await rows.close();
  });
});

describe.each([...availableDrivers()])('indexes of a file that two processes open at once, %s', (driver) => {
  it('are made by one of them, and the other goes on', async () => {
    const place = { file: join(mkdtempSync(join(tmpdir(), 'rapport-')), 'rows.sqlite'), driver };
    const [one, other] = [await SqliteRowStore.open(place), await SqliteRowStore.open(place)];
    const { db } = one as unknown as {
      db: { reading(sql: string): { all(values: unknown[]): unknown[][] } };
    };
    const reading = db.reading.bind(db);
    let isOvertaken = false;
    db.reading = (sql) => {
      const question = reading(sql);
      if (isOvertaken || !sql.includes('pragma_index_list')) return question;
      const all = (values: unknown[]) => {
        const found = question.all(values);
        isOvertaken = true;
        void other.open([table('jars@1')]); // done at once, after `one` has looked and before it makes any
        return found;
      };
      return { ...question, all };
    };
    await one.open([table('jars@1')]);
    expect(isOvertaken).toBe(true);
    const made = reading("select count(*) from pragma_index_list('jars@1') where origin = 'c'").all([]);
    expect(made).toEqual([[2]]);
    await one.close();
    await other.close();
  });
});

describe.each([...availableDrivers()])('the timers that are due, %s', (driver) => {
  it('are found by their index, however many are not due', async () => {
    const timers = {
      name: 'timers@1',
      columns: { dueAt: maybe(text()), dueType: text() },
      indexes: [['dueAt']],
    };
    const rows = await SqliteRowStore.open({ file: ':memory:', driver });
    await rows.open([timers]);
    const { db } = rows as unknown as {
      db: { reading(sql: string): { all(values: unknown[]): unknown[][] } };
    };
    const planOf = (where: readonly Condition[]) => {
      const { sql, values } = selectionQuery(timers, { where, orderBy: { column: 'dueAt' }, limit: 10 });
      return db
        .reading(`explain query plan ${sql}`)
        .all([...values])
        .flat()
        .map(String)
        .join('\n');
    };
    for (const where of [[['dueAt', '<=', '2024-03-01']], [['dueAt', '!=', null]]] as const) {
      expect(planOf(where)).toMatch(/SEARCH .* USING INDEX timers@1:dueAt \(dueAt/);
      expect(planOf(where)).not.toMatch(/SCAN|TEMP B-TREE FOR ORDER BY$/m);
    }
    await rows.close();
  });
});
