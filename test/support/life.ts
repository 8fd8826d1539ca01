import type { EventLog, Feed, KeyRing, RowStore } from '@rapport/kernel';

export interface Stores {
  readonly log: EventLog;
  readonly rows: RowStore;
  readonly keys: KeyRing;
}
type Port = EventLog | RowStore | KeyRing | Feed;
interface Waiting {
  readonly name: string;
  readonly go: () => void;
}

/**
 * One life of a process, seen from outside: all that it asks of log, rows and keys passes here. Before and after each
 * call stands a point, and one thing at a time passes its point, in the order in which they came; so the same story has
 * the same points each time. At one of them the process may be stopped: as one that was killed it never goes on, as one
 * that was frozen it does when it is woken.
 */
export class Life {
  /** The points to which it came, by name; the last one may be where it was stopped. */
  readonly points: string[] = [];
  readonly stopped: Promise<void>;
  private readonly feeds: Feed[] = [];
  private readonly waiting: Waiting[] = [];
  private tellStopped: () => void = () => undefined;
  private isStopped = false;
  private isFree = false;
  private count = 0;
  private isTurning = false;

  /** `stopsAt`: the number of the point that it does not pass (default: it passes all). */
  constructor(private stopsAt = Number.POSITIVE_INFINITY) {
    this.stopped = new Promise((tell) => (this.tellStopped = tell));
  }

  of({ log, rows, keys }: Stores): Stores {
    return {
      log: this.through('log', log),
      rows: this.through('rows', rows),
      keys: this.through('keys', keys),
    };
  }
  /** It came to the point where it is stopped; also when it has gone on since. */
  get wasStopped(): boolean {
    return this.count >= this.stopsAt;
  }
  /** Nothing of it wants to pass, for now. */
  get isQuiet(): boolean {
    return this.isStopped || this.waiting.length === 0;
  }
  /** After so many points more, wherever that is. */
  stopIn(points: number): void {
    this.stopsAt = this.count + points + 1;
    this.isFree = false;
  }
  /** It passes all points from here on. */
  wake(): void {
    this.isFree = true;
    this.isStopped = false;
    this.turn();
  }
  /** What it has left open outside: feeds that would go on looking. */
  bury(): void {
    for (const feed of this.feeds) feed.close();
  }

  private through<P extends Port>(what: string, port: P): P {
    return new Proxy(port, {
      get: (of, name) => {
        const value: unknown = Reflect.get(of, name, of);
        if (typeof value !== 'function') return value;
        const call = (...args: unknown[]): unknown => Reflect.apply(value, of, args);
        if (name === 'subscribe') return (...args: unknown[]) => this.feed(call(...args) as Feed);
        if (name === 'close') return call;
        return (...args: unknown[]) =>
          this.pass(`${what}.${String(name)}`, () => call(...args) as Promise<unknown>);
      },
    });
  }
  private feed(feed: Feed): Feed {
    this.feeds.push(feed);
    return this.through('feed', feed);
  }

  private async pass<T>(name: string, call: () => Promise<T>): Promise<T> {
    await this.point(`before ${name}`);
    const outcome = await Promise.allSettled([call()]);
    await this.point(`after ${name}`);
    if (outcome[0].status === 'rejected') throw outcome[0].reason;
    return outcome[0].value;
  }
  private point(name: string): Promise<void> {
    return new Promise((go) => {
      this.waiting.push({ name, go });
      this.turn();
    });
  }
  /** In a turn of its own: what the last one set off has come to rest. */
  private turn(): void {
    if (this.isTurning || this.isStopped || this.waiting.length === 0) return;
    this.isTurning = true;
    setImmediate(() => {
      this.isTurning = false;
      this.grant();
      this.turn();
    });
  }
  private grant(): void {
    const [next] = this.waiting;
    if (!next) return;
    if (!this.wasStopped) this.points.push(next.name);
    if (++this.count === this.stopsAt && !this.isFree) {
      this.isStopped = true;
      this.tellStopped();
      return;
    }
    this.waiting.shift();
    next.go();
  }
}
