import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkshop, planned, type Workshop } from '@rapport/platform';
import { imaginedLog } from '../support/imagined/imagined-log';
import { modelNamed } from '../support/model-names';
import { THREAD_ARGV } from '../support/played-terminal';

jest.setTimeout(180_000);

const EVENTS = 8_000;
const models = planned.readModels.map(({ name }) => name);
const folder = mkdtempSync(join(tmpdir(), 'rapport-threads-'));
let opened: Workshop | null = null;
const workshop = async (threads: number): Promise<Workshop> =>
  (opened = await openWorkshop({ folder }, 'ann', { threads, threadArgv: THREAD_ARGV }));
beforeAll(() => imaginedLog(folder, { events: EVENTS, seed: 7 }));
afterEach(async () => {
  await opened?.close();
  opened = null;
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('read models that are built by several threads', () => {
  it('are first built by one, and put in a place where nothing stood', async () => {
    const { rebuilds } = await workshop(1);
    const told: string[] = [];
    const built = await rebuilds.build(models, {
      onProgress: ({ doing, events, eventsAll }) =>
        void told.push(`${doing} ${Math.round(events)} of ${eventsAll}`),
    });
    expect(built.map(({ state, wentOnFrom }) => [state, wentOnFrom])).toEqual(
      models.map(() => ['complete', null]),
    );
    expect(told.at(-1)).toBe(`rebuilding ${built[0]?.events} of ${built[0]?.events}`);
    expect((await rebuilds.switch(models)).every(({ kept }) => !kept)).toBe(true);
  });

  it.each([2, 3, 1])(
    'have the same rows, versions and figures whatever the number of threads (%i)',
    async (threads) => {
      const { application, rebuilds } = await workshop(threads);
      const built = await rebuilds.build(models, { fresh: true });
      expect(new Set(built.map(({ state, position }) => `${state} ${position}`)).size).toBe(1);
      const compared = await rebuilds.compare(models);
      expect(compared.filter(({ identical }) => !identical)).toEqual([]);
      const tables = compared.flatMap((one) => one.tables);
      expect(tables.every(({ rows, rowsRebuilt }) => rows === rowsRebuilt)).toBe(true);
      expect(tables.reduce((sum, { rows }) => sum + rows, 0)).toBeGreaterThan(EVENTS);
      expect((await application.rows.position(modelNamed('value'))) > 0).toBe(true);
    },
  );

  it('are all stopped when one of them fails, with its message; what was read can be gone on with', async () => {
    const { application, rebuilds } = await workshop(3);
    await rebuilds.discard(models);
    const { rows } = application;
    let told = false;
    const building = rebuilds.build(models, {
      onProgress: ({ events }) => {
        if (events === 0 || told) return;
        told = true;
        void rows.drop([{ name: `${modelNamed('value')}~rebuild`, columns: {}, indexes: [] }], []); // somebody tampers with the file
      },
    });
    await expect(building).rejects.toThrow(`no such table: ${modelNamed('value')}~rebuild`);
    const again = await rebuilds.build(models);
    expect(again.every(({ state }) => state === 'complete')).toBe(true);
  });
});
