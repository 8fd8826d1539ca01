import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as commands from '@rapport/domain/commands';
import { viewsOf, type RowReader, type Table, type ViewColumn } from '@rapport/kernel';
import { readModels, rollups } from '@rapport/read-models';
import type { Story } from '../support/story';

type Answer = readonly Readonly<Record<string, unknown>>[];
export interface AnalystUnderTest {
  readonly told: Story;
  /** Asks the store beside the port, read only, as an analyst does. */
  sql(query: string): Promise<Answer>;
}
export const ANALYSTS_FROM = '2024-03-01T09:00:00.000Z';
const minutesLater = (minutes: number) =>
  new Date(Date.parse(ANALYSTS_FROM) + minutes * 60_000).toISOString();

/** What docs/7-read-models.md promises to analysts, in the SQL of one store. */
export const analystContract = (dialect: 'SQLite' | 'PostgreSQL', open: () => Promise<AnalystUnderTest>) => {
  describe(`analysts on ${dialect}`, () => {
    let under: AnalystUnderTest;
    beforeAll(async () => {
      under = await open();
      await everything(under.told);
    });
    afterAll(() => under.told.application.stop());
    const answered = async (n: number) => (await under.sql(queriesIn(dialect)[n] ?? '')).map(plain);

    it('see as many rows in every view as there are, and no group in which nothing is left', async () => {
      const { rows } = under.told.application;
      const seen: Record<string, number> = {};
      const there: Record<string, number> = {};
      for (const { name, of, columns } of viewsOf(readModels, rollups)) {
        seen[name] = (await under.sql(`select * from ${name}`)).length;
        there[name] = columns.some(({ sum }) => sum)
          ? (await groupsIn(rows, of, columns)).size
          : await rows.count(of);
      }
      expect(seen).toEqual(there);
      expect(seen).toMatchObject({
        lifecycle: 3,
        revenue: 4,
        complaints: 3,
        ticket_queue: 0,
        ticket_backlog: 0,
      });
    });

    it('see who is likely to leave and has paid most', async () => {
      expect(await answered(0)).toEqual([
        {
          customer_id: 'c-2',
          score: 0,
          main_signal: 'MANUAL_FLAG',
          currency: 'CNY',
          paid: 900,
          quiet_days: 1,
        },
        {
          customer_id: 'c-1',
          score: 0,
          main_signal: 'MANUAL_FLAG',
          currency: 'CNY',
          paid: 400.5,
          quiet_days: 1,
        },
        {
          customer_id: 'c-2',
          score: 0,
          main_signal: 'MANUAL_FLAG',
          currency: 'USD',
          paid: 20,
          quiet_days: 1,
        },
      ]);
    });
    it('see what is complained about, and the hour is over after an hour', async () => {
      expect(await answered(1)).toEqual([
        { month: '2024-03', cause: 'HIDDEN_FEE', complaints: 1, answered_in_time: 0 },
        { month: '2024-03', cause: 'LATE_DELIVERY', complaints: 2, answered_in_time: 2 },
        { month: '2024-03', cause: 'SLOW_RESPONSE', complaints: 1, answered_in_time: 1 },
      ]);
      const [figures] = await under.sql(
        'select sum(rows) as complaints, sum(answered_in_time) as in_time from complaint_figures',
      );
      expect(plain(figures ?? {})).toEqual({ complaints: 3, in_time: 2 });
    });
    it('see the past as the reports do', async () => {
      const { rows, plan } = under.told.application;
      const lifecycle = plan.readModels.find(({ question }) => question === 'lifecycle')!.table;
      const time = '2024-03-02T00:00:00.000Z';
      const count = (stage: string) => rows.count(lifecycle, [['stage', '=', stage]], { time });
      expect(await answered(2)).toEqual([
        { stage: 'ACQUISITION', customers: 1 },
        { stage: 'GROWTH', customers: 2 },
      ]);
      expect([await count('ACQUISITION'), await count('GROWTH')]).toEqual([1, 2]);
      expect(await rows.count(lifecycle, [['stage', '=', 'GROWTH']])).toBe(1);
    });
  });
};

const everything = async ({ send, until }: Story): Promise<void> => {
  const customers = ['c-1', 'c-2', 'c-3'];
  for (const customerId of customers)
    await send(commands.RegisterCustomer, { customerId, name: customerId, industry: 'Retail', source: 'REFERRAL' }); // prettier-ignore
  const bought = (customerId: string, purchaseId: string, minor: number, currency = 'CNY') =>
    send(commands.RecordPurchase, { customerId, purchaseId, amount: { minor, currency } });
  await bought('c-1', 'p-1', 500_50);
  await bought('c-2', 'p-2', 900_00);
  await bought('c-2', 'p-3', 20_00, 'USD');
  const refunded = { minor: 100_00, currency: 'CNY' };
  await send(commands.RecordRefund, { purchaseId: 'p-1', refundId: 'r-1', amount: refunded });
  const complaint = (causes: readonly string[]) => ({ causes, emotion: 'CALM' });
  const complain = (ticketId: string, customerId: string, ...causes: readonly string[]) =>
    send(commands.RegisterTicket, {
      ...{
        ticketId,
        customerId,
        type: 'COMPLAINT',
        urgency: 'ROUTINE',
        channel: 'PHONE',
        collectorId: 'ann',
      },
      ...{ verbatim: 'No!', raisedAt: ANALYSTS_FROM, complaint: complaint(causes) },
    });
  await complain('t-1', 'c-1', 'LATE_DELIVERY', 'SLOW_RESPONSE');
  await complain('t-2', 'c-2', 'LATE_DELIVERY');
  await complain('t-3', 'c-2', 'HIDDEN_FEE');
  const answers = [30, 60, 60.001].map(minutesLater);
  for (const [n, respondedAt] of answers.entries()) {
    await until(respondedAt);
    const answer = { direction: 'We look', respondedAt, interactionId: `call-${n}` };
    await send(commands.RecordFirstResponse, { ticketId: `t-${n + 1}`, ...answer });
  }
  await until('2024-03-02T08:00:00.000Z');
  for (const n of [1, 2, 3])
    await send(commands.WithdrawTicket, { ticketId: `t-${n}`, reason: 'It was settled' });
  await until('2024-03-02T09:00:00.000Z');
  for (const customerId of ['c-1', 'c-2'])
    await send(commands.FlagChurnRisk, { customerId, reason: 'Their buyer said so' });
  await bought('c-3', 'p-4', 1_00);
};

/** A group may have a part in each lane. */
const groupsIn = async (
  rows: RowReader,
  of: Table,
  columns: readonly ViewColumn[],
): Promise<ReadonlySet<string>> => {
  const parts = await rows.find(of, { where: [['rows', '!=', 0]], limit: PARTS_MAX });
  const by = columns.filter(({ sum }) => !sum);
  return new Set(parts.map((part) => JSON.stringify(by.map(({ column }) => part[column]))));
};
const PARTS_MAX = 10_000;

/** The examples as they stand in the page. */
const queriesIn = (dialect: string): readonly string[] => {
  const page = readFileSync(join(__dirname, '../../docs/7-read-models.md'), 'utf8');
  const found = [...page.matchAll(new RegExp(`^${dialect}:\n\n\`\`\`sql\n(.*?)\n\`\`\``, 'gms'))];
  return found.map(([, query = '']) => query);
};

/** Drivers tell large and exact numbers as text. */
const plain = (row: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, isNumeric(value) ? Number(value) : value]),
  );
const isNumeric = (value: unknown): boolean => typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value);
