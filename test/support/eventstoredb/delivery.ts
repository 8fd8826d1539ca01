import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import type { Host } from './host';
import type { Kept } from './kept';

export type Call = ServerWritableStream<ReadReq, ReadResp>;
/** The next event, or nothing for now. */
export type Source = () => Kept | undefined;

/** Brings events to a caller no faster than they are taken, slowly when the server is told so, never while frozen. */
export class Delivery {
  private waiting = false;
  private over = false;

  constructor(
    private readonly host: Host,
    private readonly call: Call,
    private readonly next: Source,
    /** Answers whether more may follow at once. */
    private readonly give: (event: Kept) => boolean,
    private readonly exhausted: () => void,
  ) {
    call.on('cancelled', () => this.end());
  }

  end(): void {
    this.over = true;
  }
  /** Goes on until there is nothing more for now, or until it must wait, after which it goes on by itself. */
  run(): void {
    while (!this.waiting && !this.over) {
      if (this.host.frozen) return this.wait((go) => this.host.whenThawed(go));
      const event = this.next();
      if (!event) return this.exhausted();
      this.pass(event);
    }
  }

  private pass(event: Kept): void {
    const more = this.give(event);
    if (this.host.slowMs > 0) this.wait((go) => setTimeout(go, this.host.slowMs).unref());
    else if (!more) this.wait((go) => this.call.once('drain', go));
  }
  private wait(until: (go: () => void) => void): void {
    this.waiting = true;
    until(() => {
      this.waiting = false;
      this.run();
    });
  }
}
