import { StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb';
import { ReadResp } from '@eventstore/db-client/generated/streams_pb';
import type { Kept } from './kept';

/** What a reader is told. */
const { ReadEvent, StreamNotFound, SubscriptionConfirmation, CaughtUp, Checkpoint } = ReadResp;
/** Times are told in units of 100 ns. */
const TICKS_PER_MS = 10_000n;

export const identifier = (stream: string): StreamIdentifier =>
  new StreamIdentifier().setStreamName(Uint8Array.from(Buffer.from(stream)));

/** An event at its place, or the link that stands there and what it leads to, if that is still there. */
export interface Shown {
  readonly event: Kept | undefined;
  readonly link?: Kept;
}
export const eventMessage = ({ event, link }: Shown): ReadResp => {
  const read = new ReadEvent();
  if (event) read.setEvent(recorded(event));
  if (link) read.setLink(recorded(link));
  return new ReadResp().setEvent(read.setCommitPosition(String((link ?? event)!.position)));
};
const recorded = (kept: Kept): ReadResp.ReadEvent.RecordedEvent => {
  const position = String(kept.position);
  const event = new ReadEvent.RecordedEvent()
    .setId(new UUID().setString(kept.id))
    .setStreamIdentifier(identifier(kept.stream))
    .setStreamRevision(String(kept.revision))
    .setCommitPosition(position)
    .setPreparePosition(position)
    .setData(kept.data)
    .setCustomMetadata(kept.metadata);
  event.getMetadataMap().set('type', kept.type).set('content-type', kept.contentType);
  event.getMetadataMap().set('created', String(BigInt(kept.created) * TICKS_PER_MS));
  return event;
};

export const notFound = (stream: string): ReadResp =>
  new ReadResp().setStreamNotFound(new StreamNotFound().setStreamIdentifier(identifier(stream)));
export const confirmed = (id: string): ReadResp =>
  new ReadResp().setConfirmation(new SubscriptionConfirmation().setSubscriptionId(id));
export const caughtUp = (): ReadResp => new ReadResp().setCaughtUp(new CaughtUp());
export const checkpoint = (position: bigint): ReadResp =>
  new ReadResp().setCheckpoint(
    new Checkpoint().setCommitPosition(String(position)).setPreparePosition(String(position)),
  );
