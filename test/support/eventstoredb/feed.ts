import { randomUUID } from 'node:crypto';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import { Delivery, type Call, type Source } from './delivery';
import { deleted, dropped } from './errors';
import { matcher } from './filter';
import type { Host } from './host';
import type { Kept } from './kept';
import { shown } from './links';
import { caughtUp, checkpoint, confirmed, eventMessage } from './messages';
import { nameIn } from './requests';

export type Drop = 'silently' | 'with error' | 'normally';
const CHECKPOINT_EVERY = 32;
/** Who got so many events at once had fallen behind, and is told again that this is over. */
const BEHIND = 16;

/** One subscription: everything after a place, then whatever comes, until it is cancelled or dropped. */
export class Feed {
  private readonly delivery: Delivery;
  private readonly wanted: (event: Kept) => boolean;
  private readonly checkpointEvery: number;
  private readonly followLinks: boolean;
  private readonly stream: string | undefined;
  private readonly stopListening: () => void;
  /** So many events were let through or filtered out so far. */
  seen = 0;
  private atOnce = BEHIND;
  private due = false;

  constructor(
    private readonly host: Host,
    private readonly call: Call,
  ) {
    const options = call.request.getOptions()!;
    const [filter, of] = [options.getFilter(), options.getStream()];
    this.stream = of && nameIn(of.getStreamIdentifier());
    this.wanted = matcher(filter);
    this.checkpointEvery = CHECKPOINT_EVERY * (filter?.getCheckpointintervalmultiplier() ?? Infinity);
    this.followLinks = options.getResolveLinks();
    const source =
      this.stream === undefined ? allAfter(host, options) : streamAfter(host, this.stream, options);
    const give = (event: Kept) => this.pass(event);
    this.delivery = new Delivery(host, call, source, give, () => this.reachedEnd());
    this.stopListening = host.log.onAppend(() => this.wake());
    call.on('cancelled', () => this.leave()).on('close', () => this.leave());
    host.feeds.add(this);
    call.write(confirmed(randomUUID()));
    this.delivery.run();
  }

  /** `silently` leaves the caller with a line on which nothing ever comes. */
  drop(how: Drop): void {
    this.delivery.end();
    if (how === 'silently') return;
    if (how === 'normally') this.call.end();
    else this.call.emit('error', dropped());
    this.leave();
  }
  leave(): void {
    this.delivery.end();
    this.stopListening();
    this.host.feeds.delete(this);
  }

  /** After whoever appends has its answer. */
  private wake(): void {
    if (this.due) return;
    this.due = true;
    queueMicrotask(() => {
      this.due = false;
      this.delivery.run();
    });
  }
  private reachedEnd(): void {
    if (this.atOnce >= BEHIND) this.call.write(caughtUp());
    this.atOnce = 0;
  }
  private pass(event: Kept): boolean {
    const { call, host } = this;
    let more = true;
    this.atOnce++;
    if (this.wanted(event)) more = call.write(eventMessage(shown(host.log, event, this.followLinks)));
    if (++this.seen % this.checkpointEvery === 0) more = call.write(checkpoint(event.position));
    if (this.stream !== undefined && event.type === '$streamDeleted') {
      this.delivery.end();
      call.emit('error', deleted(this.stream));
    }
    return more;
  }
}

/** Subscriptions begin after the place they name. */
const allAfter = ({ log }: Host, options: ReadReq.Options): Source => {
  const place = options.getAll()!;
  let next = place.hasEnd() ? log.all.length : 0;
  if (place.hasPosition()) next = log.indexFrom(BigInt(place.getPosition()!.getCommitPosition()) + 1n);
  return () => (next < log.all.length ? log.all[next++] : undefined);
};
const streamAfter = ({ log }: Host, name: string, options: ReadReq.Options): Source => {
  const [place, stream] = [options.getStream()!, log.stream(name)];
  const visible = stream.softlyDeleted ? stream.events.length : stream.firstVisible(log.clock());
  const named = place.hasStart() ? 0 : Number(place.getRevision()) + 1;
  let next = place.hasEnd() ? stream.events.length : Math.max(named, visible);
  return () => (next < stream.events.length ? stream.events[next++] : undefined);
};
