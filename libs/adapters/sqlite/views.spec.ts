import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text, type View } from '@rapport/kernel';
import { availableDrivers, openDatabase, SqliteRowStore } from '.';

const table = { name: 'jars@1', columns: { owner: text() }, indexes: [] };
const jars: View = {
  ...{ name: 'jars', of: table, about: 'Whose jars are\nthere?' },
  columns: [
    { name: 'jar_id', column: 'key', as: 'text', about: 'Names the jar' },
    { name: 'owner', column: 'owner', as: 'text', about: 'Who opened it (SYS-01.1)' },
  ],
};

describe.each([...availableDrivers()])('views in a file, %s', (driver) => {
  const place = { file: join(mkdtempSync(join(tmpdir(), 'rapport-')), 'rows.sqlite'), driver };
  const asked = (sql: string) => {
    const db = openDatabase({ ...place, readonly: true }, false);
    const [row] = db.reading(sql).all([]);
    db.close();
    return row?.[0];
  };
  const publishing = async (...views: readonly View[]) => {
    const rows = await SqliteRowStore.open(place);
    await rows.open([table]);
    await rows.publish(views);
    await rows.close();
    return asked('pragma schema_version');
  };

  it('are not written again when they are there already', async () => {
    const before = await publishing(jars);
    expect(await publishing(jars)).toBe(before);
    expect(await publishing({ ...jars, about: 'Whose jars are there now?' })).not.toBe(before);
  });
  it('carry what they say, for whoever looks at the schema', async () => {
    await publishing(jars);
    expect(asked("select sql from sqlite_master where name = 'jars'")).toBe(
      [
        'CREATE VIEW "jars" AS -- Whose jars are there?',
        'SELECT',
        '  "key" AS "jar_id", -- Names the jar',
        '  "owner" AS "owner" -- Who opened it (SYS-01.1)',
        'FROM "jars@1"',
      ].join('\n'),
    );
  });
});
