import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as c from '@rapport/domain/commands';
import { BUILT_IN_POLICY } from '@rapport/domain/values';
import { playedTerminal } from '../../test/support/played-terminal';
import { storyFrom } from '../../test/support/story';
import { run } from './program';

const folder = mkdtempSync(join(tmpdir(), 'rapport-sla-'));
const data = join(folder, 'data');
afterAll(() => rmSync(folder, { recursive: true }));
const on = async (...argv: readonly string[]) => {
  const { terminal, printed, said } = playedTerminal();
  const code = await run([...argv, '--data', data], terminal);
  return { code, text: printed.join('\n'), said: said.join('\n') };
};
/** By the clock in Shanghai, Friday 1 March 2024. */
const at = (day: string, time: string) => new Date(`2024-03-${day}T${time}:00+08:00`).toISOString();
const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

beforeAll(async () => {
  const told = await storyFrom(at('01', '17:00'), { id: 's', role: 'SERVICE_SPECIALIST' }, data);
  const customer = { customerId: 'c-1', name: 'C', industry: 'Retail', source: 'REFERRAL' };
  await told.send(c.RegisterCustomer, { ...customer, zone: 'Asia/Shanghai' });
  const need = {
    ticketId: 't-1',
    customerId: 'c-1',
    type: 'SERVICE',
    urgency: 'IMPORTANT',
    channel: 'PHONE',
  };
  await told.send(c.RegisterTicket, {
    ...need,
    verbatim: 'x',
    collectorId: 's',
    raisedAt: at('01', '17:00'),
  });
  await told.until(at('02', '14:30'));
  const answer = { ticketId: 't-1', direction: 'we look', interactionId: 'call-1' };
  await told.send(c.RecordFirstResponse, { ...answer, respondedAt: at('02', '14:30') });
  await told.application.stop();
});

describe('rapport explain deadline', () => {
  it('says of each clock of a ticket why it is where it is, by number or id', async () => {
    const { code, text } = await on('explain', 'deadline', 'REQ-2024-001', '--moment', 'PLAN');
    expect(code).toBe(0);
    expect(text.split('\n')).toEqual([
      'PLAN (round 1) is due Wed 2024-03-06 18:00: open',
      'rule SLA-IMP (R-05): 3 working days from RAISED Fri 2024-03-01 17:00 gives Wed 2024-03-06 18:00 won',
      'counted by calendar default version 1, Asia/Shanghai; policy default version 1',
      '  Fri 2024-03-01 17:00 to Sat 2024-03-02 00:00: skipped, start date',
      '  Sat 2024-03-02 00:00 to Mon 2024-03-04 00:00: skipped, weekend',
      '  Mon 2024-03-04 00:00 to Tue 2024-03-05 00:00: counted 1, working day',
      '  Tue 2024-03-05 00:00 to Wed 2024-03-06 00:00: counted 1, working day',
      '  Wed 2024-03-06 00:00 to Wed 2024-03-06 18:00: counted 1, working day',
    ]);
    const { text: json } = await on('explain', 'deadline', 't-1', '--json');
    expect(JSON.parse(json)).toMatchObject({ data: { ticketId: 't-1' } });
  });
  it('names what is wrong with what was asked', async () => {
    expect(await on('explain', 'deadline', 't-1', '--moment', 'TEA')).toMatchObject({
      ...{ code: 2, said: expect.stringContaining('moment') as string },
    });
  });
});

describe('rapport whatif sla', () => {
  const MARCH = ['--from', '2024-03-01', '--to', '2024-04-01'];
  const { version: _, ...builtIn } = { ...BUILT_IN_POLICY, basis: 'a thought' };
  const stricter = builtIn.rules.map((rule) =>
    rule.moment === 'FIRST_RESPONSE' && (rule.within.minutes ?? 0) > 600
      ? { ...rule, within: { ...rule.within, minutes: 600 } }
      : rule,
  );

  it('tells attainment and breaches of a policy from a file, beside the one that is built in', async () => {
    const policy = file('stricter.json', JSON.stringify({ ...builtIn, rules: stricter }));
    const [held, tried] = [
      await on('whatif', 'sla', ...MARCH, '--moment', 'FIRST_RESPONSE', '--json'),
      await on('whatif', 'sla', '--policy', policy, ...MARCH, '--moment', 'FIRST_RESPONSE', '--json'),
    ];
    expect(JSON.parse(held.text)).toMatchObject({ tickets: 1, attainment: [{ met: 1, attainment: 1 }] });
    expect(JSON.parse(tried.text)).toMatchObject({
      ...{ attainment: [{ month: '2024-03', metLate: 1, attainment: 0 }], againstSource: [] },
      breaches: { count: 1, longest: [{ ticketId: 't-1', overdueMs: 11.5 * 3_600_000 }] },
    });
    const { code, text } = await on('whatif', 'sla', '--policy', policy, ...MARCH);
    expect(code).toBe(0);
    expect(text).toContain('1 tickets raised from 2024-03-01T00:00:00.000Z to 2024-04-01T00:00:00.000Z');
    expect(text).toContain('no ticket carries a verdict of the system it came from');
  });

  it.each([
    ['a file that is not there', 'absent.json', undefined, 66, 'cannot be read'],
    ['a file that is no JSON', 'text.json', 'rules: none', 65, 'is no JSON'],
    ['a list', 'list.json', '[]', 65, 'holds no JSON object'],
    [
      'a rule without a moment',
      'unfit.json',
      JSON.stringify({ ...builtIn, rules: [{ id: 'A' }] }),
      2,
      'rules.0.moment',
    ],
  ] as const)('refuses %s', async (_what, name, content, code, said) => {
    const policy = content === undefined ? join(folder, name) : file(name, content);
    const found = await on('whatif', 'sla', '--policy', policy, ...MARCH);
    expect(found).toMatchObject({ code, text: '', said: expect.stringContaining(said) as string });
  });
  it('wants a span of time', async () => {
    expect((await on('whatif', 'sla', '--from', '2024-03-01')).code).toBe(2);
    expect(await on('whatif', 'sla', '--from', 'soon', '--to', '2024-04-01')).toMatchObject({
      ...{ code: 2, said: expect.stringContaining('give a day or an instant') as string },
    });
  });
});
