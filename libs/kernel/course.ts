import { START, type EventLog, type Feed, type FeedItem, type Position } from './event-log';
import { Bell } from './feed';
import type { Subscriber } from './subscriber';

/** Where a course stands that nobody follows. */
export const END = Number.MAX_SAFE_INTEGER as Position;
/** Nobody follows: it is looked again so seldom, since whoever joins rings. */
const EMPTY_LOOK_MS = 60_000;

/** One feed and those who follow it, each from where it stands: what lies behind it is not given to it again. */
export class Course {
  private readonly places = new Map<Subscriber, Position>();
  private readonly bell = new Bell();
  private feed?: Feed | undefined;
  private item?: FeedItem | undefined;
  /** Everything up to here has been given to those who follow, or is being given. */
  private given: Position = START;
  private over = false;
  private atEnd = false;

  constructor(
    private readonly log: Pick<EventLog, 'subscribe'>,
    /** Nothing beyond is brought: a place that the log has given out. Default: there is no such place. */
    private readonly until: Position = END,
  ) {}

  get followers(): readonly Subscriber[] {
    return [...this.places.keys()];
  }
  get isEmpty(): boolean {
    return this.places.size === 0;
  }
  has(one: Subscriber): boolean {
    return this.places.has(one);
  }
  placeOf(one: Subscriber): Position | undefined {
    return this.places.get(one);
  }
  /** Where the slowest stands. */
  get position(): Position {
    let least = END;
    for (const place of this.places.values()) if (place < least) least = place;
    return least;
  }
  /** Its feed has once brought everything that there was. */
  get caughtUp(): boolean {
    return this.isEmpty || this.atEnd;
  }
  get state(): string | undefined {
    return this.feed?.state;
  }
  /** Nobody follows, or nobody may go further. */
  private get isIdle(): boolean {
    return this.position >= this.until;
  }

  /** Between two steps: who stands further back than the feed will bring makes it begin anew, from there. */
  join(one: Subscriber, at: Position): void {
    this.places.set(one, at);
    if (at < this.given) this.reopen();
    this.bell.ring();
  }
  leave(one: Subscriber): void {
    if (this.places.delete(one) && this.isEmpty) this.reopen();
  }
  /** Nobody follows any more. */
  clear(): void {
    this.places.clear();
    this.reopen();
  }
  /** From here on `next` brings nothing. */
  close(): void {
    this.over = true;
    this.reopen();
    this.bell.ring();
  }
  /** Whoever rests on this course goes on at once. */
  wake(): void {
    this.bell.ring();
  }
  rest(forMs: number): Promise<void> {
    return this.over ? Promise.resolve() : this.bell.heard(forMs, true);
  }

  /** At most `limit` events; null when there is nothing to be done with what came. */
  async next(limit: number): Promise<FeedItem | null> {
    if (this.isIdle && !this.over) await this.bell.heard(EMPTY_LOOK_MS);
    if (this.isIdle || this.over) return null;
    const feed = this.feed ?? this.open();
    const item = upTo(this.until, await feed.next(limit));
    if (feed !== this.feed || this.over) return null;
    this.item = item;
    return item;
  }
  /** Asked within a turn: somebody may have joined since the item came, for whom something lies before it. */
  isCurrent(item: FeedItem): boolean {
    return this.item === item;
  }
  /** Those whom an item brings on: they stand where they stood until `moved`. */
  behind(to: Position): readonly Subscriber[] {
    return this.followers.filter((one) => (this.places.get(one) ?? START) < to);
  }
  moved(all: readonly Subscriber[], to: Position): void {
    for (const one of all) if (this.places.has(one)) this.places.set(one, to);
  }
  /** The item has been dealt with. */
  done({ readTo, caughtUp }: FeedItem): void {
    if (readTo > this.given) this.given = readTo;
    if (caughtUp) this.atEnd = true;
  }

  private open(): Feed {
    this.given = this.position;
    this.feed = this.log.subscribe(this.given);
    return this.feed;
  }
  private reopen(): void {
    this.feed?.close();
    this.feed = undefined;
    this.item = undefined;
    this.given = START;
  }
}

/** Who has been brought everything that there was stands at the last place too, since that one lies within the log. */
const upTo = (until: Position, item: FeedItem): FeedItem => {
  if (until === END || (item.readTo < until && !item.caughtUp)) return item;
  const events = item.events.filter(({ position }) => position <= until);
  return { events, readTo: until, caughtUp: true };
};
