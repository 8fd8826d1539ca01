import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { imports } from '@rapport/platform';
import { TestServer } from '../../test/support/eventstoredb/test-server';
import { playedTerminal } from '../../test/support/played-terminal';
import { run } from './program';

const folder = mkdtempSync(join(tmpdir(), 'rapport-cli-server-'));
afterAll(() => rmSync(folder, { recursive: true }));

const columns = imports.find(({ dataset }) => dataset === 'helpdesk')!.columns;
const event = (of: string, name: string, time: string) =>
  [name, 'complete', 'Ann', `${time} 08:00:00+00:00`, name, 'Ann', of].join(',');
const log = join(folder, 'helpdesk.csv');
const lines = [
  columns.join(','),
  event('Case1', 'Take in charge ticket', '2010-01-13'),
  event('Case2', 'Take in charge ticket', '2010-01-13'),
  event('Case1', 'Resolve ticket', '2010-01-14'),
  event('Case1', 'Take in charge ticket', '2010-02-14'),
  event('Case1', 'Resolve ticket', '2010-02-15'),
  event('Case1', 'Closed', '2010-03-01'),
];
writeFileSync(log, `${lines.join('\n')}\n`);
describe('a log on a server', () => {
  const kept = join(folder, 'kept-elsewhere');
  let server: TestServer;
  let environment: Record<string, string>;
  beforeAll(async () => {
    server = await TestServer.start();
    environment = { RAPPORT_DATA: kept, RAPPORT_EVENTSTOREDB: server.url };
  });
  afterAll(() => server.stop());
  const there = async (...argv: readonly string[]) => {
    const { terminal, printed, said } = playedTerminal(false, environment);
    const code = await run([...argv, '--json'], terminal);
    const json = (printed.length > 0 ? JSON.parse(printed.join('')) : {}) as Record<string, unknown>;
    return { code, json, said: said.join('\n') };
  };

  it('takes an import, and answers everything that the embedded one answers', async () => {
    expect((await there('status')).code).toBe(66); // nothing is kept beside it yet
    const imported = await there('import', 'helpdesk', log);
    expect(imported).toMatchObject({ code: 0, json: { replayed: { created: 11, complete: true } } });
    const status = await there('status');
    expect(status.json).toMatchObject({ events: 15, streams: null, holder: null });
    expect(Object.keys(status.json['files'] as object).join()).not.toContain('log.sqlite');
    const report = await there('report', 'timeliness', '--from', '2010-01', '--backlog-months', '2010-02');
    expect(report.json).toMatchObject({
      data: { overall: { tickets: 2, closed: 1 } },
      meta: { lag: { events: 0 } },
    });
    const history = await there('audit', 'history', 'ticket-helpdesk-Case1');
    expect(history.json).toMatchObject([
      { type: 'TicketRegistered' },
      ...Array.from({ length: 6 }, () => ({})),
    ]);
    const state = await there('audit', 'state', 'ticket-helpdesk-Case1');
    expect(state.json['state']).toMatchObject({ stage: 'closed' });
    expect((await there('audit', 'verify')).json).toMatchObject({ intact: true, sealed: 15 });
    const rebuilt = await there('projections', 'rebuild', '--all', '--compare', '--switch');
    expect(rebuilt).toMatchObject({ code: 0, json: { identical: true } });
    expect(rebuilt.json['switched']).toContainEqual(
      expect.objectContaining({ model: 'lifecycle@2', behind: 0, kept: true }),
    );
  });

  it('is named on the command line too; a wrong name has an exit code of its own', async () => {
    const onTheLine = async (address: string) => {
      const { terminal, said } = playedTerminal();
      const code = await run(['status', '--data', kept, '--log', address], terminal);
      return { code, said: said.join('\n') };
    };
    expect((await onTheLine(server.url)).code).toBe(0);
    expect(await onTheLine('esdb://one:x')).toMatchObject({
      code: 78,
      said: expect.stringContaining('is no host') as string,
    });
  });
});
