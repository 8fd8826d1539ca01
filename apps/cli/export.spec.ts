import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { imports } from '@rapport/platform';
import { playedTerminal } from '../../test/support/played-terminal';
import { run } from './program';

const folder = mkdtempSync(join(tmpdir(), 'rapport-export-'));
afterAll(() => rmSync(folder, { recursive: true }));

const rapport = async (...argv: readonly string[]) => {
  const { terminal, printed, said } = playedTerminal();
  const code = await run([...argv, '--data', join(folder, 'data')], terminal);
  return { code, text: printed.join('\n'), said: said.join('\n') };
};

describe('rapport export template', () => {
  beforeAll(async () => {
    const { columns } = imports.find(({ dataset }) => dataset === 'helpdesk')!;
    const event = (of: string, name: string, time: string) =>
      [name, 'complete', 'Ann', time, name, 'Ann', of].join(',');
    const lines = [
      columns.join(','),
      event('Case1', 'Take in charge ticket', '2010-01-13 08:00:00+00:00'),
      event('Case2', 'Take in charge ticket', '2010-01-13 09:00:00+00:00'),
    ];
    const file = join(folder, 'helpdesk.csv');
    writeFileSync(file, `${lines.join('\n')}\n`);
    expect((await rapport('import', 'helpdesk', file)).code).toBe(0);
  });

  it('writes tickets one below the other, by number or id', async () => {
    const { code, text } = await rapport('export', 'template', '1', 'REQ-2010-002', 'helpdesk-Case1');
    expect(code).toBe(0);
    const [head, ...rows] = text.split('\r\n');
    expect(head).toMatch(/^\uFEFF需求编号,客户名称,/);
    expect(rows.map((row) => row.split(',')[0])).toEqual(['需-2010-002', '需-2010-001']);
    expect(rows[0]).toContain(',2010-01-13 ');
  });
  it('writes Markdown in English, and JSON for scripts', async () => {
    const english = await rapport(
      ...['export', 'template', '4', 'helpdesk-Case1', '--format', 'md', '--lang', 'en'],
    );
    expect(english.text).toContain('## Execution tracking');
    expect(english.text).toContain('| Ticket number | Stage |');
    const { text } = await rapport('export', 'template', '2', 'helpdesk-Case1', '--json');
    expect(JSON.parse(text)).toMatchObject({ title: '需求分析评估表', rows: [] });
  });
  it('says what there is not', async () => {
    const nobody = await rapport('export', 'template', '1', 'REQ-2010-009');
    expect([nobody.code, nobody.said]).toEqual([
      66,
      expect.stringContaining('there is no ticket REQ-2010-009'),
    ]);
    expect((await rapport('export', 'template', '5', 'helpdesk-Case1')).code).toBe(2);
    expect((await rapport('export', 'template', '1')).code).toBe(2);
    expect((await rapport('export', 'template', '1', 'helpdesk-Case1', '--format', 'pdf')).code).toBe(2);
  });
});
