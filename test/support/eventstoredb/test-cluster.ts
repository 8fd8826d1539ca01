import { setTimeout as pause } from 'node:timers/promises';
import { MemoryLog } from './memory-log';
import { addressOf, type Security } from './security';
import type { Member } from './services';
import { TestServer, type Cluster } from './test-server';

const NODES = 3;

export interface ClusterOptions {
  /** So long nobody leads after the leader is gone. */
  readonly electionMs?: number;
  /** Does the next leader know the ids its predecessor saw? */
  readonly remembers?: boolean;
  readonly tls?: Security;
  readonly clock?: () => number;
}

/** Three nodes with one log. One leads, the others hand on what is written; gossip tells who is who. */
export class TestCluster implements Cluster {
  readonly nodes: TestServer[] = [];
  /** None while one is elected. */
  leader: TestServer | undefined;
  private readonly log: MemoryLog;

  private constructor(private readonly options: ClusterOptions) {
    this.log = new MemoryLog(options.clock);
  }
  static async start(options: ClusterOptions = {}): Promise<TestCluster> {
    const made = new TestCluster(options);
    const { log, options: own } = made;
    const node = { log, cluster: made, ...(own.tls && { tls: own.tls }) };
    for (let n = 0; n < NODES; n++) made.nodes.push(await TestServer.start(node));
    made.leader = made.nodes[0];
    return made;
  }
  /** For the client: it asks these nodes for the others. */
  get url(): string {
    return addressOf(this.ports, this.options.tls);
  }
  urlAs(name: string, password: string): string {
    return addressOf(this.ports, this.options.tls, `${name}:${password}`);
  }
  /** Resolves when the next one leads. */
  async killLeader(): Promise<void> {
    this.leader?.kill();
    await this.elect();
  }
  /** After a while one of those that are up leads. */
  async elect(): Promise<void> {
    this.leader = undefined;
    await pause(this.options.electionMs ?? 0);
    if (this.options.remembers !== true) this.log.forget();
    this.leader = this.nodes.find((node) => node.isUp);
  }
  async stop(): Promise<void> {
    for (const node of this.nodes) await node.stop();
  }

  members(): readonly Member[] {
    return this.nodes.map((node) => ({ port: node.port, alive: node.isUp, state: this.stateOf(node) }));
  }
  leaderPort(): number | undefined {
    return this.leader?.isUp ? this.leader.port : undefined;
  }
  private stateOf(node: TestServer): Member['state'] {
    const port = this.leaderPort();
    if (port === undefined || !node.isUp) return 'unknown';
    return node.port === port ? 'leader' : 'follower';
  }
  private get ports(): readonly number[] {
    return this.nodes.map(({ port }) => port);
  }
}
