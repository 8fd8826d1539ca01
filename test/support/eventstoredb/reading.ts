import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import { admit } from './admission';
import { Delivery, type Call, type Source } from './delivery';
import { deleted, forwardsFromEnd, invalidPosition, notReady } from './errors';
import { Feed } from './feed';
import type { Host } from './host';
import { firstIndex, type Kept } from './kept';
import { shown } from './links';
import { eventMessage, notFound } from './messages';
import { nameIn } from './requests';

/** One method for reads of a stream, of all, and for subscriptions. */
export const read = (host: Host, call: Call): void => {
  const options = call.request.getOptions()!;
  const kind = options.hasSubscription() ? 'subscribe' : 'read';
  const refuse = (error: Error) => void call.emit('error', error);
  const go = () => {
    if (call.cancelled) return;
    const fault = host.readFault();
    if (fault === 'unavailable') refuse(notReady());
    else if (fault === 'reset') host.reset();
    else answer(host, call, options);
  };
  admit(host, kind, call, go, refuse);
};

const answer = (host: Host, call: Call, options: ReadReq.Options): void => {
  const of = options.getStream();
  const stream = of && nameIn(of.getStreamIdentifier());
  if (stream !== undefined && host.log.isTombstoned(stream)) call.emit('error', deleted(stream));
  else if (options.hasSubscription()) new Feed(host, call);
  else if (stream === undefined) readAll(host, call, options);
  else readStream(host, call, stream, options);
};

const readAll = (host: Host, call: Call, options: ReadReq.Options): void => {
  const { log } = host;
  const [place, backwards] = [options.getAll()!, isBackwards(options)];
  let from = place.hasStart() ? 0 : log.all.length;
  if (place.hasPosition()) {
    const position = BigInt(place.getPosition()!.getCommitPosition());
    if (!log.begins(position)) return void call.emit('error', invalidPosition());
    from = log.indexFrom(position);
  }
  deliver(host, call, options, backwards ? downFrom(log.all, from - 1, 0) : upFrom(log.all, from));
};

const readStream = (host: Host, call: Call, name: string, options: ReadReq.Options): void => {
  const stream = host.log.stream(name);
  if (!stream.isThere) {
    call.write(notFound(name));
    return void call.end();
  }
  const [place, backwards, { events }] = [options.getStream()!, isBackwards(options), stream];
  if (place.hasEnd() && !backwards) return void call.emit('error', forwardsFromEnd());
  const visible = stream.firstVisible(host.log.clock());
  const revision = place.hasStart() ? 0n : BigInt(place.getRevision());
  const from = place.hasEnd()
    ? events.length
    : firstIndex(events.length, (n) => events[n]!.revision >= revision);
  const last = events[from]?.revision === revision ? from : from - 1;
  deliver(
    host,
    call,
    options,
    backwards ? downFrom(events, last, visible) : upFrom(events, Math.max(from, visible)),
  );
};

const deliver = (host: Host, call: Call, options: ReadReq.Options, source: Source): void => {
  let left = Number(options.getCount());
  const next = () => (left-- > 0 ? source() : undefined);
  const give = (event: Kept) => call.write(eventMessage(shown(host.log, event, options.getResolveLinks())));
  new Delivery(host, call, next, give, () => void call.end()).run();
};

const isBackwards = (options: ReadReq.Options): boolean => options.getReadDirection() === 1;
const upFrom = (events: readonly Kept[], from: number): Source => {
  let next = from;
  return () => events[next++];
};
const downFrom = (events: readonly Kept[], from: number, lowest: number): Source => {
  let next = from;
  return () => (next >= lowest ? events[next--] : undefined);
};
