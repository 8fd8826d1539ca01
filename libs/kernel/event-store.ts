import type { Actor } from './aggregate';
import { NO_STREAM, type EventLog, type LogEvent, type LoggedEvent, type Position } from './event-log';
import type { StreamRange } from './event-log';
import { fieldsOf } from './fields';
import { eventHash, GENESIS } from './hash-chain';
import { UnknownVersion, upcast, versionOf, type Class, type MessageClasses } from './messages';
import { keyIdOf, seal, unseal, type Key, type KeyRing } from './sealing';
import { readingOf, type Opening } from './stored-event';

/** Who wanted it, in which conversation, and why: the same for all events of one command. */
export interface Origin {
  readonly commandId: string;
  /** The type of the command; the same id for another one is refused. */
  readonly command?: string;
  readonly correlationId: string;
  /** The event or command this one follows from (default: the command itself). */
  readonly causationId?: string;
  readonly actor: Actor;
  /** The channel or system it came through. */
  readonly source: string;
  readonly reason?: string;
  readonly traceparent?: string;
}
/** An event ready to be kept: `occurredAt` is the time in the world. */
export interface ProposedEvent {
  readonly id: string;
  readonly messageClass: Class;
  readonly data: object;
  readonly occurredAt: string;
  readonly origin: Origin;
}
/** The envelope: flat strings. */
export interface Meta {
  readonly occurredAt: string;
  readonly schemaVersion: string;
  readonly $correlationId: string;
  readonly $causationId: string;
  readonly commandId: string;
  readonly command?: string;
  readonly actorId: string;
  readonly actorRole: string;
  readonly source: string;
  readonly reason?: string;
  readonly traceparent?: string;
  /** The key under which the personal fields are sealed. */
  readonly subjectKey?: string;
  /** The hash of the event before this one in its stream. */
  readonly previousHash: string;
}
/** An event as a reader sees it: opened, and in today's shape. Parsed when somebody looks. */
export interface RecordedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: object;
  readonly meta: Meta;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
  readonly hash: string;
  /** Set where it was parked and is tried again: for this key of a model alone. */
  readonly redrivenFor?: string;
}
/** Where a stream stands: what the next append expects, and what its first event is chained to. */
export interface Tip {
  readonly revision: number;
  readonly hash: string;
}
export const NO_TIP: Tip = { revision: NO_STREAM, hash: GENESIS };

interface Codec {
  readonly messageClass: Class;
  readonly version: number;
  readonly personal: readonly { readonly name: string; readonly subject: string }[];
}

/** The log, understood: personal fields are sealed and events chained on the way in; out come events as of today. */
export class EventStore {
  private readonly codecs: ReadonlyMap<string, Codec>;
  private readonly secrets = new Map<string, Buffer>();
  private readonly shared = new Array<RecordedEvent | undefined>(SHARED_MAX).fill(undefined);

  constructor(
    readonly log: EventLog,
    private readonly keys: KeyRing,
    messages: readonly MessageClasses[],
  ) {
    this.codecs = new Map(messages.flatMap((classes) => Object.entries(classes).map(codecOf)));
  }

  /** Throws `WrongExpectedRevision`, `UnknownOutcome`, `SubjectForgotten`. */
  async append(stream: string, tip: Tip, events: readonly ProposedEvent[]) {
    let hash = tip.hash;
    const texts: LogEvent[] = [];
    for (const [n, event] of events.entries()) {
      const text = await this.encode(event, hash);
      hash = eventHash(stream, tip.revision + 1 + n, text);
      texts.push(text);
    }
    const appended = await this.log.append(stream, tip.revision, texts);
    return { ...appended, hash: appended.repeated ? await this.hashAt(stream, appended.revision) : hash };
  }

  async read(stream: string, range?: StreamRange): Promise<readonly RecordedEvent[]> {
    return this.open(await this.log.readStream(stream, range));
  }
  async readAll(after: Position, limit: number): Promise<readonly RecordedEvent[]> {
    return this.open(await this.log.readAll(after, limit));
  }
  async readAt(positions: readonly Position[]): Promise<readonly RecordedEvent[]> {
    return this.open(await this.log.readAt(positions));
  }

  /** This program has a class for events of that type. */
  knows(type: string): boolean {
    return this.codecs.has(type);
  }

  /** Bytes that only this installation knows, kept with the keys: for keyed digests. */
  async secret(name: string): Promise<Buffer> {
    const found = this.secrets.get(name) ?? (await this.keys.of(name)).bytes;
    this.secrets.set(name, found);
    return found;
  }

  /** Opened and led to today's shape. Keys are asked for once, for all events together. */
  async open(events: readonly LoggedEvent[]): Promise<readonly RecordedEvent[]> {
    const ids = new Set<string>();
    for (const event of events) if (this.isPersonal(event)) keyIdsIn(event.data, ids);
    const keys = ids.size > 0 ? await this.keys.find([...ids]) : NO_KEYS;
    const opening: Opening = { today: (event, data, version) => this.today(event, data, version, keys) };
    return events.map((event) => this.reading(event, opening));
  }

  /** Who reads the same stored event shares the reading; never of a person, whose key may be destroyed at any time. */
  private reading(event: LoggedEvent, opening: Opening): RecordedEvent {
    const place = event.position % SHARED_MAX;
    const shared = this.shared[place];
    if (shared?.position === event.position) return shared;
    const made = readingOf(event, opening);
    if (!this.isPersonal(event)) this.shared[place] = made;
    return made;
  }
  private isPersonal({ type }: LoggedEvent): boolean {
    return (this.codecs.get(type)?.personal.length ?? 0) > 0;
  }

  private today(
    { type, position }: LoggedEvent,
    data: object,
    version: number,
    keys: ReadonlyMap<string, Key>,
  ): object {
    const codec = this.codecs.get(type);
    if (!codec || (codec.version === version && codec.personal.length === 0)) return data;
    if (version > codec.version) throw new UnknownVersion(type, version, position);
    const plain = codec.personal.length === 0 ? data : opened(type, data, keys);
    return upcast(codec.messageClass, plain, version);
  }

  private async encode(event: ProposedEvent, previousHash: string): Promise<LogEvent> {
    const type = event.messageClass.name;
    const codec = this.codecs.get(type);
    if (codec?.messageClass !== event.messageClass) throw new Error(`${type} is no event of this program`);
    const data: Record<string, unknown> = { ...event.data };
    const { origin } = event;
    let subjectKey: string | undefined;
    for (const { name, subject } of codec.personal) {
      if (data[name] === undefined) continue;
      const key = await this.keys.of(String(data[subject]));
      subjectKey = key.id;
      data[name] = seal(String(data[name]), key, type + name);
    }
    const meta: Meta = {
      occurredAt: event.occurredAt, // first and of fixed length: readers may cut it out without parsing
      schemaVersion: String(codec.version),
      $correlationId: origin.correlationId,
      $causationId: origin.causationId ?? origin.commandId,
      commandId: origin.commandId,
      ...(origin.command !== undefined && { command: origin.command }),
      actorId: origin.actor.id,
      actorRole: origin.actor.role,
      source: origin.source,
      ...(origin.reason !== undefined && { reason: origin.reason }),
      ...(origin.traceparent !== undefined && { traceparent: origin.traceparent }),
      ...(subjectKey !== undefined && { subjectKey }),
      previousHash,
    };
    return { id: event.id, type, data: JSON.stringify(data), meta: JSON.stringify(meta) };
  }

  /** An earlier attempt was stored, sealed with other random bytes: the chain goes on from what is there. */
  private async hashAt(stream: string, revision: number): Promise<string> {
    const [stored] = await this.log.readStream(stream, { from: revision, limit: 1 });
    if (!stored) throw new Error(`${stream}: revision ${revision} was acknowledged and is not there`);
    return eventHash(stream, revision, stored);
  }
}

/** Readings kept for the next subscriber that comes by. */
const SHARED_MAX = 8_192;
const NO_KEYS: ReadonlyMap<string, Key> = new Map();

const codecOf = ([type, messageClass]: [string, Class]): [string, Codec] => {
  const personal = fieldsOf(messageClass).flatMap(({ name, subject }) =>
    subject ? [{ name, subject }] : [],
  );
  return [type, { messageClass, version: versionOf(messageClass), personal }];
};

const SEALED_KEY = /"sealed:([\w-]+):/g;
const keyIdsIn = (data: string, ids: Set<string>): void => {
  for (const [, id] of data.matchAll(SEALED_KEY)) if (id) ids.add(id);
};

/** Every sealed value, whatever its field was called when it was sealed. */
const opened = (type: string, data: object, keys: ReadonlyMap<string, Key>): object => {
  const plain: Record<string, unknown> = { ...data };
  for (const [name, value] of Object.entries(plain))
    if (keyIdOf(value)) plain[name] = unseal(value, keys, type + name);
  return plain;
};
