import type { EventLog, Feed, FeedItem, Position } from './event-log';

/** How often a feed looks by itself: the net below the bell, for events that another process appended. */
export const LOOK_EVERY_MS = 250;

/** Rings for everybody who waits. */
export class Bell {
  /** How often it has rung. */
  rings = 0;
  private readonly waiting = new Set<() => void>();

  ring(): void {
    this.rings++;
    const awake = [...this.waiting];
    this.waiting.clear();
    for (const go of awake) go();
  }
  /** Resolves at the next ring, or after `withinMs` at the latest. Who only listens does not keep a process alive by that. */
  heard(withinMs: number, keepsAlive = false): Promise<void> {
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(late);
        this.waiting.delete(go);
        resolve();
      };
      const late = setTimeout(go, withinMs);
      if (!keepsAlive) late.unref();
      this.waiting.add(go);
    });
  }
}

/** A feed over any log that can be read from a position and rings a bell after an append. */
export class ReadingFeed implements Feed {
  private announced = false;
  private closed = false;

  constructor(
    private readonly log: Pick<EventLog, 'readAll'>,
    private readonly bell: Bell,
    private at: Position,
    /** False while the log that is read is known to lack something: then nobody is told that he is caught up. */
    private readonly isWhole: () => boolean = always,
  ) {}

  async next(limit: number): Promise<FeedItem> {
    while (!this.closed) {
      const { rings } = this.bell;
      const isWhole = this.isWhole();
      const events = await this.log.readAll(this.at, limit);
      const last = events.at(-1);
      if (last) {
        this.at = last.position;
        this.announced = isWhole && events.length < limit;
        return this.item(events, this.announced);
      }
      if (isWhole && !this.announced) {
        this.announced = true;
        return this.item(events, true);
      }
      if (this.bell.rings === rings) await this.bell.heard(LOOK_EVERY_MS); // it may have rung while we read
    }
    return this.item([], false);
  }
  get state(): string {
    return this.announced ? 'live' : 'catching up';
  }
  close(): void {
    this.closed = true;
    this.bell.ring();
  }

  private item(events: FeedItem['events'], caughtUp: boolean): FeedItem {
    return { events, caughtUp, readTo: this.at };
  }
}

const always = (): boolean => true;
