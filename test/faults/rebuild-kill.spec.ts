import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copiesIn, COPIES, pausedModels, PAUSES, STATES, type RowStore } from '@rapport/kernel';
import { SqliteRowStore } from '@rapport/adapters/sqlite';
import { openWorkshop, type Workshop } from '@rapport/platform';
import { HostProcess } from '../support/host-process';
import { imaginedLog } from '../support/imagined/imagined-log';
import { modelNamed } from '../support/model-names';
import { until } from '../support/patience';
import { THREAD_ARGV } from '../support/played-terminal';

jest.setTimeout(180_000);

const EVENTS = 6_000;
const VALUE = modelNamed('value');
const folder = mkdtempSync(join(tmpdir(), 'rapport-rebuild-kill-'));
const victims = new Set<ChildProcess>();
let rows: RowStore;
beforeAll(async () => {
  await imaginedLog(folder, { events: EVENTS, seed: 3 });
  rows = await SqliteRowStore.open({ file: join(folder, 'rows.sqlite') });
  await rows.open([COPIES, PAUSES]);
});
const workshops: Workshop[] = [];
const workshop = async (threads: number): Promise<Workshop> => {
  const opened = await openWorkshop({ folder }, 'ann', { threads, threadArgv: THREAD_ARGV });
  workshops.push(opened);
  return opened;
};
afterEach(async () => {
  for (const opened of workshops.splice(0)) await opened.close();
});
afterAll(async () => {
  for (const victim of victims) victim.kill('SIGKILL');
  await HostProcess.killAll();
  await rows.close();
  rmSync(folder, { recursive: true });
});

/** Runs until it is so, and is gone in the middle of whatever it does. */
const killed = async (argv: readonly string[], isEnough: () => Promise<boolean>): Promise<void> => {
  const script = join(__dirname, '../support/rebuild-process.ts');
  const victim = spawn(process.execPath, [...THREAD_ARGV, script, folder, ...argv], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  victims.add(victim);
  let said = '';
  victim.stderr.on('data', (some: Buffer) => (said += String(some)));
  const ended = new Promise((gone) => victim.once('close', gone));
  await until(`it can be killed: ${said}`, async () => victim.exitCode !== null || (await isEnough()));
  expect([victim.exitCode, said]).toEqual([null, '']);
  victim.kill('SIGKILL');
  await ended;
  victims.delete(victim);
};
const eventsOf = async (model: string) => rows.position(`${model}~rebuild`);

describe('a process that rebuilds and is killed', () => {
  it('leaves copies that the next one goes on with, wherever each of them stands; the rows are those of a rebuild in one go', async () => {
    for (const share of [0.2, 0.4, 0.6])
      await killed(['build', '3000'], async () => (await eventsOf(modelNamed('lifecycle'))) > share * EVENTS);
    const half = await copiesIn(rows);
    expect(half.map(({ state }) => state)).toEqual(Array.from({ length: half.length }, () => 'building'));
    expect(await eventsOf(VALUE)).toBeGreaterThan(0);

    const { application, rebuilds } = await workshop(2);
    const models = application.plan.readModels.map(({ name }) => name);
    const built = await rebuilds.build(models);
    expect(built.map(({ model, state }) => `${model} ${state}`)).toEqual(
      models.map((model) => `${model} complete`),
    );
    expect(built.every(({ wentOnFrom }) => (wentOnFrom ?? 0) > 0)).toBe(true);
    await rebuilds.switch(models);
    await rebuilds.build(models); // there is none: from the first event, in one go
    const compared = await rebuilds.compare(models);
    expect(compared.filter(({ identical }) => !identical)).toEqual([]);
  });

  it('in the middle of a comparison leaves a pause that ends by itself; the model goes on, and can be compared again', async () => {
    const host = await HostProcess.start('standalone', { RAPPORT_DATA: folder });
    const isPaused = async () => (await pausedModels(rows)).has(VALUE);
    await killed(['compare'], async () => (await isPaused()) && (await isHeeded()));
    expect(await isPaused()).toBe(true);
    const customer = {
      customerId: 'after',
      name: 'After Ltd',
      industry: 'retail',
      source: 'ONLINE_QUESTIONNAIRE',
    };
    const { body } = await host.post('RegisterCustomer', customer, 'after');
    await until('the pause is over', async () => !(await isPaused()));
    expect((await host.get(`/value?after=${body.position}&wait=20000`)).status).toBe(200);
    expect(await host.stop()).toBe(0);

    const { rebuilds } = await workshop(1);
    await rebuilds.build([VALUE]);
    expect(await rebuilds.compare([VALUE])).toMatchObject([{ identical: true }]);
  });
  const isHeeded = async () => {
    const [state] = await rows.load(STATES, [VALUE]);
    return String(state?.['state']).startsWith('paused by victim');
  };
});
