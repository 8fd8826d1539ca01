import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HostProcess } from '../support/host-process';
import { until } from '../support/hosts';
import {
  environmentOf,
  postgresIsHere,
  startPostgres,
  type PostgresServer,
} from '../support/postgres/server';

jest.setTimeout(120_000);
const CUSTOMERS = 120;
const customer = (n: number) => ({
  ...{ customerId: `c-${n}`, name: `Company ${n}`, industry: 'retail', source: 'ONLINE_QUESTIONNAIRE' },
});
const ticket = (n: number) => ({
  ...{ ticketId: `t-${n}`, customerId: 'c-0', type: 'SERVICE', urgency: 'ROUTINE', channel: 'EMAIL' },
  ...{ verbatim: 'The export stops half way', collectorId: 'ann', raisedAt: '2026-01-05T09:00:00Z' },
});

const postgres = postgresIsHere() ? describe : describe.skip;
postgres('one process with an embedded log, and rows and keys in PostgreSQL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-standalone-'));
  let server: PostgresServer;
  let environment: Record<string, string>;
  beforeAll(async () => {
    server = await startPostgres();
    environment = { RAPPORT_DATA: folder, ...environmentOf(server.place()) };
  });
  afterAll(async () => {
    await HostProcess.killAll();
    await server.stop();
    rmSync(folder, { recursive: true });
  });
  const start = (more: Record<string, string> = {}) =>
    HostProcess.start('standalone', { ...environment, ...more });

  it.each(['true', 'false'])(
    'keeps its read models there (in a thread of their own: %s), also for a reader who waits for them',
    async (threads) => {
      const host = await start({ RAPPORT_PROJECTOR_THREAD: threads });
      const { body } = await host.post('RegisterCustomer', customer(0), 'c-0');
      const seen = await host.get(`/customer-profile/c-0?after=${body.position}`);
      expect(seen).toMatchObject({ status: 200, body: { data: { name: 'Company 0' } } });
      await host.post('RegisterTicket', ticket(0), 't-0');
      await until(async () => (await host.get('/ticket-queue/t-0')).body.data?.['number'] != null);
      expect(await host.stop()).toBe(0);
      expect(readdirSync(folder).filter((file) => /rows|keys/.test(file))).toEqual([]);
    },
  );

  it('loses nothing and counts nothing twice when it is killed', async () => {
    const host = await start();
    const sending = Array.from({ length: CUSTOMERS }, (_, n) =>
      host.post('RegisterCustomer', customer(n), `c-${n}`),
    );
    await Promise.all(sending.slice(0, CUSTOMERS / 2));
    await Promise.all([host.kill(), Promise.allSettled(sending)]);
    const again = await start();
    for (let n = 0; n < CUSTOMERS; n++) await again.post('RegisterCustomer', customer(n), `c-${n}`);
    const { body } = await again.post('RegisterCustomer', customer(CUSTOMERS), 'last');
    const { body: report } = await again.get(`/reports/lifecycle?after=${body.position}`);
    expect(report.data['stages']).toMatchObject([{ stage: 'ACQUISITION', customers: CUSTOMERS + 1 }]);
    expect(await again.stop()).toBe(0);
  });

  it('does not start without it: exit code 69, and what to do, without the password', async () => {
    const address = new URL(server.address);
    address.port = '1';
    const starting = start({ RAPPORT_POSTGRES: address.toString() });
    await expect(starting).rejects.toThrow(
      /ended with 69: cannot start: PostgreSQL at 127\.0\.0\.1:1\/postgres/,
    );
    await expect(starting).rejects.not.toThrow(/:rapport@/);
  });
});
