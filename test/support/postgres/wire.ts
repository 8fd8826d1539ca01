import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** The network between a client and a PostgreSQL, which may break at the worst moment. */
export class Wire {
  /** Once these words have gone to the server, no answer comes back, and the connection breaks. */
  breaksAfter: string | null = null;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly to: number,
  ) {
    server.on('connection', (client: Socket) => this.join(client));
  }
  /** Before the server at this address. */
  static async before(address: string): Promise<Wire> {
    const server = createServer();
    await new Promise<void>((go) => server.listen(0, '127.0.0.1', go));
    return new Wire(server, Number(new URL(address).port));
  }
  /** The same server, over this wire. */
  over(address: string): string {
    const url = new URL(address);
    url.port = String((this.server.address() as AddressInfo).port);
    return url.toString();
  }
  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((go) => this.server.close(go));
  }

  private join(client: Socket): void {
    const server = connect(this.to, '127.0.0.1');
    const both = [client, server];
    let isBroken = false;
    for (const socket of both) {
      this.sockets.add(socket);
      socket.on('error', () => undefined); // breaking is what it is here for
      socket.once('close', () => {
        this.sockets.delete(socket);
        for (const each of both) each.destroy();
      });
    }
    client.on('data', (said: Buffer) => {
      if (this.breaksAfter !== null && said.includes(this.breaksAfter)) isBroken = true;
      server.write(said);
    });
    server.on('data', (answer: Buffer) => {
      if (isBroken) client.resetAndDestroy();
      else client.write(answer);
    });
  }
}
