import {
  Bell,
  ReadingFeed,
  START,
  WrongExpectedRevision,
  type Appended,
  type CopyTarget,
  type Feed,
  type LogEvent,
  type LoggedEvent,
  type Position,
  type StreamRange,
} from '@rapport/kernel';

/** A log that lives as long as its process: for tests, trials and short-lived tools. Position n is the n-th event. */
export class MemoryEventLog implements CopyTarget {
  readonly driver = 'memory';
  private readonly events: LoggedEvent[] = [];
  private readonly streams = new Map<string, LoggedEvent[]>();
  private readonly bell = new Bell();

  constructor(private readonly now: () => string = () => new Date().toISOString()) {}

  append(stream: string, expected: number, events: readonly LogEvent[]): Promise<Appended> {
    return this.take(stream, expected, events);
  }
  /** Events of another log, with the time at which that one took them. Otherwise like `append`. */
  copy(stream: string, expected: number, events: readonly LoggedEvent[]): Promise<Appended> {
    const recordedAt = events.map((event) => event.recordedAt);
    return this.take(stream, expected, events, recordedAt);
  }

  async readStream(stream: string, range: StreamRange = {}): Promise<readonly LoggedEvent[]> {
    const kept = this.streams.get(stream) ?? [];
    const { backwards = false, from = backwards ? kept.length : 0, limit = kept.length } = range;
    const end = Math.min(from + 1, kept.length);
    if (backwards) return kept.slice(Math.max(0, end - limit), Math.max(0, end)).reverse();
    return kept.slice(Math.max(0, from), Math.max(0, from) + limit);
  }
  async readAll(after: Position, limit: number): Promise<readonly LoggedEvent[]> {
    return this.events.slice(after, after + limit);
  }
  async readAt(positions: readonly Position[]): Promise<readonly LoggedEvent[]> {
    const inOrder = [...new Set(positions)].sort((a, b) => a - b);
    return inOrder.flatMap((position) => this.events[position - 1] ?? []);
  }
  async head(): Promise<Position> {
    return this.events.length as Position;
  }
  end(): Promise<Position> {
    return this.head();
  }
  async countAfter(after: Position): Promise<number> {
    return Math.max(0, this.events.length - after);
  }
  subscribe(after: Position): Feed {
    return new ReadingFeed(this, this.bell, after);
  }
  async close(): Promise<void> {
    this.bell.ring();
  }

  private async take(
    stream: string,
    expected: number,
    events: readonly LogEvent[],
    recordedAt?: readonly string[],
  ): Promise<Appended> {
    const kept = this.streams.get(stream) ?? [];
    const revision = kept.length - 1;
    const there = events.filter(({ id }, n) => kept[expected + 1 + n]?.id === id).length;
    const last = kept[expected + there];
    if (last && there > 0 && there === events.length)
      return { revision: last.revision, position: last.position, repeated: true };
    if (expected !== revision) throw new WrongExpectedRevision(stream, expected, revision, there);
    if (events.length > 0) this.keep(stream, kept, events, recordedAt);
    return { revision: kept.length - 1, position: kept.at(-1)?.position ?? START, repeated: false };
  }

  private keep(
    stream: string,
    kept: LoggedEvent[],
    events: readonly LogEvent[],
    before?: readonly string[],
  ): void {
    const now = this.now();
    for (const [n, { id, type, data, meta }] of events.entries()) {
      const [revision, position] = [kept.length, (this.events.length + 1) as Position];
      const logged: LoggedEvent = Object.freeze({
        id,
        type,
        data,
        meta,
        stream,
        revision,
        position,
        recordedAt: before?.[n] ?? now,
      });
      kept.push(logged);
      this.events.push(logged);
    }
    this.streams.set(stream, kept);
    this.bell.ring();
  }
}
