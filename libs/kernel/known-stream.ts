import { evolve, type Rules } from './aggregate';
import { StreamClosed } from './claim';
import { START, type Position } from './event-log';
import { NO_TIP, type Tip } from './event-store';

/** What was stored, and the position from which on every read model shows it. */
export interface CommandResult {
  readonly position: Position;
  readonly revision: number;
  readonly events: readonly string[];
  /** The same command had been carried out before: this is its first answer. */
  readonly repeated: boolean;
}
/** What a command was answered, and what kind of command it was. */
export interface Answer extends CommandResult {
  readonly command?: string;
}
interface Seen {
  readonly type: string;
  readonly data: object;
  readonly occurredAt: string;
  readonly meta: { readonly commandId: string; readonly command?: string };
}

/** A stream as we last saw it: the baseline of the next decision, never the last word. */
export class KnownStream {
  revision = NO_TIP.revision;
  position: Position = START;
  closed = false;
  answers = new Map<string, Answer>();
  /** The hash of the last event, or the event itself as long as nobody needed its hash. */
  private last: string | { readonly hash: string } = NO_TIP.hash;

  constructor(public state: unknown) {}

  get isNew(): boolean {
    return this.revision === NO_TIP.revision;
  }
  tip(): Tip {
    return { revision: this.revision, hash: typeof this.last === 'string' ? this.last : this.last.hash };
  }
  move(of: Rules, event: Seen, position: Position, last: string | { readonly hash: string }): void {
    if (event.type === StreamClosed.name) this.closed = true;
    else this.state = evolve(of, this.state, event);
    this.revision++;
    this.position = position;
    this.last = last;
    const events = [...(this.answers.get(event.meta.commandId)?.events ?? []), event.type];
    const { commandId, command } = event.meta;
    const result = { position, revision: this.revision, events, repeated: false };
    this.answers.set(commandId, command === undefined ? result : { ...result, command });
  }
  /** A copy to decide on; what is remembered stays as it is until the append has succeeded. */
  draft(): KnownStream {
    const draft = new KnownStream(this.state);
    draft.revision = this.revision;
    draft.position = this.position;
    draft.closed = this.closed;
    draft.answers = new Overlay(this.answers);
    return draft;
  }
  unchanged(): CommandResult {
    return { position: this.position, revision: this.revision, events: [], repeated: false };
  }
  answerTo(commandId: string): CommandResult {
    const { command: _, ...result }: Answer = this.answers.get(commandId) ?? this.unchanged();
    return result;
  }
}

/** A map that reads through to another and keeps its own writes. */
class Overlay<K, V> extends Map<K, V> {
  constructor(private readonly below: Map<K, V>) {
    super();
  }
  override get(key: K): V | undefined {
    return super.get(key) ?? this.below.get(key);
  }
}

const STREAMS_MAX = 20_000;
/** Of them those that were asked for once only, where the others want the room. */
const NEWCOMERS_MAX = 5_000;
const EVENTS_MAX = 200_000;

interface Kept {
  readonly known: KnownStream;
  readonly events: number;
}

/**
 * The streams used last. Bounded by their number and by the number of events whose commands they remember. Whoever is
 * asked for a second time stays longer: a purchase is written and never asked for again, and thousands of them would
 * push out the customers whom every one of them asks for.
 */
export class StreamCache {
  private readonly newcomers = new Map<string, Kept>();
  private readonly regulars = new Map<string, Kept>();
  private events = 0;

  get(stream: string): KnownStream | undefined {
    const kept = this.newcomers.get(stream) ?? this.regulars.get(stream);
    if (!kept) return undefined;
    this.newcomers.delete(stream);
    this.regulars.delete(stream);
    this.regulars.set(stream, kept);
    return kept.known;
  }
  set(stream: string, known: KnownStream): void {
    const shelf = this.regulars.has(stream) ? this.regulars : this.newcomers;
    this.drop(shelf, stream);
    shelf.set(stream, { known, events: known.revision + 1 });
    this.events += known.revision + 1;
    while (this.size > STREAMS_MAX || (this.events > EVENTS_MAX && this.size > 1)) this.dropOldest();
  }

  private get size(): number {
    return this.newcomers.size + this.regulars.size;
  }
  private dropOldest(): void {
    const isCrowded = this.newcomers.size > NEWCOMERS_MAX || this.regulars.size === 0;
    const shelf = isCrowded ? this.newcomers : this.regulars;
    const oldest = shelf.keys().next();
    if (!oldest.done) this.drop(shelf, oldest.value);
  }
  private drop(shelf: Map<string, Kept>, stream: string): void {
    this.events -= shelf.get(stream)?.events ?? 0;
    shelf.delete(stream);
  }
}
