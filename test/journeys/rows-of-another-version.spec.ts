import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteRowStore } from '@rapport/adapters/sqlite';
import type { Table } from '@rapport/kernel';
import { openEmbedded, planned } from '@rapport/platform';
import { run } from '../../apps/cli/program';
import { HostProcess } from '../support/host-process';
import { playedTerminal } from '../support/played-terminal';

jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), 'rapport-another-version-'));
const start = (more: Record<string, string> = {}) =>
  HostProcess.start('standalone', { RAPPORT_DATA: folder, ...more });
afterAll(async () => {
  await HostProcess.killAll();
  rmSync(folder, { recursive: true });
});

/** As a program kept it that declared a column less, and called it by the same name. */
const keptByAnother = async ({ columns, ...table }: Table, without: string) => {
  const rows = await SqliteRowStore.open({ file: join(folder, 'rows.sqlite') });
  const { [without]: _, ...less } = columns;
  await rows.drop([{ ...table, columns }], []);
  await rows.open([{ ...table, columns: less, indexes: [] }]);
  await rows.close();
};

it('rows of another version of the program keep a host from starting, which says what they lack and what helps', async () => {
  await (await openEmbedded({ folder })).stop();
  const { table } = planned.rollups.find(({ of }) => of.startsWith('lifecycle@'))!;
  const [column] = Object.keys(table.columns).slice(-1);
  await keptByAnother(table, column!);
  const plainly = `cannot start: ${table.name} was kept by another version of this program and lacks ${column}: start that one, or remove the rows`;
  await expect(start()).rejects.toThrow(`ended with 78: ${plainly}`);
  await expect(start({ RAPPORT_PROJECTOR_THREAD: 'false' })).rejects.toThrow(`ended with 78: ${plainly}`);

  const { terminal, said } = playedTerminal();
  expect(await run(['report', 'lifecycle', '--data', folder], terminal)).toBe(78);
  expect(said.join('\n')).toMatch(/^rapport: these rows were kept by another version of this program .*$/);

  for (const more of ['', '-wal', '-shm']) rmSync(join(folder, `rows.sqlite${more}`), { force: true });
  const host = await start();
  expect((await host.get('/reports/lifecycle')).status).toBe(200);
  await host.stop();
});
