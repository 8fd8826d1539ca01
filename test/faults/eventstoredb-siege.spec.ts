import { setTimeout as pause } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import type { AppendFault } from '../support/eventstoredb/host';
import { TestCluster } from '../support/eventstoredb/test-cluster';
import { TestServer } from '../support/eventstoredb/test-server';
import { realEventStoreDb } from '../support/real-servers';
import { seeded, siege } from '../support/siege';

const LIMITS = {
  ...{ appendMs: 1_500, readMs: 5_000, readSilenceMs: 400 },
  ...{ quietMs: 500, owedMs: 200, confirmMs: 1_000 },
};
const FAULTS: readonly AppendFault[] = [
  ...(['reset before', 'reset after', 'timeout before', 'timeout after'] as const),
  ...(['unavailable', 'not ready', 'not leader', 'no answer after'] as const),
];
const COMMANDS = 1_000;
const LONG = 120_000;
const unharmed = {
  ...{ missing: 0, twice: 0, gaps: 0, otherErrors: [], givenUp: 0 },
  ...{ rowsIdentical: true, parked: 0, chainIntact: true },
};

/** A thousand commands from sixteen writers, while the server breaks in every way that chance finds. */
describe.each([1, 2, 3])('a log under siege, seed %i', (seed) => {
  it(
    'keeps every acknowledged command once and no other twice; read models equal a replay, and the chain is whole',
    async () => {
      const server = await TestServer.start();
      const random = seeded(seed);
      const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
      server.fault = () => (random() < 0.03 ? pick(FAULTS) : undefined);
      server.readFault = () => (random() < 0.01 ? pick(['reset', 'unavailable'] as const) : undefined);
      const troubles: readonly (() => Promise<void>)[] = [
        async () => server.reset(),
        async () => {
          server.freeze();
          await pause(300);
          server.thaw();
        },
        async () => server.dropSubscriptions(pick(['silently', 'with error', 'normally'] as const)),
        async () => {
          server.kill();
          await pause(200);
          await server.up();
        },
      ];
      const trouble = async (over: () => boolean) => {
        while (!over()) {
          await pause(100 + random() * 200);
          await pick(troubles)();
        }
        server.fault = () => undefined;
        server.readFault = () => undefined;
      };
      const toll = await siege({
        url: server.url,
        namespace: '',
        commands: COMMANDS,
        limits: LIMITS,
        trouble,
      });
      await server.stop();
      expect(toll).toMatchObject(unharmed);
      expect(toll.acknowledged).toBeGreaterThan(COMMANDS / 2);
      expect(toll.acknowledged + toll.refused).toBe(COMMANDS);
    },
    LONG,
  );
});

describe('a cluster that loses its leader twice', () => {
  it(
    'keeps every acknowledged command once, and read models go on',
    async () => {
      const cluster = await TestCluster.start({ electionMs: 300 });
      let losses = 0;
      const trouble = async (over: () => boolean) => {
        while (!over() && losses < 2) {
          await pause(300);
          const lost = cluster.leader;
          await cluster.killLeader();
          losses++;
          await pause(300);
          await lost?.up();
        }
      };
      const { url } = cluster;
      const toll = await siege({ url, namespace: '', commands: COMMANDS, limits: LIMITS, trouble });
      await cluster.stop();
      expect(losses).toBe(2);
      expect(toll).toMatchObject(unharmed);
      expect(toll.acknowledged + toll.refused).toBe(COMMANDS);
    },
    LONG,
  );
});

const onRealServer = realEventStoreDb ? describe : describe.skip;
onRealServer('a real server', () => {
  it(
    'keeps every acknowledged command once, with all writers at once',
    async () => {
      const namespace = `siege-${randomUUID().slice(0, 8)}.`;
      const quiet = () => Promise.resolve();
      const url = realEventStoreDb ?? '';
      const toll = await siege({ url, namespace, commands: COMMANDS, limits: {}, trouble: quiet });
      expect(toll).toMatchObject(unharmed);
      expect(toll.acknowledged + toll.refused).toBe(COMMANDS);
    },
    LONG,
  );
});
