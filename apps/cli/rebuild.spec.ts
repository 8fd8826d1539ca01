import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteEventLog } from '@rapport/adapters/sqlite';
import { imports, openEmbedded } from '@rapport/platform';
import { playedTerminal } from '../../test/support/played-terminal';
import { modelNamed } from '../../test/support/model-names';
import { strange } from '../../test/support/poisoned-jars';
import { run } from './program';

/** Threads are started again and again, each with the whole product in it. */
jest.setTimeout(60_000);

const TIMELINESS = modelNamed('ticket-timeliness');
const folder = mkdtempSync(join(tmpdir(), 'rapport-rebuild-'));
const data = join(folder, 'data');
afterAll(() => rmSync(folder, { recursive: true }));

const on = async (...argv: readonly string[]) => {
  const { terminal, printed, said } = playedTerminal();
  const code = await run([...argv, '--data', data], terminal);
  return { code, text: printed.join('\n'), said: said.join('\n') };
};
const answer = async (...argv: readonly string[]) => {
  const { code, text, said } = await on(...argv, '--json');
  if (text === '') throw new Error(`no answer: ${said}`);
  return { code, json: JSON.parse(text) as Record<string, unknown> };
};

beforeAll(async () => {
  const { columns } = imports.find(({ dataset }) => dataset === 'helpdesk')!;
  const event = (name: string, time: string) => [name, 'complete', 'Ann', time, name, 'Ann', 'Case1'];
  const lines = [
    event('Take in charge ticket', '2010-01-13 08:00:00+00:00'),
    event('Resolve ticket', '2010-01-14 08:00:00+00:00'),
    event('Take in charge ticket', '2010-02-14 08:00:00+00:00'),
    event('Resolve ticket', '2010-02-15 08:00:00+00:00'),
  ].map((cells) => cells.join(','));
  const file = join(folder, 'helpdesk.csv');
  writeFileSync(file, [columns.join(','), ...lines, ''].join('\n'));
  expect((await on('import', 'helpdesk', file)).code).toBe(0);
});

/** A row of the live model says something that the log does not. */
const damaged = async () => {
  const application = await openEmbedded({ folder: data });
  const { table } = application.plan.readModels.find(({ question }) => question === 'ticket-timeliness')!;
  await application.rows.open([table]);
  const [row] = await application.rows.load(table, ['helpdesk-Case1']);
  await application.rows.commit([{ table, key: 'helpdesk-Case1', row: { ...row!, reopens: 99 } }], []);
  await application.stop();
};

describe('read models', () => {
  it('come out the same when they are folded anew, and can take the place of the live ones', async () => {
    const { code, json } = await answer('projections', 'rebuild', '--all', '--compare', '--switch');
    expect([code, json['identical'], json['stopped']]).toEqual([0, true, false]);
    const head = (await answer('status')).json['head'];
    expect(json['switched']).toContainEqual({
      ...{ model: TIMELINESS, position: head, behind: 0, kept: true },
    });
    expect(json['models']).toContainEqual(
      expect.objectContaining({ model: modelNamed('value'), state: 'complete', wentOnFrom: null, parked: 0 }),
    );
  });

  it('that differ from the log are found: exit code 1, row and column are named, and a switch wants to be told', async () => {
    await damaged();
    const { code, text } = await on('projections', 'compare', 'ticket-timeliness');
    expect(code).toBe(1);
    expect(text).toContain(`${TIMELINESS}: reopens in 1 rows`);
    expect(text).toContain('"reopens":99');
    const refused = await on('projections', 'switch', 'ticket-timeliness');
    expect([refused.code, refused.said]).toEqual([
      2,
      expect.stringContaining(`1 rows of ${TIMELINESS} differ`),
    ]);
    expect((await on('projections', 'switch', 'ticket-timeliness', '--even-if-different')).code).toBe(0);
    expect((await on('projections', 'compare', 'ticket-timeliness')).code).toBe(0);
  });

  it('are switched all or none: where one differs the comparison is shown, and the others stay as they are, too', async () => {
    await damaged();
    const both = ['value', 'ticket-timeliness'];
    const { code, text } = await on('projections', 'rebuild', ...both, '--compare', '--switch');
    expect(code).toBe(1);
    expect(text).toContain(`${TIMELINESS}: reopens in 1 rows`);
    expect(text).toContain('nothing was switched');
    const { code: again, said } = await on('projections', 'switch', ...both);
    expect([again, said]).toEqual([2, expect.stringContaining(`1 rows of ${TIMELINESS} differ`)]);
    const { json } = await answer('projections', 'discard', ...both);
    expect(json['discarded']).toEqual([modelNamed('value'), TIMELINESS]); // both copies stand where they stood
    const anyway = ['--compare', '--switch', '--even-if-different'];
    expect((await on('projections', 'rebuild', ...both, ...anyway)).code).toBe(1);
    expect((await on('projections', 'compare', ...both)).code).toBe(0);
    expect((await on('projections', 'discard', 'value')).code).toBe(0);
  });

  it('that were switched out come back, and go on from where they stood; both change places as often as one likes', async () => {
    const back = await answer('projections', 'rollback', 'ticket-timeliness');
    expect(back.json['switched']).toMatchObject([{ model: TIMELINESS, kept: true }]);
    expect((await on('projections', 'compare', 'ticket-timeliness')).text).toContain('"reopens":99');
    expect((await on('projections', 'rollback', 'ticket-timeliness')).code).toBe(0);
    expect((await on('projections', 'compare', 'ticket-timeliness')).code).toBe(0);
  });

  it('that were built beside go when they are no longer wanted, and then nothing can be switched or rolled back', async () => {
    const { json } = await answer('projections', 'discard', 'ticket-timeliness');
    expect(json).toEqual({ discarded: [TIMELINESS] });
    expect(await on('projections', 'switch', 'ticket-timeliness')).toMatchObject({
      ...{ code: 2, said: expect.stringContaining(`there is no copy of ${TIMELINESS}`) as string },
    });
    expect((await on('projections', 'discard', 'ticket-timeliness', '--before')).code).toBe(0);
    expect((await on('projections', 'rollback', 'ticket-timeliness')).code).toBe(2);
    expect((await on('projections', 'discard', '--all')).text).toBe('there was nothing');
  });

  it('that are stopped while they are built say how to go on', async () => {
    const { terminal, printed } = playedTerminal(true);
    const code = await run(['projections', 'rebuild', 'value', '--data', data], terminal);
    expect([code, printed.join()]).toEqual([130, expect.stringContaining('run it again to go on')]);
    const { json } = await answer('projections', 'rebuild', 'value');
    expect(json['models']).toMatchObject([{ model: modelNamed('value'), state: 'complete' }]);
  });

  it('that meet an event from a newer program say so, and nothing of the inside of this one', async () => {
    const ahead = join(folder, 'ahead');
    await (await openEmbedded({ folder: ahead })).stop();
    const log = await SqliteEventLog.open({ file: join(ahead, 'log.sqlite') });
    await log.append('ticket-1', -1, [strange('TicketRegistered', { customerId: 'c-1' }, '99')]);
    await log.close();
    const { terminal, said } = playedTerminal();
    const code = await run(['projections', 'rebuild', 'ticket-queue', '--data', ahead], terminal);
    const model = modelNamed('ticket-queue');
    expect([code, said.join('\n')]).toEqual([
      2,
      expect.stringMatching(
        new RegExp(`^rapport: ${model}.* stands still: TicketRegistered .*: start a newer one$`),
      ),
    ]);
  });

  it('want to be named, and a number to be one', async () => {
    expect((await on('projections', 'rebuild')).code).toBe(2);
    expect(await on('projections', 'rebuild', 'ticket-queu', '--compare')).toMatchObject({
      ...{ code: 2, said: expect.stringContaining('did you mean ticket-queue or ticket-index?') as string },
    });
    expect(await on('projections', 'rebuild', '--all', '--threads', '0')).toMatchObject({
      ...{ code: 2, said: expect.stringContaining('a whole number from 1 to 16') as string },
    });
  });
});
