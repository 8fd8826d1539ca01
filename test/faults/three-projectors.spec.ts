import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgresRowStore, type PostgresPlace } from '@rapport/adapters/postgres';
import { PARKED } from '@rapport/kernel';
import { Application, openAt, placeIn, settingsFrom } from '@rapport/platform';
import { everyRow } from '../support/every-row';
import { HostProcess } from '../support/host-process';
import { until } from '../support/hosts';
import { TestServer } from '../support/eventstoredb/test-server';
import {
  environmentOf,
  postgresIsHere,
  startPostgres,
  type PostgresServer,
} from '../support/postgres/server';

jest.setTimeout(120_000);
const LEASE_MS = 5_000;
/** Before a lease ends: work that was given back need not be waited for so long. */
const AT_ONCE_MS = LEASE_MS - 1_000;
const CUSTOMERS = 12;
const LANES = 6;

const customer = (n: number) => ({
  ...{ customerId: `c-${n}`, name: `Company ${n}`, industry: 'retail', source: 'ONLINE_QUESTIONNAIRE' },
});
const ticket = (ticketId: string, n: number) => ({
  ...{ ticketId, customerId: `c-${n % CUSTOMERS}`, type: 'SERVICE', urgency: 'ROUTINE', channel: 'EMAIL' },
  ...{ verbatim: 'The export stops half way', collectorId: 'ann', raisedAt: '2026-01-05T09:00:00Z' },
});

const postgres = postgresIsHere() ? describe : describe.skip;
postgres('three projectors, each a process of its own, with rows in PostgreSQL', () => {
  const folders: string[] = [];
  const projectors = new Map<string, HostProcess>();
  let log: TestServer;
  let server: PostgresServer;
  let place: PostgresPlace;
  let api: HostProcess;
  let sent = 0;

  const environment = (): Record<string, string> => {
    const folder = mkdtempSync(join(tmpdir(), 'rapport-three-'));
    folders.push(folder);
    return {
      ...{ RAPPORT_DATA: folder, RAPPORT_EVENTSTOREDB: log.url, RAPPORT_LEASE_MS: String(LEASE_MS) },
      ...environmentOf(place),
    };
  };
  const joins = async (name: string) =>
    void projectors.set(name, await HostProcess.start('projector', environment()));
  const projector = (name: string): HostProcess => {
    const found = projectors.get(name);
    if (!found) throw new Error(`${name} does not run`);
    return found;
  };
  /** How many lanes each of them has, by name, and how many nobody has. */
  const lanes = async (): Promise<Readonly<Record<string, number>>> => {
    const rows = await server.ask(
      `select owner, count(*)::int as n from "${place.schema}".seats where "group" = 'projections' group by owner`,
    );
    const named = rows.map(({ owner, n }) => {
      const name = [...projectors].find(([, { pid }]) => String(owner).split('/')[1] === String(pid))?.[0];
      return [name ?? (owner === null ? 'nobody' : 'somebody who is gone'), Number(n)] as const;
    });
    return Object.fromEntries(named);
  };
  const shared = (wanted: Readonly<Record<string, number>>, withinMs?: number) =>
    until(async () => {
      const now = await lanes();
      return JSON.stringify(Object.entries(now).sort()) === JSON.stringify(Object.entries(wanted).sort());
    }, withinMs);
  const ticketsArrive = async (count: number): Promise<string> => {
    const answers = await Promise.all(
      Array.from({ length: count }, () => {
        const n = sent++;
        return api.post('RegisterTicket', ticket(`t-${n}`, n), `t-${n}`);
      }),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    return answers.map(({ body }) => body.position).reduce((a, b) => (Number(a) > Number(b) ? a : b));
  };
  /** Asked with the position of the last command: the answer knows all of them. */
  const allAreSeen = async (position: string) => {
    const { status, body } = await api.get(`/reports/backlog?after=${position}&wait=60000`);
    expect(status).toBe(200);
    return JSON.stringify(body.data);
  };

  beforeAll(async () => {
    [log, server] = [await TestServer.start(), await startPostgres()];
    place = server.place();
    const opened = await Promise.all([
      HostProcess.start('api', environment()),
      ...['one', 'two', 'three'].map(joins),
    ]);
    api = opened[0];
    for (let n = 0; n < CUSTOMERS; n++) await api.post('RegisterCustomer', customer(n), `c-${n}`);
  });
  afterAll(async () => {
    await HostProcess.killAll();
    await Promise.all([log.stop(), server.stop()]);
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  it('share the lanes, two each, and all that is sent is seen', async () => {
    await shared({ one: 2, two: 2, three: 2 });
    await allAreSeen(await ticketsArrive(30));
  });

  it('that one leaves in good order goes on at once: the others take its lanes before its lease would have ended', async () => {
    expect(await projector('three').stop()).toBe(0);
    projectors.delete('three');
    await shared({ one: 3, two: 3 }, AT_ONCE_MS);
    await allAreSeen(await ticketsArrive(10));
  });

  it('that a newcomer joins get a share each', async () => {
    await joins('four');
    await shared({ one: 2, two: 2, four: 2 });
    await allAreSeen(await ticketsArrive(10));
  });

  it('of which one is killed while tickets come in: its lanes are taken over when its lease is over, and the others never stop', async () => {
    const arriving = ticketsArrive(60);
    await projector('two').kill();
    projectors.delete('two');
    await allAreSeen(await arriving);
    await shared({ one: 3, four: 3 });
  });

  it('of which one stands still for longer than its lease: the others take over its lanes, it hears of it when it wakes up and takes its share again', async () => {
    await joins('five');
    await shared({ one: 2, four: 2, five: 2 });
    const arriving = ticketsArrive(60);
    projector('four').freeze();
    await allAreSeen(await arriving);
    await shared({ one: 3, five: 3 });
    const last = await ticketsArrive(20);
    projector('four').thaw();
    await shared({ one: 2, four: 2, five: 2 });
    expect(projector('four').log).toMatch(/has the work now, this process stops doing it/);
    await allAreSeen(last);
  });

  it('of which one does not know yet that its lanes were given away: what it commits then is refused, and it reads anew', async () => {
    const one = projector('one');
    const givenAway = () =>
      server.ask(
        `update "${place.schema}".seats set epoch = epoch + 1 where "group" = 'projections' and split_part(owner, '/', 2) = $1`,
        [String(one.pid)],
      );
    let last = '';
    await until(async () => {
      await givenAway();
      last = await ticketsArrive(CUSTOMERS); // mostly before it looks after its seats again
      await allAreSeen(last);
      return /is somebody else's by now: what was read since the last commit is read again/.test(one.log);
    });
    await allAreSeen(last);
  });

  it('of which none has lost anything, and none has counted anything twice: rows and figures are those of a fresh replay', async () => {
    for (const one of projectors.values()) expect(await one.stop()).toBe(0);
    const application = await openAt(placeIn(settingsFrom(environment())), { loops: ['projections'] });
    const { plan } = application;
    const anew = await PostgresRowStore.open(server.place());
    const replay = new Application({ ...plan, rows: anew });
    for (const one of [application, replay]) {
      await one.start();
      await one.settle();
    }
    expect(await everyRow(plan, application.rows)).toEqual(await everyRow(plan, anew));
    const queue = plan.readModels.find(({ question }) => question === 'ticket-queue');
    expect(await application.rows.count(queue!.table)).toBe(sent);
    expect(await application.rows.count(PARKED)).toBe(0);
    expect(LANES).toBe(application.rows.lanes);
    await replay.pause();
    await anew.close();
    await application.stop();
  });
});
