import { setTimeout as pause } from 'node:timers/promises';
import { ANY, START, type EventStoreDBClient } from '@eventstore/db-client';
import { credentials } from '@grpc/grpc-js';
import { GossipClient } from '@eventstore/db-client/generated/gossip_grpc_pb';
import { MemberInfo } from '@eventstore/db-client/generated/gossip_pb';
import { Empty } from '@eventstore/db-client/generated/shared_pb';
import { TestCluster, type ClusterOptions } from '../support/eventstoredb/test-cluster';
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
} from '../support/eventstoredb/visit';

jest.setTimeout(MINUTE); // a busy machine may be slow

const ELECTION_MS = 150;
const { LEADER, FOLLOWER, UNKNOWN } = MemberInfo.VNodeState;
const toLeader = { ...UNARY, requiresLeader: true };

const visit = async (check: (cluster: TestCluster) => Promise<unknown>, options: ClusterOptions = {}) => {
  const cluster = await TestCluster.start({ electionMs: ELECTION_MS, ...options });
  await check(cluster).finally(() => cluster.stop());
};
const withClient = async (url: string, check: (client: EventStoreDBClient) => Promise<unknown>) => {
  const client = connect(url);
  await check(client).finally(() => leave(client));
};
/** What a node says of all nodes. */
const gossipOf = (port: number): Promise<readonly unknown[]> =>
  new Promise((resolve, reject) => {
    const client = new GossipClient(`127.0.0.1:${port}`, credentials.createInsecure());
    client.read(new Empty(), (error, info) => {
      client.close();
      if (error) reject(error);
      else
        resolve(
          info
            .getMembersList()
            .map((one) => [one.getHttpEndPoint()!.getPort(), one.getIsAlive(), one.getState()]),
        );
    });
  });

describe('gossip', () => {
  it('tells of three living nodes, and which of them leads', () =>
    visit(async ({ nodes }) => {
      const [a, b, c] = nodes.map(({ port }) => port);
      const expected = [
        ...[
          [a, true, LEADER],
          [b, true, FOLLOWER],
        ],
        [c, true, FOLLOWER],
      ];
      for (const port of [a, b, c]) expect(await gossipOf(port!)).toEqual(expected);
    }));
  it('knows no leader while one is elected, and the next one then', () =>
    visit(async (cluster) => {
      const [a, b, c] = cluster.nodes.map(({ port }) => port);
      const elected = cluster.killLeader();
      const nobody = [
        ...[
          [a, false, UNKNOWN],
          [b, true, UNKNOWN],
        ],
        [c, true, UNKNOWN],
      ];
      expect(await gossipOf(b!)).toEqual(nobody);
      await elected;
      const next = [
        ...[
          [a, false, UNKNOWN],
          [b, true, LEADER],
        ],
        [c, true, FOLLOWER],
      ];
      expect(await gossipOf(c!)).toEqual(next);
    }));
  it('knows no leader when it died and nobody was elected', () =>
    visit(async (cluster) => {
      cluster.leader!.kill();
      const states = (await gossipOf(cluster.nodes[2]!.port)).map((one) => (one as unknown[])[2]);
      expect(states).toEqual([UNKNOWN, UNKNOWN, UNKNOWN]);
      await cluster.elect();
      expect(cluster.leader).toBe(cluster.nodes[1]);
    }));
  it('of a node that came back tells that it follows', () =>
    visit(async (cluster) => {
      await cluster.killLeader();
      await cluster.nodes[0]!.up();
      expect(await gossipOf(cluster.nodes[2]!.port)).toContainEqual([cluster.nodes[0]!.port, true, FOLLOWER]);
    }));
});

describe('a follower', () => {
  it('hands on what is written to it, and is read from at once', () =>
    visit(({ nodes }) =>
      withClient(nodes[1]!.url, async (client) => {
        await client.appendToStream('s', event());
        await client.appendToStream('s', event(), UNARY);
        await client.setStreamMetadata('s', { maxCount: 9 });
        expect(await places(client.readStream('s'))).toEqual(['s@0', 's@1']);
        expect(await places(client.readAll())).toEqual(['s@0', 's@1', '$$s@0']);
        const heard = hear(client.subscribeToAll({ fromPosition: START }));
        await withClient(nodes[0]!.url, (leader) => leader.appendToStream('s', event()));
        await until(() => heard.includes('s@2'));
      }),
    ));
  it('names the leader to an append that insists on it, unless it came by batch', () =>
    visit(({ nodes }) =>
      withClient(nodes[2]!.url, async (client) => {
        await client.appendToStream('s', event(), { requiresLeader: true });
        const leader = { address: '127.0.0.1', port: nodes[0]!.port };
        const failed = await failureOf(client.appendToStream('s', event(), toLeader));
        expect(failed).toMatchObject({ error: 'NotLeaderError', type: 'not-leader', code: 5, leader });
        // The client goes there by itself.
        await client.appendToStream('s', event(), toLeader);
        expect(await places(client.readStream('s'))).toEqual(['s@0', 's@1']);
      }),
    ));
  it('names the leader to a deletion that insists on it', () =>
    visit(({ nodes }) =>
      withClient(nodes[1]!.url, async (client) => {
        await client.appendToStream('s', event());
        expect(await failureOf(client.deleteStream('s', { requiresLeader: true }))).toMatchObject({
          error: 'NotLeaderError',
          leader: { port: nodes[0]!.port },
        });
      }),
    ));
  it('can be read but not written to while there is no leader', () =>
    visit(async (cluster) => {
      await withClient(cluster.nodes[1]!.url, async (client) => {
        await client.appendToStream('s', event());
        const elected = cluster.killLeader();
        expect(await failureOf(client.appendToStream('s', event()))).toMatchObject({
          error: 'UnknownError',
          message: 'Could not recognize Server Is Not Ready',
        });
        expect(await places(client.readStream('s'))).toEqual(['s@0']);
        expect(await failureOf(client.appendToStream('s', event(), UNARY))).toMatchObject({ code: 14 });
        await elected;
        await client.appendToStream('s', event(), UNARY);
        expect(await places(client.readStream('s'))).toEqual(['s@0', 's@1']);
      });
    }));
});

describe('a cluster whose leader is killed', () => {
  const DEADLINE_MS = 5_000;
  const goesOn = async (append: () => Promise<unknown>) => {
    for (const end = Date.now() + DEADLINE_MS; Date.now() < end; await pause(20))
      if ((await failureOf(append())) === undefined) return;
    throw new Error('The cluster did not go on');
  };

  it('loses no acknowledged event and goes on after the election', () =>
    visit((cluster) =>
      withClient(cluster.url, async (client) => {
        const ids: string[] = [];
        const append = async () => {
          const one = event();
          await client.appendToStream('s', one, { ...UNARY, expectedRevision: ANY });
          ids.push(one.id);
        };
        for (let n = 0; n < 20; n++) await append();
        const began = performance.now();
        const elected = cluster.killLeader();
        await goesOn(append);
        expect(performance.now() - began).toBeGreaterThanOrEqual(ELECTION_MS - 10);
        await elected;
        for (let n = 0; n < 20; n++) await append();
        const stored = new Set(cluster.nodes[1]!.log.all.map(({ id }) => id));
        expect(ids.filter((id) => !stored.has(id))).toEqual([]);
        expect(ids).toHaveLength(41);
      }),
    ));
  it.each([
    [false, 'writes a repeated append to just any place again', 1n],
    [true, 'may know a repeated append to just any place', 0n],
  ])('and whose next leader remembers: %s, %s', (remembers, _, nextExpectedRevision) =>
    visit(
      async (cluster) => {
        const one = event();
        await withClient(cluster.url, (client) => client.appendToStream('s', one));
        await cluster.killLeader();
        await withClient(cluster.url, async (client) => {
          expect(await client.appendToStream('s', one)).toMatchObject({ nextExpectedRevision });
        });
      },
      { remembers },
    ),
  );
});
