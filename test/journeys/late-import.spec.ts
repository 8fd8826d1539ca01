import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteEventLog, SqliteKeyRing, SqliteRowStore } from '@rapport/adapters/sqlite';
import { Application, planned } from '@rapport/platform';
import { run } from '../../apps/cli/program';
import { Edge } from '../support/edge';
import { playedTerminal } from '../support/played-terminal';

const folder = mkdtempSync(join(tmpdir(), 'rapport-late-'));
const FEBRUARY = '2024-02-01T00:00:00.000Z';
const LAST_OF_JANUARY = '2024-01-31T12:00:00.000Z';

let now = '2024-01-02T09:00:00.000Z';
let edge: Edge;
const at = (time: string) => (now = time);
const send = async (type: string, body: object) => {
  const actor = { 'x-actor-id': 'mia', 'x-actor-role': 'CRM_MANAGER' };
  const { status, text } = await edge.post(type, body, actor);
  expect([status, text]).toEqual([200, expect.anything()]);
  await edge.application.settle();
};

/** The product on a folder, whose log has the clock of the story. */
const product = async (): Promise<Application> => {
  const file = (name: string) => ({ file: join(folder, `${name}.sqlite`) });
  const clock = (): string => now;
  const log = await SqliteEventLog.open({ ...file('log'), now: clock });
  const rows = await SqliteRowStore.open(file('rows'));
  return new Application({ ...planned, log, rows, keys: await SqliteKeyRing.open(file('keys')), now: clock });
};

const customer = (customerId: string) => ({
  ...{ customerId, name: customerId, industry: 'Retail', source: 'REFERRAL' },
});
const ticket = (ticketId: string, raisedAt: string) => ({
  ...{ ticketId, customerId: 'c-1', urgency: 'URGENT', channel: 'PHONE', raisedAt },
  ...{ verbatim: 'it stopped', collectorId: 'ann' },
});
const complaint = { causes: ['PRODUCT_FAULT'], text: 'broken', emotion: 'ANGRY' };
const purchase = (purchaseId: string, more: object = {}) => ({
  ...{ purchaseId, customerId: 'c-1', amount: { minor: 50_000, currency: 'CNY' }, ...more },
});

/** What is known of January by its end. */
const january = async () => {
  await send('RegisterCustomer', customer('c-1'));
  await send('RegisterCustomer', customer('c-2'));
  at('2024-01-10T09:00:00.000Z');
  await send('RecordPurchase', purchase('p-1'));
  await send('RegisterTicket', { ...ticket('t-1', now), type: 'SERVICE' });
  await send('RegisterTicket', { ...ticket('t-2', now), type: 'COMPLAINT', complaint });
  const promise = { commitmentId: 'k-1', customerId: 'c-1', kind: 'DELIVERY', text: 'soon', makerId: 'ann' };
  await send('MakeCommitment', { ...promise, channel: 'PHONE', dueAt: '2024-03-01T09:00:00.000Z' });
  at('2024-01-20T09:00:00.000Z');
  await send('FlagChurnRisk', { customerId: 'c-2', reason: 'their buyer said so' });
};
/** What somebody finds in a drawer in the middle of February: all of it had happened in January. */
const drawer = async () => {
  at('2024-02-15T09:00:00.000Z');
  await send('RecordPurchase', purchase('p-2', { purchasedAt: '2024-01-12T09:00:00.000Z' }));
  await send(
    'RecordPurchase',
    purchase('p-3', { customerId: 'c-2', purchasedAt: '2024-01-15T09:00:00.000Z' }),
  );
  const answer = { direction: 'we look into it', evidenceId: 'letter-1' };
  const told = { ticketId: 't-2', respondedAt: '2024-01-11T09:00:00.000Z', ...answer };
  await send('RecordFirstResponse', told);
  const solved = { ticketId: 't-1', deliveredAt: '2024-01-30T09:00:00.000Z', solution: 'a new part' };
  await send('DeliverSolution', solved);
  await send('RegisterTicket', { ...ticket('t-3', '2024-01-21T09:00:00.000Z'), type: 'FUNCTIONAL' });
  await send('UpdateCustomerProfile', { customerId: 'c-2', field: 'SIZE', value: 'SMALL', source: 'call' });
};

const names = planned.questions.map(({ name }) => name);
/** Whom a report is about, where it is about one. */
const ABOUT: Readonly<Record<string, readonly [http: string, cli: string, id: string]>> = {
  'churn-risk-why': ['customerId', '--customer-id', 'c-2'],
  deadlines: ['ticketId', '--ticket-id', 't-1'],
  'priority-proposal': ['ticketId', '--ticket-id', 't-1'],
};
const paramsOf = (name: string) => {
  const [param, , id] = ABOUT[name] ?? [];
  return param ? `${param}=${id}&` : '';
};
/** The report, letter for letter, without what it rests on. */
const report = async (name: string, query = ''): Promise<string> => {
  const { status, text } = await edge.get(`/reports/${name}?${paramsOf(name)}${query}`);
  expect([name, status]).toEqual([name, 200]);
  return text.slice(0, text.lastIndexOf(',"meta":'));
};
const reports = async (query = '') =>
  new Map(await Promise.all(names.map(async (name) => [name, await report(name, query)] as const)));

describe('a late import', () => {
  let lastMonth: ReadonlyMap<string, string>;
  let lastMonthsJanuary: ReadonlyMap<string, string>;
  beforeAll(async () => {
    edge = await Edge.of(await product());
    await january();
    at(FEBRUARY);
    lastMonth = await reports();
    lastMonthsJanuary = await reports(`asOf=${LAST_OF_JANUARY}`);
    await drawer();
    at('2024-03-10T09:00:00.000Z');
  });
  afterAll(async () => {
    await edge.stop();
    rmSync(folder, { recursive: true });
  });

  it('changes what January looks like now, for all to see', async () => {
    const today = await reports(`asOf=${LAST_OF_JANUARY}`);
    const changed = names.filter((name) => today.get(name) !== lastMonthsJanuary.get(name));
    expect(changed).toEqual(
      expect.arrayContaining(['lifecycle', 'backlog', 'timeliness', 'complaints', 'value']),
    );
    const { body } = await edge.get(`/reports/value?asOf=${LAST_OF_JANUARY}`);
    expect(body.data).toMatchObject({ customers: 2, purchases: 3, customersBuyingAgain: 1 });
    expect(lastMonthsJanuary.get('value')).toContain('"customers":1,"customersBuyingAgain":0,"purchases":1');
  });

  it('leaves every report of last month as it was, to the last letter', async () => {
    expect(await reports(`knownAt=${FEBRUARY}`)).toEqual(lastMonth);
    expect(await reports(`knownAt=${FEBRUARY}&asOf=${LAST_OF_JANUARY}`)).toEqual(lastMonthsJanuary);
  });

  it('leaves it also for whoever kept its position', async () => {
    const { body } = await edge.get(`/reports/backlog?knownAt=${FEBRUARY}`);
    const { knownPosition } = body.meta as unknown as { knownPosition: string };
    expect(await reports(`knownAt=${knownPosition}&asOf=${FEBRUARY}`)).toEqual(lastMonth);
  });

  it('leaves it on the command line, beside the running service', async () => {
    for (const name of names) {
      const { terminal, printed, said } = playedTerminal();
      const of = ABOUT[name]?.slice(1) ?? [];
      const argv = ['report', name, ...of, '--known-at', '2024-02-01T00:00:00Z', '--data', folder, '--json'];
      expect([await run(argv, terminal), said]).toEqual([0, []]);
      const { data, meta } = JSON.parse(printed.join('\n')) as { data: object; meta: object };
      expect(`{"data":${JSON.stringify(data)}`).toBe(lastMonth.get(name));
      expect(meta).toMatchObject({ knownAt: FEBRUARY, lag: { events: 0, seconds: 0 }, report: name });
    }
  });

  it('is told on the command line as over HTTP, and so is what cannot be told', async () => {
    const asked = async (...argv: readonly string[]) => {
      const { terminal, printed, said } = playedTerminal();
      const code = await run(['report', ...argv, '--data', folder], terminal);
      return { code, text: printed.join('\n'), said: said.join('\n') };
    };
    const january = await asked('backlog', '--as-of', LAST_OF_JANUARY, '--known-at', '3');
    expect(january.text).toMatch(
      /position \d+, 0 events behind, as of 2024-01-31T12:00:00.000Z, as known at 3/,
    );
    expect(await asked('backlog', '--known-at', '9999-01-01T00:00:00Z')).toMatchObject({
      ...{ code: 2, said: expect.stringContaining('lies in the future') as string },
    });
    expect(await asked('backlog', '--after', '99999', '--wait', '20')).toMatchObject({
      ...{ code: 75, said: expect.stringContaining('not read yet after 20 ms') as string },
    });
    expect(await asked('backlog', '--after', '99999', '--wait', '20', '--stale', 'allow')).toMatchObject({
      ...{ code: 0, text: expect.stringContaining('less than what was asked for') as string },
    });
  });
});
