import { setTimeout as pause } from 'node:timers/promises';
import { START } from '@eventstore/db-client';
import { makeCertificates } from '../support/eventstoredb/certificates';
import { gathered } from '../support/eventstoredb/talk';
import { TestCluster } from '../support/eventstoredb/test-cluster';
import { TestServer, type ServerOptions } from '../support/eventstoredb/test-server';
import {
  connect,
  event,
  failureOf,
  hear,
  leave,
  MINUTE,
  places,
  UNARY,
  until,
  visit,
} from '../support/eventstoredb/visit';

jest.setTimeout(MINUTE); // a busy machine may be slow

const MOMENT_MS = 50;
const certificates = makeCertificates();
if (!certificates) process.stdout.write('skipped: a server with TLS, openssl is not installed\n');
const secure = certificates ? describe : describe.skip;
const as = (username: string, password: string) => ({ credentials: { username, password } });
const denied = (code?: number) => ({
  error: 'AccessDeniedError',
  type: 'access-denied',
  ...(code && { code }),
});

const visitAs = (
  user: string | undefined,
  check: Parameters<typeof visit>[0],
  options: Partial<ServerOptions> = {},
) =>
  visit(
    async (server) => {
      const client = connect(user === undefined ? server.url : server.urlAs('admin', user));
      await check(server, client);
      leave(client);
    },
    { tls: { certificates: certificates! }, ...options },
  );

afterAll(() => certificates?.remove());

secure('a server with TLS', () => {
  it('serves a user who says the password', () =>
    visitAs('changeit', async (_server, client) => {
      await client.appendToStream('s', event());
      await client.appendToStream('s', event(), UNARY);
      expect(await places(client.readStream('s'))).toEqual(['s@0', 's@1']);
      const heard = hear(client.subscribeToAll({ fromPosition: START }));
      await until(() => heard.includes('caughtUp'));
      await client.deleteStream('s');
    }));
  it('does not know whoever says a wrong one', () =>
    visitAs('wrong', async (server, client) => {
      expect(await failureOf(client.appendToStream('s', event()))).toMatchObject(denied(16));
      expect(await failureOf(gathered(client.readAll()))).toMatchObject(denied(16));
      expect(await failureOf(client.deleteStream('s'))).toMatchObject(denied(16));
      for (const user of [as('admin', ''), as('nobody', 'changeit')])
        expect(await failureOf(client.appendToStream('s', event(), user))).toMatchObject(denied(16));
      expect(server.log.all).toEqual([]);
    }));
  it('denies everything to whoever says nothing', () =>
    visitAs(undefined, async (server, client) => {
      expect(await failureOf(gathered(client.readAll()))).toMatchObject(denied(7));
      expect(await failureOf(client.tombstoneStream('s'))).toMatchObject(denied(7));
      const heard = hear(client.subscribeToAll());
      await until(() => heard.length > 0);
      expect(heard[0]).toMatchObject(denied(7));
      const batch = await failureOf(client.appendToStream('s', event()));
      expect(batch).toMatchObject({ ...denied(), message: '' });
      expect((batch as { code?: number }).code).toBeUndefined();
      expect(server.log.all).toEqual([]);
    }));
  it('takes the user of a single call before the one of the address', () =>
    visitAs('wrong', async (_server, client) => {
      await client.appendToStream('s', event(), UNARY);
      expect(await places(client.readStream('s', UNARY))).toEqual(['s@0']);
    }));
  it('is not trusted without its authority', () =>
    visitAs('changeit', async (server) => {
      const client = connect(server.urlAs('admin', 'changeit').replace(/&tlsCAFile=.*/, ''));
      expect(await failureOf(client.appendToStream('s', event()))).toMatchObject({ code: 14 });
      leave(client);
    }));
  it('breaks and comes back like any other', () =>
    visitAs('changeit', async (server, client) => {
      await client.appendToStream('s', event());
      server.reset();
      await pause(MOMENT_MS); // a call at this very moment is lost: nobody tells the client until its time is up
      await failureOf(client.appendToStream('s', event(), UNARY));
      server.kill();
      await server.up();
      await failureOf(client.appendToStream('s', event(), UNARY));
      await client.appendToStream('last', event(), UNARY);
      expect(await places(client.readStream('last'))).toEqual(['last@0']);
    }));
});

secure('a server that asks for certificates', () => {
  const tls = { certificates: certificates!, clientCertificates: true };
  it('serves who has one', () =>
    visitAs('changeit', async (_server, client) => client.appendToStream('s', event()), { tls }));
  it('is not even reached by who has none', () =>
    visitAs(
      'changeit',
      async (server) => {
        const client = connect(server.urlAs('admin', 'changeit').replace(/&user.*/, ''));
        expect(await failureOf(client.appendToStream('s', event(), UNARY))).toMatchObject({ code: 14 });
        leave(client);
      },
      { tls },
    ));
  it('asks a user with a certificate for the password all the same', () =>
    visitAs(
      'wrong',
      async (_server, client) => {
        expect(await failureOf(client.appendToStream('s', event()))).toMatchObject(denied(16));
      },
      { tls },
    ));
});

secure('a cluster with TLS', () => {
  it('is found through gossip by whoever trusts its authority', async () => {
    const cluster = await TestCluster.start({ tls: { certificates: certificates! } });
    const client = connect(cluster.urlAs('admin', 'changeit'));
    await client.appendToStream('s', event());
    await cluster.killLeader();
    await failureOf(client.appendToStream('s', event(), UNARY));
    await client.appendToStream('last', event(), UNARY);
    expect(await places(client.readStream('last'))).toEqual(['last@0']);
    leave(client);
    await cluster.stop();
  });
});

describe('a server without TLS', () => {
  it('takes anybody, whatever the password', async () => {
    const server = await TestServer.start();
    for (const url of [server.url, server.urlAs('nobody', 'nothing')]) {
      const client = connect(url);
      await client.appendToStream('s', event());
      await client.appendToStream('s', event(), as('somebody', 'else'));
      leave(client);
    }
    expect(server.log.all).toHaveLength(4);
    await server.stop();
  });
});
