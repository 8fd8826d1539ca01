import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAt, openProduct, placeIn, settingsFrom, type Application } from '@rapport/platform';
import { Edge } from '../support/edge';
import { logPlaces, type LogPlace } from '../support/log-places';

const NOW = '2026-01-05T09:05:00.000Z';
/** Sent at the same moment: in turn one of last year, one of this year, and one that is refused. */
const TICKETS = 36;
const raised = ['2025-12-31T23:59:00.000Z', '2026-01-02T09:00:00.000Z', '2026-01-05T09:06:00.000Z'] as const;
const isRefused = (n: number): boolean => n % raised.length === 2;

const now = () => NOW;
interface Place {
  readonly application: Application;
  close(): Promise<void>;
}
const inFolder = async (open: () => Promise<LogPlace>): Promise<Place> => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-parallel-tickets-'));
  const place = await open();
  const settings = settingsFrom({ RAPPORT_DATA: folder, ...place.settings });
  const close = async () => {
    await place.close();
    rmSync(folder, { recursive: true });
  };
  return { application: await openProduct(settings, 'standalone', { now }), close };
};
const inMemory = async (): Promise<Place> => {
  const application = await openAt({ ...placeIn(settingsFrom({})), folder: null }, { now });
  return { application, close: () => Promise.resolve() };
};
const PLACES: readonly (readonly [name: string, open: () => Promise<Place>])[] = [
  ['in memory', inMemory],
  ...logPlaces.map(([name, open]) => [name, () => inFolder(open)] as const),
];

describe.each(PLACES)('tickets registered side by side, log %s', (_name, open) => {
  let place: Place;
  let edge: Edge;
  beforeAll(async () => {
    place = await open();
    edge = await Edge.of(place.application);
  });
  afterAll(async () => {
    await edge.stop();
    await place.close();
  });

  const register = (n: number) =>
    edge.post('RegisterTicket', {
      ...{ ticketId: `t-${n}`, customerId: 'c-1', urgency: 'ROUTINE' },
      ...{ channel: 'PHONE', verbatim: 'How do I export?', collectorId: 'ann', raisedAt: raised[n % 3] },
    });
  const numberOf = async (n: number): Promise<unknown> => {
    const { body } = await edge.get(`/ticket/t-${n}`);
    return (body.data as { number?: unknown }).number;
  };

  it('have numbers that are unique and without gaps in each year, whatever was refused between them (SYS-12.2)', async () => {
    const customer = { customerId: 'c-1', name: 'Acme', industry: 'retail', source: 'SALES_HANDOVER' };
    expect((await edge.post('RegisterCustomer', customer)).status).toBe(200);
    const all = Array.from({ length: TICKETS }, (_, n) => n);
    const answers = await Promise.all(all.map(register));
    expect(answers.map(({ status }) => status === 200)).toEqual(all.map((n) => !isRefused(n)));
    await edge.application.settle();
    const numbers = await Promise.all(all.filter((n) => !isRefused(n)).map(numberOf));
    const year = (of: number) =>
      Array.from({ length: TICKETS / 3 }, (_, n) => `需-${of}-${String(n + 1).padStart(3, '0')}`);
    expect(numbers.map(String).sort()).toEqual([...year(2025), ...year(2026)]);
  });
});
