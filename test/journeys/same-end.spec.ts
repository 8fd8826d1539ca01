import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyLog, type Row } from '@rapport/kernel';
import { openProduct, settingsFrom } from '@rapport/platform';
import { Edge } from '../support/edge';
import { logPlaces, type LogPlace, type LogSettings } from '../support/log-places';

const day = (n: number) => `2026-01-${String(n).padStart(2, '0')}T09:00:00.000Z`;
const customer = { customerId: 'c-1', name: 'Acme', industry: 'manufacturing', source: 'SALES_HANDOVER' };
const complaint = {
  ...{ ticketId: 't-1', customerId: 'c-1', type: 'COMPLAINT', urgency: 'URGENT', channel: 'PHONE' },
  ...{ verbatim: 'The shop is down!', collectorId: 'ann', raisedAt: day(5) },
  complaint: { causes: ['SYSTEM_OUTAGE'], text: 'down', emotion: 'ANGRY', businessInterrupted: true },
};
const amount = { minor: 100_00, currency: 'EUR' };

/** A customer's spring over HTTP: told day by day, each command with an id that it keeps on every log. */
const story: readonly (readonly [at: string, type: string, data: object])[] = [
  [day(2), 'RegisterCustomer', customer],
  [day(3), 'RecordPurchase', { purchaseId: 'p-1', customerId: 'c-1', amount }],
  [day(5), 'RegisterTicket', complaint],
  [day(6), 'RegisterCustomer', customer], // refused on every log
  [day(20), 'RecordPurchase', { purchaseId: 'p-2', customerId: 'c-1', amount }],
];
/** Then nothing is heard of the customer: reminders, silence, monthly scores. */
const LATER = ['2026-02-01', '2026-03-01', '2026-05-02'].map((date) => `${date}T09:00:00.000Z`);

/** Tells the story on a log; answers what it came to: every row of every read model, without places in the log. */
const told = async (settings: LogSettings) => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-same-end-'));
  let now = day(1);
  const application = await openProduct(settingsFrom({ RAPPORT_DATA: folder, ...settings }), 'standalone', {
    now: () => now,
  });
  const edge = await Edge.of(application);
  const answers: number[] = [];
  for (const [n, [at, type, data]] of story.entries()) {
    now = at;
    const { status } = await edge.post(type, data, { 'idempotency-key': `story-${n}` });
    answers.push(status);
    await application.settle();
  }
  for (const later of LATER) {
    now = later;
    await application.timers.fire(later);
    await application.settle();
  }
  const { readModels, log } = { ...application.plan };
  const rows: Record<string, readonly Row[]> = {};
  for (const { name, table } of readModels)
    rows[name] = (await application.rows.find(table, { limit: 1_000 })).map(withoutPosition).sort(byKey);
  const { intact, events, streams } = await verifyLog(log, application.rows);
  await edge.stop();
  rmSync(folder, { recursive: true });
  return { answers, rows, log: { intact, events, streams } };
};

/** Rows that each event makes for itself are named by its position, which is each log's own; so is the end of a line's place. */
const withoutPosition = (row: Row): Row => ({
  ...row,
  ...(typeof row['eventId'] === 'string' && /^\d{16}$/.test(row.key) && { key: row['eventId'] }),
  ...(typeof row['place'] === 'string' && { place: row['place'].split('/')[0] ?? '' }),
});

/** Timers of different keys that are due at one time may come into the log in any order. */
const byKey = (one: Row, other: Row): number => (one.key < other.key ? -1 : 1);

describe('a story on another log', () => {
  let place: LogPlace;
  afterEach(() => place.close());

  it.each(logPlaces.slice(1))('%s, ends with the same rows, by settings alone', async (_name, open) => {
    place = await open();
    const [here, there] = [await told({}), await told(place.settings)];
    expect(here.answers).toEqual([200, 200, 200, 409, 200]);
    expect(here.log).toMatchObject({ intact: true });
    expect(Object.values(here.rows).flat().length).toBeGreaterThan(10);
    expect(there).toEqual(here);
  });
});
