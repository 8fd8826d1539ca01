import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { imports, openEmbedded } from '@rapport/platform';
import { playedTerminal } from '../../test/support/played-terminal';
import { run } from './program';

const folder = mkdtempSync(join(tmpdir(), 'rapport-cli-'));
const data = join(folder, 'data');
afterAll(() => rmSync(folder, { recursive: true }));

const rapport = async (...argv: readonly string[]) => {
  const { terminal, printed, said } = playedTerminal();
  const code = await run(argv, terminal);
  return { code, text: printed.join('\n'), said: said.join('\n') };
};
const on = (...argv: readonly string[]) => rapport(...argv, '--data', data);
const answer = async (...argv: readonly string[]) => {
  const { code, text, said } = await on(...argv, '--json');
  return { code, said, json: JSON.parse(text) as Record<string, unknown> };
};

const columns = imports.find(({ dataset }) => dataset === 'helpdesk')!.columns;
const event = (of: string, name: string, time: string) =>
  [name, 'complete', 'Ann', time, name, 'Ann', of].join(',');
const write = (name: string, lines: readonly string[]): string => {
  const file = join(folder, name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
};
const log = write('helpdesk.csv', [
  columns.join(','),
  event('Case1', 'Take in charge ticket', '2010-01-13 08:00:00+00:00'),
  event('Case2', 'Take in charge ticket', '2010-01-13 09:00:00+00:00'),
  event('Case1', 'Resolve ticket', '2010-01-14 08:00:00+00:00'),
  event('Case1', 'Take in charge ticket', '2010-02-14 08:00:00+00:00'),
  event('Case1', 'Resolve ticket', '2010-02-15 08:00:00+00:00'),
  event('Case1', 'Closed', '2010-03-01 08:00:00+00:00'),
]);

describe('an import', () => {
  it('tells what it did, and a second one that there was nothing to do', async () => {
    const first = await answer('import', 'helpdesk', log);
    expect(first.code).toBe(0);
    expect(first.json).toMatchObject({
      ...{ dataset: 'helpdesk', rows: 6, span: ['2010-01-13T08:00:00.000Z', '2010-03-01T08:00:00.000Z'] },
      ...{ rejects: { lines: 0, file: null }, skipped: {} },
      replayed: { created: 11, repeated: 0, refused: [], timersLate: 0, complete: true },
    });
    const head = (await answer('status')).json['head'];
    const second = await on('import', 'helpdesk', log);
    expect(second).toMatchObject({
      code: 0,
      text: expect.stringContaining('0 new, 11 already there') as string,
    });
    expect((await answer('status')).json['head']).toBe(head);
  });

  it('sets broken lines aside, says where, and ends with 1', async () => {
    const file = write('broken.csv', [
      columns.join(','),
      event('Case3', 'Wait', '2010-13-13 08:00:00+00:00'),
    ]);
    const { code, json } = await answer('import', 'helpdesk', file);
    expect(code).toBe(1);
    const { lines, file: rejects } = json['rejects'] as { lines: number; file: string };
    expect(lines).toBe(1);
    expect(readFileSync(rejects, 'utf8')).toMatch(/^line,reason,text\n2,"time:timestamp is no date and time/);
  });

  it('refuses a file that is something else, or not there, and a data set that it does not know', async () => {
    const wrong = await on('import', 'incidents', log);
    expect(wrong).toMatchObject({
      code: 65,
      said: expect.stringContaining('column 1 should be "number"') as string,
    });
    expect((await on('import', 'helpdesk', join(folder, 'nowhere.csv'))).code).toBe(66);
    const misspelt = await on('import', 'helpdesks', log);
    expect(misspelt).toMatchObject({
      code: 2,
      said: expect.stringContaining('did you mean helpdesk?') as string,
    });
  });

  it('stops at a safe point when it is asked to, and says how to go on', async () => {
    const { terminal, printed } = playedTerminal(true);
    const code = await run(['import', 'helpdesk', log, '--data', join(folder, 'stopped')], terminal);
    expect(code).toBe(130);
    expect(printed.join()).toContain('run it again to go on');
  });

  it('leaves a folder alone that somebody else has', async () => {
    const holder = await openEmbedded({ folder: data });
    const { code, said } = await on('import', 'helpdesk', log);
    await holder.stop();
    expect(code).toBe(75);
    expect(said).toContain('is in use by process');
  });
});

describe('a report', () => {
  it('answers a question with its parameters, and says what it rests on', async () => {
    const { code, json } = await answer(
      'report',
      'timeliness',
      '--from',
      '2010-01',
      '--backlog-months',
      '2010-02',
    );
    expect(code).toBe(0);
    expect(json['data']).toMatchObject({
      overall: { tickets: 2, closed: 1, solvedAgain: 1, reopened: { tickets: 1 } },
      backlog: [{ month: '2010-02', open: 2 }],
    });
    expect(json['meta']).toMatchObject({ report: 'timeliness', lag: { events: 0 } });
    expect((await on('report', 'timeliness')).text).toContain('0 events behind');
  });

  it('is answered beside a process that has the folder', async () => {
    const holder = await openEmbedded({ folder: data });
    const { code } = await on('report', 'backlog');
    await holder.stop();
    expect(code).toBe(0);
  });

  it('refuses a parameter that is none, or says nothing', async () => {
    expect((await on('report', 'timeliness', '--form', '2010-01')).code).toBe(2);
    expect(await on('report', 'timeliness', '--from', 'January')).toMatchObject({
      ...{ code: 2, said: expect.stringContaining('from must be a month') as string },
    });
    expect((await rapport('report', 'backlog', '--data', join(folder, 'nothing'))).code).toBe(66);
  });
});

describe('projections', () => {
  it('are listed with what every column says, in which unit and by which rule', async () => {
    const { json } = await answer('projections', 'list');
    const models = json as unknown as {
      readonly question: string;
      readonly columns: readonly object[];
      readonly rollups: readonly { readonly rollup: string; readonly columns: readonly object[] }[];
    }[];
    const model = models.find(({ question }) => question === 'ticket-timeliness');
    expect(model?.columns).toContainEqual({
      ...{ name: 'waitingMs', kind: 'integer', optional: false, unit: 'ms', source: 'SYS-21.5' },
      about: 'How long only the customer could go on, all waits that are over together',
    });
    expect(model?.rollups[0]?.columns).toContainEqual({
      ...{ name: 'closed', kind: 'integer', optional: false, unit: 'count', source: 'SYS-64.1' },
      about: 'Tickets that are done',
    });
  });
  it('say how far they are', async () => {
    const { json } = await answer('projections', 'status');
    const states = json as unknown as readonly { model: string; lag: object; parked: object }[];
    for (const { lag, parked } of states)
      expect([lag, parked]).toEqual([
        { events: 0, seconds: 0 },
        { keys: 0, events: 0 },
      ]);
    expect(states.map(({ model }) => model)).toContain('ticket-timeliness@4');
  });
});

describe('an audit', () => {
  it('tells the history of a stream: who, what, when, from where', async () => {
    const { json } = await answer('audit', 'history', 'ticket-helpdesk-Case1');
    const events = json as unknown as readonly { type: string }[];
    expect(events[0]).toMatchObject({
      ...{ type: 'TicketRegistered', occurredAt: '2010-01-13T08:00:00.000Z', source: 'IMPORT:helpdesk' },
      actor: { id: 'helpdesk-agent-Ann', role: 'MIGRATION' },
    });
    expect((await on('audit', 'history', 'ticket-nobody')).code).toBe(66);
  });

  it('tells how an aggregate stood at a moment or a revision', async () => {
    const stream = 'ticket-helpdesk-Case1';
    const then = await answer('audit', 'state', stream, '--at', '2010-01-20T00:00:00Z');
    expect(then.json).toMatchObject({ lastEvent: { type: 'SolutionDelivered' }, state: { stage: 'solved' } });
    expect((await answer('audit', 'state', stream, '--revision', '0')).json['state']).toMatchObject({
      stage: 'new',
    });
    expect((await answer('audit', 'state', stream)).json['state']).toMatchObject({ stage: 'closed' });
    expect((await on('audit', 'state', stream, '--at', '1999-01-01T00:00:00Z')).code).toBe(66);
    expect((await on('audit', 'state', 'tickets-1')).code).toBe(2);
  });

  it('proves that nobody has touched the log, also against a seal that was kept elsewhere', async () => {
    const { code, json } = await answer('audit', 'verify');
    expect([code, json['intact']]).toEqual([0, true]);
    const seal = `${String(json['sealHash'])}@${String(json['sealedTo'])}`;
    expect((await on('audit', 'verify', '--against', seal)).code).toBe(0);
    const forged = `${'0'.repeat(64)}@${String(json['sealedTo'])}`;
    expect(await on('audit', 'verify', '--against', forged)).toMatchObject({
      ...{ code: 1, text: expect.stringContaining('IS NOT') as string },
    });
    expect((await on('audit', 'verify', '--against', 'nonsense')).code).toBe(2);
  });
});

describe('the catalogue', () => {
  it('names the system of the handbook of everything that can be wanted, can happen and can be asked', async () => {
    const { json } = await answer('catalogue');
    const { commands, events, readModels, questions } = json as unknown as Record<
      string,
      { name: string; system: string | null }[]
    >;
    const homeless = [commands, events, readModels, questions].flatMap((list) =>
      list!.filter(({ system }) => system === null),
    );
    expect(homeless.map(({ name }) => name)).toEqual([]);
  });
});

it('help says what is possible, and how it ends', async () => {
  const { code, text } = await rapport('--help');
  expect(code).toBe(0);
  expect(text).toContain('Exit codes:');
  expect((await rapport('fly')).code).toBe(2);
});
