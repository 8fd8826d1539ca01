import 'reflect-metadata';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../apps/cli/program';
import { TestServer } from '../support/eventstoredb/test-server';
import { Host, until } from '../support/hosts';
import { modelNamed } from '../support/model-names';
import { playedTerminal } from '../support/played-terminal';

jest.setTimeout(120_000);

const customer = (n: number) => ({
  ...{ customerId: `c-${n}`, name: `Company ${n}`, industry: 'retail', source: 'ONLINE_QUESTIONNAIRE' },
});

describe.each([false, true])(
  'rapport projections beside an api and a projector on a server (with a copy of its log: %s)',
  (copied) => {
    const folder = mkdtempSync(join(tmpdir(), 'rapport-on-server-'));
    let server: TestServer;
    let api: Host;
    let projector: Host;
    beforeAll(async () => {
      server = await TestServer.start();
      const environment = {
        RAPPORT_DATA: folder,
        RAPPORT_EVENTSTOREDB: server.url,
        RAPPORT_LEASE_MS: '3000',
      };
      projector = await Host.start('projector', { ...environment, RAPPORT_LOG_COPY: String(copied) });
      api = await Host.start('api', environment);
    });
    afterAll(async () => {
      await api.stop();
      await projector.stop();
      await server.stop();
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
      const { terminal, printed, said } = playedTerminal();
      const code = await run(
        ['projections', ...argv, '--data', folder, '--log', server.url, '--json'],
        terminal,
      );
      if (printed.length === 0) throw new Error(said.join('\n'));
      return {
        code,
        json: JSON.parse(printed.join('')) as Record<string, readonly Record<string, unknown>[]>,
      };
    };

    it('rebuilds, compares, switches and rolls back while they serve; a projector that is away is waited for by nobody', async () => {
      for (let n = 0; n < 40; n++) await register(n);
      expect(existsSync(join(folder, 'copy.sqlite'))).toBe(copied);
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
      projector = await Host.start('projector', {
        ...{ RAPPORT_DATA: folder, RAPPORT_EVENTSTOREDB: server.url, RAPPORT_LOG_COPY: String(copied) },
      });
      expect(await counted(last)).toBe(n);
    });
  },
);
