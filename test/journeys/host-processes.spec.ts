import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logPlaces, type LogPlace } from '../support/log-places';
import { HostProcess } from '../support/host-process';
import { until } from '../support/hosts';

const TICKETS = 12;
const customer = { customerId: 'c-1', name: 'Acme', industry: 'retail', source: 'ONLINE_QUESTIONNAIRE' };
const ticket = (ticketId: string) => ({
  ...{ ticketId, customerId: 'c-1', type: 'SERVICE', urgency: 'ROUTINE', channel: 'EMAIL' },
  ...{ verbatim: 'The export stops half way', collectorId: 'ann', raisedAt: '2026-01-05T09:00:00Z' },
});

/** The last of them is a real server where one is named, and the test server otherwise. */
const [, open = () => Promise.reject(new Error('no log'))] = logPlaces.at(-1) ?? [];

const folder = mkdtempSync(join(tmpdir(), 'rapport-host-processes-'));
let place: LogPlace;
beforeAll(async () => void (place = await open()));
afterAll(async () => {
  await HostProcess.killAll();
  await place.close();
  rmSync(folder, { recursive: true });
});

it('three processes share a folder; killed and started again they lose nothing, and asked to end they end in order', async () => {
  const environment = { RAPPORT_DATA: folder, ...place.settings };
  const start = (role: 'api' | 'projector' | 'relay') => HostProcess.start(role, environment);
  let [api, projector, relay] = await Promise.all([start('api'), start('projector'), start('relay')]);
  const send = async (type: string, data: object, id: string) => {
    const { status, body } = await api.post(type, data, id);
    expect([id, status]).toEqual([id, 200]);
    return body.position;
  };
  const numbered = async () => {
    const { body } = await api.get('/ticket-queue?limit=100');
    const rows = body.data as unknown as readonly { readonly number: string | null }[];
    return rows.filter(({ number }) => number !== null).length;
  };

  await send('RegisterCustomer', customer, 'c-1');
  const half = TICKETS / 2;
  for (let n = 0; n < half; n++) await send('RegisterTicket', ticket(`t-${n}`), `t-${n}`);
  await Promise.all([relay.kill(), projector.kill(), api.kill()]);
  [api, projector, relay] = await Promise.all([start('api'), start('projector'), start('relay')]);
  for (let n = 0; n < half; n++) {
    const again = await api.post('RegisterTicket', ticket(`t-${n}`), `t-${n}`);
    expect(again).toMatchObject({ status: 200, body: { repeated: true } });
  }
  for (let n = half; n < TICKETS; n++) await send('RegisterTicket', ticket(`t-${n}`), `t-${n}`);
  await until(async () => (await numbered()) === TICKETS);
  expect(await Promise.all([api.stop(), projector.stop(), relay.stop()])).toEqual([0, 0, 0]);
}, 120_000);
