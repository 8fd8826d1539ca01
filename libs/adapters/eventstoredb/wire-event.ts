import type {
  AllStreamRecordedEvent,
  EventData,
  JSONType,
  Position as WirePosition,
} from '@eventstore/db-client';
import { idFrom, reject, type LogEvent, type LoggedEvent, type Position } from '@rapport/kernel';

/** What an append may weigh, all its events together: the server counts bodies, we count envelopes too. */
export const APPEND_BYTES_MAX = 1_048_576;

/** An event as the client sends it. */
export type WireEvent = EventData;

/**
 * The members that the adapter adds at the end of the envelope and takes away again. By `$eventId` an event is known as
 * ours: links, system events and what other programs write have none.
 */
interface Stamp {
  readonly $eventId?: string;
  /** Only on events that were copied from another log: when that one took them. */
  readonly $recordedAt?: string;
  /** Whose it is where several installations share a database: one namespace may begin as another does. */
  readonly $namespace?: string;
  /** The envelope as text, where JSON would not give it back letter by letter. */
  readonly $meta?: string;
}

/** Turned to text and measured here, because a body that throws inside the client leaves its append unanswered. */
export const toWire = (
  events: readonly LogEvent[],
  namespace: string,
  recordedAt?: readonly string[],
): WireEvent[] => {
  const sent = events.map((event, n) => wireEvent(event, namespace, recordedAt?.[n]));
  const bytes = sent.reduce((sum, one) => sum + one.bytes, 0);
  if (bytes > APPEND_BYTES_MAX)
    reject(
      'APPEND_TOO_LARGE',
      'data',
      `these events weigh ${bytes} bytes; one append takes ${APPEND_BYTES_MAX}`,
    );
  return sent.map(({ event }) => event);
};

const wireEvent = (event: LogEvent, namespace: string, recordedAt?: string) => {
  const metadata = Buffer.from(envelopeOf(event, stampFor(event, namespace, recordedAt)));
  const body = bodyOf(event.data);
  const wire = {
    ...{ id: wireIdOf(event), type: event.type, metadata: Uint8Array.from(metadata) },
    ...body,
  } as WireEvent;
  return { event: wire, bytes: Buffer.byteLength(event.data) + metadata.length };
};

/**
 * The id that the server sees follows from the whole text. The same append sent twice is the same; the same command
 * decided twice (by two processes, sealed with other random bytes) is not: the server then answers with a conflict
 * instead of a silent yes, and we learn which text was stored, on which the next hash of the chain rests.
 */
const wireIdOf = ({ id, type, data, meta }: LogEvent): string => idFrom(`${id}\n${type}\n${meta}\n${data}`);

/** JSON where JSON gives back every letter, so that the server's own tools can read it; bytes elsewhere. */
const bodyOf = (
  text: string,
): { readonly contentType: WireEvent['contentType']; readonly data: JSONType | Uint8Array } => {
  const parsed = asJson(text);
  if (parsed !== undefined) return { contentType: 'application/json', data: parsed };
  return { contentType: 'application/octet-stream', data: Uint8Array.from(Buffer.from(text)) };
};

const stampFor = ({ id }: LogEvent, namespace: string, recordedAt?: string): Stamp => ({
  $eventId: id,
  ...(namespace !== '' && { $namespace: namespace }),
  ...(recordedAt !== undefined && { $recordedAt: recordedAt }),
});
const envelopeOf = ({ meta }: LogEvent, stamp: Stamp): string => {
  const parsed = asJson(meta);
  if (!isPlainEnvelope(parsed)) return JSON.stringify({ ...stamp, $meta: meta });
  return meta === '{}' ? JSON.stringify(stamp) : `${meta.slice(0, -1)},${JSON.stringify(stamp).slice(1)}`;
};
const isPlainEnvelope = (parsed: JSONType | undefined): boolean =>
  typeof parsed === 'object' && !Array.isArray(parsed) && !STAMPS.some((name) => Object.hasOwn(parsed, name));
const STAMPS: readonly (keyof Stamp)[] = ['$eventId', '$namespace', '$recordedAt', '$meta'];

/** Undefined where text → value → text is not the same text: spaces, doubled names, numbers beyond 2^53. */
const asJson = (text: string): JSONType | undefined => {
  try {
    const parsed = JSON.parse(text) as JSONType | null;
    return parsed !== null && JSON.stringify(parsed) === text ? parsed : undefined;
  } catch {
    return undefined;
  }
};

/** One of our events in a stream of ours, as it was given to us; null for everything else that $all holds. */
export const fromWire = (event: AllStreamRecordedEvent, namespace: string): LoggedEvent | null => {
  const stamp = stampOf(event);
  if (stamp?.$eventId === undefined || !isOurs(event, namespace)) return null;
  const { $eventId, $namespace = '', $recordedAt, $meta } = stamp;
  if ($namespace !== namespace) return null;
  return {
    id: $eventId,
    type: event.type,
    data: event.isJson ? JSON.stringify(event.data) : Buffer.from(event.data).toString(),
    meta: $meta ?? withoutStamp(JSON.stringify(stamp)),
    stream: event.streamId.slice(namespace.length),
    revision: exact(event.revision),
    position: positionFrom(event.position),
    recordedAt: $recordedAt ?? event.created.toISOString(),
  };
};

/** The stamp stands last, so it is cut off as text: the envelope before it stays as it was. */
const withoutStamp = (text: string): string => {
  const at = text.lastIndexOf(STAMP_BEGINS);
  return at < 0 ? '{}' : `${text.slice(0, at)}}`;
};
const STAMP_BEGINS = ',"$eventId":"';

/** The server's own streams begin with `$`, and so do the types of its links and tombstones. */
const isOurs = ({ streamId, type }: AllStreamRecordedEvent, namespace: string): boolean =>
  streamId.startsWith(namespace) && !streamId.startsWith('$') && !type.startsWith('$');

const stampOf = ({ metadata }: AllStreamRecordedEvent): (Stamp & Record<string, unknown>) | null =>
  typeof metadata === 'object' && !(metadata instanceof Uint8Array)
    ? (metadata as Stamp & Record<string, unknown>)
    : null;

/** A place in the log as one number. Half of it would lead nowhere, and above 2^53 numbers are no longer exact. */
export const positionFrom = ({ commit, prepare }: WirePosition): Position => {
  if (commit !== prepare) throw new Error(`position ${commit}/${prepare} is not one number`);
  return exact(commit) as Position;
};
export const toWirePosition = (position: number): WirePosition => ({
  commit: BigInt(position),
  prepare: BigInt(position),
});

export const exact = (value: bigint): number => {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new Error(`${value} is beyond 2^53`);
  return number;
};
