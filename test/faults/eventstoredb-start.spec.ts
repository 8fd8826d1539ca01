import { CannotConnect, EventStoreDbEventLog, WrongAddress } from '@rapport/adapters/eventstoredb';
import { NO_STREAM, START } from '@rapport/kernel';
import { fresh } from '../contracts/logs';
import { makeCertificates } from '../support/eventstoredb/certificates';
import { TestCluster } from '../support/eventstoredb/test-cluster';
import { TestServer } from '../support/eventstoredb/test-server';
import { bring, SHORT_LIMITS } from '../support/eventstoredb-bench';

const certificates = makeCertificates();
if (!certificates) console.log('skipped: TLS, openssl is absent');
const withTls = certificates ? describe : describe.skip;
afterAll(() => certificates?.remove());

const open = (url: string) => EventStoreDbEventLog.open({ url });
/** Who waits for a refusal need not wait long. */
const complaint = (url: string): Promise<Error> =>
  EventStoreDbEventLog.open({ url, limits: SHORT_LIMITS }).then(
    () => new Error('it was opened'),
    (error: unknown) => error as Error,
  );

describe('a start', () => {
  it('without a server says what to check, and shows no password', async () => {
    const error = await complaint('esdb://ann:secret@127.0.0.1:9?tls=false');
    expect(error).toBeInstanceOf(CannotConnect);
    expect(error.message).toMatch(/no EventStoreDB answers. Is it running, are host and port right/);
    expect(error.message).not.toContain('secret');
  });
  it('at an address that is none says what one looks like', async () => {
    const error = await complaint('postgres://db');
    expect(error).toBeInstanceOf(WrongAddress);
    expect(error.message).toContain('esdb://[name:password@]host:2113');
  });
  it('with TLS at a server without says so', async () => {
    const server = await TestServer.start();
    const error = await complaint(server.url.replace('?tls=false', ''));
    expect(error).toBeInstanceOf(CannotConnect);
    expect(error.message).toMatch(/TLS|certificate/);
    await server.stop();
  });
});

withTls('a server with TLS', () => {
  const tls = { certificates: certificates! };
  const over = async (
    options: Partial<typeof tls & { clientCertificates: boolean }>,
    work: (server: TestServer) => Promise<void>,
  ) => {
    const server = await TestServer.start({ tls: { ...tls, ...options } });
    await work(server);
    await server.stop();
  };
  it('is written to, read and followed as any other, by a user who says the password', () =>
    over({}, async (server) => {
      const log = await open(server.urlAs('admin', 'changeit'));
      const events = fresh().events(1, 2);
      expect(await log.append('a', NO_STREAM, events)).toMatchObject({ revision: 1 });
      expect(await log.readStream('a')).toHaveLength(2);
      const feed = log.subscribe(START);
      expect(await bring(feed, 2)).toEqual(events.map(({ id }) => id));
      expect(log.driver).not.toContain('insecure');
      await log.close();
    }));
  it('says who is not let in: a wrong password, and nobody', () =>
    over({}, async (server) => {
      for (const url of [server.urlAs('admin', 'guess'), server.url]) {
        const error = await complaint(url);
        expect(error).toBeInstanceOf(CannotConnect);
        expect(error.message).toMatch(/does not let us in. Check name and password/);
        expect(error.message).not.toContain('guess');
      }
    }));
  it('whose authority is unknown is not believed', () =>
    over({}, async (server) => {
      const error = await complaint(server.urlAs('admin', 'changeit').replace(/&?tlsCAFile=[^&]*/, ''));
      expect(error).toBeInstanceOf(CannotConnect);
      expect(error.message).toMatch(/certificates. Name the authority with tlsCAFile/);
    }));
  it('that asks for certificates of users gets ours', () =>
    over({ clientCertificates: true }, async (server) => {
      const url = server.urlAs('admin', 'changeit');
      const log = await open(url);
      expect(await log.append('a', NO_STREAM, fresh().events(1))).toMatchObject({ revision: 0 });
      await log.close();
      expect(await complaint(url.replace(/&userCertFile=[^&]*&userKeyFile=[^&]*/, ''))).toBeInstanceOf(
        CannotConnect,
      );
    }));
  it('stops a subscription that is no longer let in, visibly: no patience helps', async () => {
    const users: Record<string, string> = { ann: 'changeit' };
    const server = await TestServer.start({ tls: { ...tls, users } });
    const log = await open(server.urlAs('ann', 'changeit'));
    users['ann'] = 'another one';
    const feed = log.subscribe(START);
    await expect(feed.next(1)).rejects.toThrow('EventStoreDB refuses the subscription');
    await log.close();
    await server.stop();
  });
});

describe('a cluster', () => {
  it('is written to by its leader and followed on its followers, wherever one knocks', async () => {
    const cluster = await TestCluster.start();
    const log = await open(cluster.url);
    const events = fresh().events(1, 2, 3);
    await log.append('a', NO_STREAM, events);
    const feed = log.subscribe(START);
    expect(await bring(feed, 3)).toEqual(events.map(({ id }) => id));
    const [leader, ...followers] = cluster.nodes;
    expect(leader!.feeds.size).toBe(0);
    expect(followers.reduce((sum, { feeds }) => sum + feeds.size, 0)).toBe(1);
    await log.close();
    await cluster.stop();
  });
  it('goes on with the next leader, and the append that met the change is stored once', async () => {
    const cluster = await TestCluster.start({ electionMs: 300 });
    const log = await open(cluster.url);
    await log.append('a', NO_STREAM, fresh().events(1));
    const killed = cluster.killLeader();
    expect(await log.append('a', 0, fresh().events(2))).toMatchObject({ revision: 1 });
    await killed;
    expect(await log.readStream('a')).toHaveLength(2);
    await log.close();
    await cluster.stop();
  });
});
