import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Stands between clients and a broker; may let requests through and keep their answers. */
export class TollGate {
  /** Answers are swallowed, and whoever waits for one is cut off. */
  keepsAnswers = false;
  private readonly sockets = new Set<Socket>();
  private to = 0;

  private constructor(private readonly server: Server) {
    server.on('connection', (client: Socket) => this.join(client));
  }
  static async open(): Promise<TollGate> {
    const server = createServer();
    await new Promise<void>((go) => server.listen(0, '127.0.0.1', go));
    return new TollGate(server);
  }

  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  leadTo(address: string): void {
    this.to = Number(address.split(':')[1]);
  }
  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((go) => this.server.close(go));
  }

  private join(client: Socket): void {
    const broker = connect(this.to, '127.0.0.1');
    const both = [client, broker];
    for (const socket of both) {
      this.sockets.add(socket);
      socket.on('error', () => undefined); // cutting off is what it is here for
      socket.once('close', () => {
        this.sockets.delete(socket);
        for (const each of both) each.destroy();
      });
    }
    client.pipe(broker);
    broker.on('data', (answer: Buffer) => {
      if (this.keepsAnswers) client.destroy();
      else client.write(answer);
    });
  }
}
