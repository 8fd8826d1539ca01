import { randomUUID } from 'node:crypto';
import { APPEND_MAX_BYTES, firstIndex, JSON_TYPE, OCTETS, TOMBSTONE } from './kept';
import type { Answer, Expected, Kept, Proposal } from './kept';
import { rulesIn, Stream, type Rules } from './stream';

const FIRST_POSITION = 548;
/** What a record weighs beside its stream's name, data and metadata. */
const HEAD_BYTES = 100;
const NOTHING = new Uint8Array();

/** What a server keeps and decides. It answers as a real one does; see conversation.txt. */
export class MemoryLog {
  readonly all: Kept[] = [];
  /** A server that has lost its memory of ids altogether calls a repeated append a conflict. */
  forgetful = false;
  /** Appends to just anywhere are recognised among so many of the last events, and written again beyond. */
  remembersLast = 100_000;
  private readonly streams = new Map<string, Stream>();
  private readonly listeners = new Set<() => void>();
  private next = FIRST_POSITION;
  private remembersFrom = 0n;

  /** The clock tells milliseconds. */
  constructor(readonly clock: () => number = Date.now) {}

  append(name: string, expected: Expected, proposals: readonly Proposal[]): Answer {
    if (weightOf(proposals) > APPEND_MAX_BYTES) return { is: 'too large' };
    if (this.isTombstoned(name)) return { is: 'deleted' };
    const stream = this.stream(name);
    const known = this.forgetful ? undefined : this.met(stream, expected, proposals);
    if (known === 'some') return { is: 'wrong', actual: stream.last };
    if (known) return this.again(stream, known);
    if (expected === 'stream_exists' && stream.softlyDeleted) return { is: 'deleted' };
    if (!stream.fits(expected)) return { is: 'wrong', actual: stream.last };
    return this.write(stream, proposals);
  }
  /** Soft: the stream hides what it has and counts on. */
  delete(name: string, expected: Expected): Answer {
    const stream = this.stream(name);
    const refused = this.refused(stream, expected, stream.events.length > 0);
    if (refused) return refused;
    stream.softlyDeleted = true;
    const position = this.setRules(name, { $tb: 2 ** 63 });
    this.ring();
    return { is: 'done', revision: stream.last, position };
  }
  /** For good, and also where there was no stream. */
  tombstone(name: string, expected: Expected): Answer {
    const stream = this.stream(name);
    const refused = this.refused(stream, expected, true);
    if (refused) return refused;
    const { position } = this.keep(stream, mark('$streamDeleted', OCTETS, NOTHING), TOMBSTONE);
    stream.tombstoned = true;
    this.ring();
    return { is: 'done', revision: TOMBSTONE, position };
  }

  /** A stream's metadata goes with it. */
  isTombstoned(name: string): boolean {
    const of = name.startsWith('$$') ? name.slice(2) : name;
    return [name, of].some((one) => this.streams.get(one)?.tombstoned);
  }
  /** Also of a stream that nobody has appended to yet. */
  stream(name: string): Stream {
    const known = this.streams.get(name);
    if (known) return known;
    const made = new Stream(name);
    this.streams.set(name, made);
    return made;
  }
  /** Is there a record that begins here? Past the begin of the last one nobody minds. */
  begins(position: bigint): boolean {
    if (position === 0n || position > (this.all.at(-1)?.position ?? 0n)) return true;
    return this.all[this.indexFrom(position)]?.position === position;
  }
  /** Where in `all` the events begin that are at the position or behind it. */
  indexFrom(position: bigint): number {
    return firstIndex(this.all.length, (n) => this.all[n]!.position >= position);
  }
  /** Answers how to stop listening. */
  onAppend(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
  /** As after a restart: the index knows which ids stand at a revision, but ids alone are forgotten. */
  forget(): void {
    this.remembersFrom = BigInt(this.next);
  }

  private write(stream: Stream, proposals: readonly Proposal[]): Answer {
    const before = stream.last;
    const written = proposals.map((proposal) => this.keep(stream, proposal));
    const position = written.at(-1)?.position ?? this.emptyRecord();
    if (stream.softlyDeleted) {
      stream.softlyDeleted = false;
      this.setRules(stream.name, { $tb: Number(before) + 1 });
    }
    this.ring();
    return { is: 'done', revision: stream.last, position };
  }
  /** An append without events takes a place, and nobody ever reads it. */
  private emptyRecord(): bigint {
    const position = BigInt(this.next);
    this.next += HEAD_BYTES;
    return position;
  }
  /** As the first time; without its place where the stream hides the event. */
  private again(stream: Stream, { revision, position }: Kept): Answer {
    const hidden = Number(revision) < stream.firstVisible(this.clock());
    return hidden ? { is: 'done', revision } : { is: 'done', revision, position };
  }
  private refused(stream: Stream, expected: Expected, there: boolean): Answer | undefined {
    if (this.isTombstoned(stream.name)) return { is: 'deleted' };
    return there && stream.fits(expected) ? undefined : { is: 'wrong', actual: stream.last };
  }

  /** Already here? At an exact place the ids must stand there; at just any, they must be in the stream at all. */
  private met(stream: Stream, expected: Expected, proposals: readonly Proposal[]): Kept | 'some' | undefined {
    if (proposals.length === 0 || stream.softlyDeleted) return undefined;
    if (expected === 'any' || expected === 'stream_exists') return this.metAnywhere(stream, proposals);
    const start = Number(expected === 'no_stream' ? 0n : expected + 1n);
    const same = proposals.every(({ id }, n) => stream.events[start + n]?.id === id);
    return same ? stream.events[start + proposals.length - 1] : undefined;
  }
  /** The first id decides: unknown, all is new; known, the others must be known too. */
  private metAnywhere(stream: Stream, proposals: readonly Proposal[]): Kept | 'some' | undefined {
    const found = proposals.map(({ id }) => this.remembered(stream.find(id)));
    if (!found[0]) return undefined;
    return found.every((one) => one !== undefined) ? found.at(-1) : 'some';
  }
  private remembered(event: Kept | undefined): Kept | undefined {
    const oldest = this.all[this.all.length - this.remembersLast]?.position ?? 0n;
    return event && event.position >= oldest && event.position >= this.remembersFrom ? event : undefined;
  }

  private keep(stream: Stream, proposal: Proposal, revision = BigInt(stream.events.length)): Kept {
    const place = { stream: stream.name, revision, position: BigInt(this.next), created: this.clock() };
    const event = { ...proposal, ...place };
    this.next += HEAD_BYTES + stream.name.length + proposal.data.length + proposal.metadata.length;
    stream.add(event);
    this.all.push(event);
    if (stream.name.startsWith('$$')) this.stream(stream.name.slice(2)).rules = rulesIn(event.data);
    return event;
  }
  private setRules(name: string, rules: Rules): bigint {
    const data = Buffer.from(JSON.stringify(rules));
    return this.keep(this.stream(`$$${name}`), mark('$metadata', JSON_TYPE, data)).position;
  }
  private ring(): void {
    for (const listener of this.listeners) listener();
  }
}

/** An event of the server's own. */
const mark = (type: string, contentType: string, data: Uint8Array): Proposal => ({
  ...{ id: randomUUID(), type, contentType },
  ...{ data, metadata: NOTHING },
});
const weightOf = (proposals: readonly Proposal[]): number =>
  proposals.reduce((sum, { data }) => sum + data.length, 0);
