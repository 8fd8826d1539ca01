import { Server, type Metadata } from '@grpc/grpc-js';
import type { Drop, Feed } from './feed';
import { Gate } from './gate';
import type { AppendFault, CallKind, Host, ProposedAppend, ReadFault, Standing, Stranger } from './host';
import { MemoryLog } from './memory-log';
import { addressOf, serverCredentials, strangerIn, type Security } from './security';
import { addServices, type Member } from './services';

/** The client also takes messages of up to 17 MiB. */
const MESSAGE_MAX_BYTES = 17 * 1024 * 1024;
const ANY_PORT = 0;

/** What a node must know of the others. */
export interface Cluster {
  members(): readonly Member[];
  leaderPort(): number | undefined;
}
export interface ServerOptions {
  /** A free one when nothing is said. */
  readonly port?: number;
  /** Without the gate before it: faster, but its connections cannot be reset. */
  readonly direct?: boolean;
  readonly tls?: Security;
  /** Tells milliseconds: ages count by it. */
  readonly clock?: () => number;
  readonly cluster?: Cluster;
  /** One log for several nodes. */
  readonly log?: MemoryLog;
}

/** EventStoreDB's protocol over a log in memory, and every way it can go wrong as a switch. */
export class TestServer implements Host {
  /** What it keeps; another one after `up('nothing')`. */
  log: MemoryLog;
  /** Stays the same over `kill` and `up`. */
  port = ANY_PORT;
  /** The subscriptions that are alive. */
  readonly feeds = new Set<Feed>();
  /** Asked before every append; an answer makes that append go wrong. */
  fault: (append: ProposedAppend) => AppendFault | undefined = () => undefined;
  /** Asked before every read and subscription; an answer makes it go wrong. */
  readFault: () => ReadFault | undefined = () => undefined;
  /** Every event that is delivered takes so long. */
  slowMs = 0;
  /** Calls of these kinds get no answer at all. */
  readonly silent = new Set<CallKind>();
  frozen = false;
  private readonly gate: Gate | undefined;
  private server: Server | undefined;
  private waiting: (() => void)[] = [];

  private constructor(private readonly options: ServerOptions) {
    this.log = options.log ?? new MemoryLog(options.clock);
    this.gate = options.direct ? undefined : new Gate();
  }
  static async start(options: ServerOptions = {}): Promise<TestServer> {
    const made = new TestServer(options);
    made.port = options.port ?? ANY_PORT;
    if (made.gate) made.port = await made.gate.open(made.port);
    await made.up();
    return made;
  }
  /** For the client, with the files it needs for TLS. */
  get url(): string {
    return addressOf([this.port], this.options.tls);
  }
  /** The same for a user. */
  urlAs(name: string, password: string): string {
    return addressOf([this.port], this.options.tls, `${name}:${password}`);
  }
  async stop(): Promise<void> {
    this.kill();
    await this.gate?.close();
  }

  /** Every connection breaks; the server stays. */
  reset(): void {
    this.gated().reset();
  }
  /** Stands still as a stopped process does: calls are taken in, and carried out when it thaws. */
  freeze(): void {
    this.frozen = true;
    this.gate?.freeze();
  }
  thaw(): void {
    this.frozen = false;
    this.gate?.thaw();
    for (const go of this.waiting.splice(0)) go();
  }
  dropSubscriptions(how: Drop): void {
    for (const feed of [...this.feeds]) feed.drop(how);
  }
  /** Gone at once, as after kill -9: whoever knocks is turned away until `up`. */
  kill(): void {
    this.waiting = [];
    if (this.gate) {
      this.gate.backend = undefined;
      this.gate.reset();
    }
    this.server?.forceShutdown();
    this.server = undefined;
    for (const feed of [...this.feeds]) feed.leave();
    this.thaw();
  }
  /** Stopped politely: subscribers are told, then it is gone. */
  shutDown(): Promise<void> {
    this.dropSubscriptions('with error');
    return new Promise((resolve) =>
      setImmediate(() => {
        this.kill();
        resolve();
      }),
    );
  }
  /** Again after `kill`. With its data it still forgets which ids it saw; with nothing it is empty. */
  async up(with_: 'its data' | 'nothing' = 'its data'): Promise<void> {
    const { log, clock, tls, cluster } = this.options;
    if (with_ === 'nothing') this.log = log ?? new MemoryLog(clock);
    else if (!cluster) this.log.forget();
    this.server = new Server({ 'grpc.max_receive_message_length': MESSAGE_MAX_BYTES });
    addServices(this.server, this, cluster ? () => cluster.members() : () => [this.alone()]);
    const port = await bound(this.server, this.gate ? ANY_PORT : this.port, tls);
    if (this.gate) this.gate.backend = port;
    else this.port = port;
  }
  get isUp(): boolean {
    return this.server !== undefined;
  }

  get standing(): Standing {
    const { cluster } = this.options;
    const leader = cluster ? cluster.leaderPort() : this.port;
    if (leader === undefined) return 'no leader';
    return leader === this.port ? 'leader' : 'follower';
  }
  get leaderPort(): number {
    return this.options.cluster?.leaderPort() ?? this.port;
  }
  stranger(metadata: Metadata): Stranger | undefined {
    return strangerIn(metadata, this.options.tls);
  }
  whenThawed(go: () => void): void {
    if (this.frozen) this.waiting.push(go);
    else go();
  }

  private gated(): Gate {
    if (!this.gate) throw new Error('A server without its gate cannot reset connections');
    return this.gate;
  }
  private alone(): Member {
    return { port: this.port, alive: true, state: 'leader' };
  }
}

const bound = (server: Server, port: number, security: Security | undefined): Promise<number> =>
  new Promise((resolve, reject) =>
    server.bindAsync(`127.0.0.1:${port}`, serverCredentials(security), (error, at) =>
      error ? reject(error) : resolve(at),
    ),
  );
