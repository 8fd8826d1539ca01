import { text } from '@rapport/kernel';
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
