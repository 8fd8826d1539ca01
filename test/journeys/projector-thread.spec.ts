import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteRowStore } from '@rapport/adapters/sqlite';
import { positionOf } from '@rapport/kernel';
import { HostProcess } from '../support/host-process';
import { until } from '../support/hosts';

const folder = mkdtempSync(join(tmpdir(), 'rapport-thread-'));
afterAll(async () => {
  await HostProcess.killAll();
  rmSync(folder, { recursive: true });
});

const customer = (n: number) => ({
  ...{ customerId: `c-${n}`, name: `Company ${n}`, industry: 'retail', source: 'ONLINE_QUESTIONNAIRE' },
});
const ticket = (n: number) => ({
  ...{ ticketId: `t-${n}`, customerId: 'c-0', type: 'SERVICE', urgency: 'ROUTINE', channel: 'EMAIL' },
  ...{ verbatim: 'The export stops half way', collectorId: 'ann', raisedAt: '2026-01-05T09:00:00Z' },
});

describe('read models in a thread of their own', () => {
  const start = () => HostProcess.start('standalone', { RAPPORT_DATA: folder });
  const rows = async (host: HostProcess, path: string) =>
    (await host.get(path)).body.data as unknown as readonly Readonly<Record<string, unknown>>[];

  it('show what a command did to whoever waits for its position, and what policies made of it', async () => {
    const host = await start();
    const { body } = await host.post('RegisterCustomer', customer(0), 'c-0');
    const seen = await host.get(`/lifecycle/c-0?after=${body.position}`);
    expect([seen.status, seen.body.data]).toMatchObject([200, { key: 'c-0', stage: 'ACQUISITION' }]);
    await host.post('RegisterTicket', ticket(0), 't-0');
    await until(async () => (await rows(host, '/ticket-queue'))[0]?.['number'] != null);
    await until(async () => (await host.get('/health/ready')).status === 200);
    const ready = await host.get('/health/ready');
    expect(ready.body).toMatchObject({ status: 'ready', loops: { projections: 'live', reactions: 'live' } });
    const far = await host.get(`/lifecycle/c-0?after=99999&wait=50`);
    expect([far.status, far.body['code']]).toEqual([503, 'NOT_YET']);
    const settled = 'rapport_loop_lag_events{loop="projections"} 0';
    await until(async () => (await host.get('/metrics')).text.includes(settled));
    expect(await host.stop()).toBe(0);
  }, 60_000);

  it('lose nothing and count nothing twice when the process is killed, and equal a rebuild', async () => {
    const host = await start();
    const sending = Array.from({ length: 200 }, (_, n) =>
      host.post('RegisterCustomer', customer(n), `c-${n}`),
    );
    await Promise.all(sending.slice(0, 100));
    await Promise.all([host.kill(), Promise.allSettled(sending)]);
    const again = await start();
    for (let n = 0; n < 200; n++) await again.post('RegisterCustomer', customer(n), `c-${n}`);
    const { body } = await again.post('RegisterCustomer', customer(200), 'c-200');
    const [stages] = (await again.get(`/reports/lifecycle?after=${body.position}`)).body.data[
      'stages'
    ] as readonly object[];
    expect(stages).toMatchObject({ stage: 'ACQUISITION', customers: 201 });
    expect(await again.stop()).toBe(0);
  }, 120_000);

  it('do without it where the settings say so', async () => {
    const host = await HostProcess.start('standalone', {
      RAPPORT_DATA: folder,
      RAPPORT_PROJECTOR_THREAD: 'false',
    });
    const { body } = await host.post('RegisterCustomer', customer(201), 'c-201');
    expect((await host.get(`/lifecycle/c-201?after=${body.position}`)).status).toBe(200);
    expect(await host.stop()).toBe(0);
  }, 60_000);

  it('that the thread cannot open end the start with its message', async () => {
    const rows = await SqliteRowStore.open({ file: join(folder, 'rows.sqlite') });
    const seals = await rows.position('log-seals@1');
    const far = positionOf(seals + 1_000);
    await rows.commit([], [{ subscriber: 'log-seals@1', from: seals, to: far }]);
    await rows.close();
    await expect(start()).rejects.toThrow('log-seals@1 has read further than this log reaches');
  }, 60_000);
});
