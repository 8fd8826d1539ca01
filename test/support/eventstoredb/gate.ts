import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
}

/** The network in front of a server: one port that stays, and connections that break or fall silent when told. */
export class Gate {
  /** Where the server listens; while there is none, whoever knocks is turned away. */
  backend: number | undefined;
  private readonly pairs = new Set<Pair>();
  private readonly server: Server;
  private frozen = false;

  constructor() {
    this.server = createServer((socket) => this.enter(socket));
  }
  async open(port = 0): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    return (this.server.address() as AddressInfo).port;
  }
  async close(): Promise<void> {
    this.reset();
    await new Promise((resolve) => this.server.close(resolve));
  }

  reset(): void {
    for (const { near, far } of this.pairs) {
      near.resetAndDestroy();
      far.destroy();
    }
    this.pairs.clear();
  }
  /** Connections stay and requests go in, as into the buffers of a process that was stopped; nothing comes out. */
  freeze(): void {
    this.frozen = true;
    for (const { near, far } of this.pairs) far.unpipe(near).pause();
  }
  thaw(): void {
    if (!this.frozen) return;
    this.frozen = false;
    for (const { near, far } of this.pairs) far.pipe(near);
  }

  private enter(near: Socket): void {
    if (this.backend === undefined) {
      near.on('error', () => undefined).resetAndDestroy(); // whoever knocked may have gone already
      return;
    }
    const far = connect(this.backend, '127.0.0.1');
    const pair = { near, far };
    this.pairs.add(pair);
    const leave = () => {
      near.destroy();
      far.destroy();
      this.pairs.delete(pair);
    };
    for (const one of [near, far]) one.setNoDelay(true).on('error', leave).on('close', leave);
    near.pipe(far);
    if (!this.frozen) far.pipe(near);
  }
}
