import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../apps/cli/program';
import { HostProcess } from '../support/host-process';
import { until } from '../support/hosts';
import { modelNamed } from '../support/model-names';
import { playedTerminal } from '../support/played-terminal';

jest.setTimeout(180_000);

const folder = mkdtempSync(join(tmpdir(), 'rapport-beside-'));
afterAll(async () => {
  await HostProcess.killAll();
  rmSync(folder, { recursive: true });
});

const customer = (n: number) => ({
  ...{ customerId: `c-${n}`, name: `Company ${n}`, industry: 'retail', source: 'ONLINE_QUESTIONNAIRE' },
});
const ticket = (n: number) => ({
  ...{ ticketId: `t-${n}`, customerId: `c-${n}`, type: 'SERVICE', urgency: 'ROUTINE', channel: 'EMAIL' },
  ...{ verbatim: 'The export stops half way', collectorId: 'ann', raisedAt: '2026-01-05T09:00:00Z' },
});

/** Registers customers and their tickets until it is told to stop; answers how many. */
const load = (host: HostProcess, from: number) => {
  let [n, stopped] = [from, false];
  const send = async () => {
    for (; !stopped; n++) {
      for (const [type, data] of [
        ['RegisterCustomer', customer(n)],
        ['RegisterTicket', ticket(n)],
      ] as const) {
        // prettier-ignore
        const { status } = await host.post(type, data, `${type}-${n}`);
        expect(status).toBe(200);
      }
    }
    return n;
  };
  const sending = send();
  return { written: () => n, stop: () => ((stopped = true), sending) };
};

const projections = async (...argv: readonly string[]) => {
  const { terminal, printed, said } = playedTerminal();
  const code = await run(['projections', ...argv, '--data', folder, '--json'], terminal);
  if (printed.length === 0) throw new Error(said.join('\n'));
  return { code, json: JSON.parse(printed.join('')) as Record<string, readonly Record<string, unknown>[]> };
};
const stages = async (host: HostProcess, position: string) => {
  const { body } = await host.get(`/reports/lifecycle?after=${position}&wait=30000`);
  return (body.data['stages'] as readonly { readonly customers: number }[]).reduce(
    (sum, { customers }) => sum + customers,
    0,
  );
};
const registered = async (host: HostProcess, n: number) => {
  const { status, body } = await host.post('RegisterCustomer', customer(n), `RegisterCustomer-${n}`);
  expect(status).toBe(200);
  return body.position;
};

describe('rapport projections beside a running server', () => {
  it('rebuilds, compares, switches and rolls back while it serves: every answer counts everybody, once', async () => {
    const host = await HostProcess.start('standalone', { RAPPORT_DATA: folder });
    const first = load(host, 0);
    await until(() => first.written() > 30);

    const built = await projections('rebuild', '--all', '--threads', '2');
    expect([built.code, built.json['models']!.every(({ state }) => state === 'complete')]).toEqual([0, true]);
    const models = ['lifecycle', 'ticket-queue', 'customer-profile'];
    const compared = await projections('compare', ...models);
    expect([compared.code, compared.json['identical']]).toEqual([0, true]);
    const during = first.written();
    const switched = await projections('switch', ...models);
    expect(switched.json['switched']!.map(({ model, kept }) => [model, kept])).toEqual(
      models.map((model) => [modelNamed(model), true]),
    );
    await until(() => first.written() > during + 5);
    const customers = await first.stop();
    expect(await stages(host, await registered(host, customers))).toBe(customers + 1);

    const second = load(host, customers + 1);
    await until(() => second.written() > customers + 10);
    const back = await projections('rollback', ...models);
    expect(back.json['switched']!.every(({ behind }) => Number(behind) > 0)).toBe(true);
    const more = await second.stop();
    expect(await stages(host, await registered(host, more))).toBe(more + 1);
    const again = await projections('compare', ...models);
    expect([again.code, again.json['identical']]).toEqual([0, true]);
    expect(await host.stop()).toBe(0);

    const offline = await projections('rebuild', '--all', '--fresh', '--compare');
    expect([offline.code, offline.json['identical']]).toEqual([0, true]);
  });
});
