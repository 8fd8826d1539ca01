import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MemoryKeyRing } from '@rapport/adapters/memory';
import { PostgresKeyRing } from '@rapport/adapters/postgres';
import { SqliteKeyRing } from '@rapport/adapters/sqlite';
import { postgresIsHere, startPostgres, type PostgresServer } from '../support/postgres/server';
import { installedDrivers, newFile } from '../support/sqlite-places';
import { keyRingContract } from './key-ring.contract';

keyRingContract('memory', async () => {
  const ring = new MemoryKeyRing();
  return { ring, close: () => ring.close() };
});

for (const driver of installedDrivers()) {
  keyRingContract(`sqlite, ${driver}`, async () => {
    const place = { file: newFile('keys.sqlite'), driver };
    const ring = await SqliteKeyRing.open(place);
    let now = ring;
    const reopen = async () => {
      await now.close();
      return (now = await SqliteKeyRing.open(place));
    };
    return { ring, reopen, close: () => now.close() };
  });

  it(`leaves no byte of a forgotten key in any file (sqlite, ${driver})`, async () => {
    const file = newFile('keys.sqlite');
    const ring = await SqliteKeyRing.open({ file, driver });
    const { bytes } = await ring.of('ann');
    const inFiles = () =>
      readdirSync(dirname(file)).filter((each) => readFileSync(join(dirname(file), each)).includes(bytes));
    expect(inFiles()).not.toEqual([]);
    await ring.forget('ann', '2024-03-01T09:00:00.000Z');
    expect(inFiles()).toEqual([]);
    await ring.close();
  });

  it(`is whole in its one file once it is closed, so that it can be copied (sqlite, ${driver})`, async () => {
    const [file, copy] = [newFile('keys.sqlite'), newFile('keys.sqlite')];
    const ring = await SqliteKeyRing.open({ file, driver });
    const key = await ring.of('ann');
    await ring.find([key.id]);
    await ring.close();
    copyFileSync(file, copy);
    const copied = await SqliteKeyRing.open({ file: copy, driver });
    expect((await copied.find([key.id])).get(key.id)?.bytes).toEqual(key.bytes);
    await copied.close();
  });
}

if (postgresIsHere())
  describe('on a server', () => {
    let server: PostgresServer;
    beforeAll(async () => (server = await startPostgres()));
    afterAll(() => server.stop());

    keyRingContract('postgres', async () => {
      const place = server.place();
      const ring = await PostgresKeyRing.open(place);
      let now = ring;
      const reopen = async () => {
        await now.close();
        return (now = await PostgresKeyRing.open(place));
      };
      return { ring, reopen, close: () => now.close() };
    });
  });
