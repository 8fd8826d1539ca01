import { START as BEGINNING, streamNameFilter } from '@eventstore/db-client';
import type {
  AllStreamSubscription,
  AllStreamRecordedEvent,
  EventStoreDBClient,
} from '@eventstore/db-client';
import { START, type LoggedEvent, type Position } from '@rapport/kernel';
import { Unreadable } from './outcome';
import { fromWire, positionFrom, toWirePosition } from './wire-event';

/** What a subscription says, in the order in which the server said it. */
export type Said =
  /** `event` is null where it is somebody else's. */
  | { readonly is: 'event'; readonly event: LoggedEvent | null; readonly position: Position }
  /** Everything up to here was looked at, and nothing of it passed the filter. */
  | { readonly is: 'checkpoint'; readonly position: Position }
  | { readonly is: 'caught up' };

export interface Listener {
  /** The server has taken the subscription. */
  confirmed(): void;
  said(what: Said): void;
  /** It is over, by itself: an error, or (null) a normal end. Told once. */
  over(error: unknown): void;
}
type Checkpoints = Omit<Parameters<typeof streamNameFilter>[0], 'prefixes' | 'regex'>;
/** A checkpoint after every 32 × this many records that do not pass the filter. */
const CHECKPOINT_INTERVAL = 8;

/** One subscription to $all from its beginning to its end. It does not come back by itself: see `SupervisedFeed`. */
export class SubscriptionLine {
  private readonly subscription: AllStreamSubscription;
  private isOver = false;
  /** Signs that came while events before them were still on their way through the client's buffer. */
  private waiting: { readonly behind: number; readonly what: Said }[] = [];
  private received = 0;

  constructor(
    client: EventStoreDBClient,
    private readonly namespace: string,
    after: Position,
    private readonly listener: Listener,
  ) {
    const checkpoints: Checkpoints = {
      checkpointInterval: CHECKPOINT_INTERVAL,
      checkpointReached: async (_, position) =>
        this.sign({ is: 'checkpoint', position: positionFrom(position) }),
    };
    const filter =
      namespace === ''
        ? streamNameFilter({ regex: '^[^$]', ...checkpoints })
        : streamNameFilter({ prefixes: [namespace], ...checkpoints });
    const fromPosition = after === START ? BEGINNING : toWirePosition(after);
    this.subscription = client.subscribeToAll({ fromPosition, filter });
    this.listen();
  }

  /** The server is made to wait. */
  pause(): void {
    this.subscription.pause();
  }
  resume(): void {
    if (!this.isOver) this.subscription.resume();
  }
  /** Nothing of it is heard any more, also when it was still connecting. Its end is not awaited: it may never come. */
  cut(): void {
    this.isOver = true;
    this.subscription.removeAllListeners();
    this.subscription.on('error', ignore).resume();
    this.subscription.unsubscribe().catch(ignore);
  }

  private listen(): void {
    const { subscription, listener } = this;
    subscription.on('confirmation', () => listener.confirmed());
    subscription.on('caughtUp', () => this.sign({ is: 'caught up' }));
    subscription.on('data', ({ event }) => {
      this.received++;
      if (event) this.hear(event);
      while (this.waiting[0] && this.waiting[0].behind <= this.received)
        this.tell(this.waiting.shift()?.what);
    });
    subscription.on('error', (error) => this.over(error));
    subscription.on('end', () => this.over(null));
    subscription.on('close', () => this.over(null));
  }

  /** Understood as it comes: what waits to be read is then small. Nobody could catch what is thrown in here. */
  private hear(record: AllStreamRecordedEvent): void {
    try {
      const event = fromWire(record, this.namespace);
      this.tell({ is: 'event', event, position: positionFrom(record.position) });
    } catch (error) {
      this.over(new Unreadable(String(error), { cause: error }));
    }
  }

  /** The client tells signs at once, also while events that came before them wait in its buffer. */
  private sign(what: Said): void {
    const behind = this.received + this.subscription.readableLength;
    if (behind === this.received && this.waiting.length === 0) this.tell(what);
    else this.waiting.push({ behind, what });
  }
  private tell(what: Said | undefined): void {
    if (what && !this.isOver) this.listener.said(what);
  }
  private over(error: unknown): void {
    if (this.isOver) return;
    this.cut();
    this.listener.over(error);
  }
}

const ignore = (): void => undefined;
