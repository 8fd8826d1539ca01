import 'reflect-metadata';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../apps/cli/program';
import { TestServer } from '../support/eventstoredb/test-server';
import { Host, until } from '../support/hosts';
import { modelNamed } from '../support/model-names';
import { playedTerminal } from '../support/played-terminal';
import {
  environmentOf,
  postgresIsHere,
  startPostgres,
  type PostgresServer,
} from '../support/postgres/server';

jest.setTimeout(120_000);

const customer = (n: number) => ({
  ...{ customerId: `c-${n}`, name: `Company ${n}`, industry: 'retail', source: 'ONLINE_QUESTIONNAIRE' },
});

/** Where the rows are kept beside the log on a server, and whether a copy of that log lies there too. */
const PLACES: readonly (readonly [
  name: string,
  how: { readonly copied: boolean; readonly rowsOnServer: boolean },
])[] = [
  ['in a folder', { copied: false, rowsOnServer: false }],
  ['in a folder, with a copy of the log', { copied: true, rowsOnServer: false }],
  ...(postgresIsHere() ? [['in PostgreSQL', { copied: false, rowsOnServer: true }] as const] : []),
];

describe.each(PLACES)(
  'rapport projections beside an api and a projector on a server, rows %s',
  (_, { copied, rowsOnServer }) => {
    const folder = mkdtempSync(join(tmpdir(), 'rapport-on-server-'));
    let server: TestServer;
    let api: Host;
    let projector: Host;
    let postgres: PostgresServer | undefined;
    let environment: Record<string, string>;
    const startProjector = async () =>
      void (projector = await Host.start('projector', {
        ...environment,
        ...(copied && { RAPPORT_LOG_COPY: 'true' }),
      }));
    beforeAll(async () => {
      server = await TestServer.start();
      if (rowsOnServer) postgres = await startPostgres();
      environment = {
        ...{ RAPPORT_DATA: folder, RAPPORT_EVENTSTOREDB: server.url, RAPPORT_LEASE_MS: '3000' },
        ...(postgres && environmentOf(postgres.place())),
      };
      await startProjector();
      api = await Host.start('api', environment);
    });
    afterAll(async () => {
      await api.stop();
      await projector.stop();
      await Promise.all([server.stop(), postgres?.stop()]);
      rmSync(folder, { recursive: true });
    });

    const register = async (n: number) => {
      const { status, body } = await api.post('RegisterCustomer', customer(n), `c-${n}`);
      expect(status).toBe(200);
      return body.position;
    };
    const counted = async (position: string) => {
      const { body } = await api.get(`/reports/lifecycle?after=${position}&wait=20000`);
      return (body.data['stages'] as readonly { readonly customers: number }[]).reduce(
        (sum, one) => sum + one.customers,
        0,
      );
    };
    const projections = async (...argv: readonly string[]) => {
      const { terminal, printed, said } = playedTerminal(false, environment);
      const code = await run(['projections', ...argv, '--json'], terminal);
      if (printed.length === 0) throw new Error(said.join('\n'));
      return {
        code,
        json: JSON.parse(printed.join('')) as Record<string, readonly Record<string, unknown>[]>,
      };
    };

    it('rebuilds, compares, switches and rolls back while they serve; a projector that is away is waited for by nobody', async () => {
      for (let n = 0; n < 40; n++) await register(n);
      expect(existsSync(join(folder, 'copy.sqlite'))).toBe(copied);
      expect(existsSync(join(folder, 'rows.eventstoredb.sqlite'))).toBe(!rowsOnServer);
      const built = await projections('rebuild', 'lifecycle', 'ticket-queue', '--threads', '2');
      expect(built.json['models']).toMatchObject([{ state: 'complete' }, { state: 'complete' }]);
      let [n, stopped] = [40, false];
      const sending = (async () => {
        while (!stopped) await register(n++);
      })();
      const compared = await projections('compare', 'lifecycle');
      expect([compared.code, compared.json['identical']]).toEqual([0, true]);
      const switched = await projections('switch', 'lifecycle');
      expect(switched.json['switched']).toMatchObject([{ model: modelNamed('lifecycle'), kept: true }]);
      const before = n;
      await until(() => n > before + 10);
      await projections('rollback', 'lifecycle');
      stopped = true;
      await sending;
      expect(await counted(await register(n++))).toBe(n);

      await projector.stop();
      const last = await register(n++);
      const alone = await projections('compare', 'lifecycle'); // the live model stands where the projector left it
      expect([alone.code, alone.json['identical']]).toEqual([0, true]);
      await startProjector();
      expect(await counted(last)).toBe(n);
    });
  },
);
