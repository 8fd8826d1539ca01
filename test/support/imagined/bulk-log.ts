import type { Appended, CopyTarget, EventLog, Feed, Key, KeyRing } from '@rapport/kernel';
import type { LogEvent, LoggedEvent, Position, StreamRange } from '@rapport/kernel';

interface Waiting {
  readonly stream: string;
  readonly expected: number;
  readonly events: readonly LoggedEvent[];
}

/**
 * A log that answers at once and hands on in groups: whoever is its only writer need not wait for each append. Events
 * bear the time at which they would have been taken.
 */
export class BulkLog implements EventLog {
  events = 0;
  private waiting: Waiting[] = [];

  constructor(
    private readonly to: EventLog & CopyTarget,
    private readonly recordedAt: () => string,
  ) {}

  get driver(): string {
    return this.to.driver;
  }
  append(stream: string, expected: number, events: readonly LogEvent[]): Promise<Appended> {
    const recordedAt = this.recordedAt();
    const logged = events.map((event, n) => ({
      ...event,
      ...{ stream, revision: expected + 1 + n, position: ++this.events as Position, recordedAt },
    }));
    this.waiting.push({ stream, expected, events: logged });
    const revision = expected + events.length;
    return Promise.resolve({ revision, position: this.events as Position, repeated: false });
  }
  /** Appends that wait to be handed on. */
  get pending(): number {
    return this.waiting.length;
  }
  async flush(): Promise<void> {
    const { waiting } = this;
    this.waiting = [];
    await Promise.all(waiting.map(({ stream, expected, events }) => this.to.copy(stream, expected, events)));
  }

  readStream(stream: string, range?: StreamRange): Promise<readonly LoggedEvent[]> {
    return this.to.readStream(stream, range);
  }
  readAll(after: Position, limit: number): Promise<readonly LoggedEvent[]> {
    return this.to.readAll(after, limit);
  }
  readAt(positions: readonly Position[]): Promise<readonly LoggedEvent[]> {
    return this.to.readAt(positions);
  }
  head(): Promise<Position> {
    return this.to.head();
  }
  end(): Promise<Position> {
    return this.to.end();
  }
  countAfter(after: Position): Promise<number> {
    return this.to.countAfter(after);
  }
  subscribe(after: Position): Feed {
    return this.to.subscribe(after);
  }
  async close(): Promise<void> {
    await this.flush();
    await this.to.close();
  }
}

/** Keys made together wait for the disk together. */
const KEYS_AT_ONCE = 1_000;

/** The keys of everybody who will be there, made beforehand and held in the hand. */
export class KeysInHand implements KeyRing {
  private readonly held = new Map<string, Key>();
  constructor(private readonly ring: KeyRing) {}

  async make(subjects: readonly string[]): Promise<void> {
    for (let n = 0; n < subjects.length; n += KEYS_AT_ONCE)
      await Promise.all(subjects.slice(n, n + KEYS_AT_ONCE).map((subject) => this.of(subject)));
  }
  async of(subject: string): Promise<Key> {
    const key = this.held.get(subject) ?? (await this.ring.of(subject));
    this.held.set(subject, key);
    return key;
  }
  find(ids: readonly string[]): Promise<ReadonlyMap<string, Key>> {
    return this.ring.find(ids);
  }
  forget(subject: string, at: string): Promise<{ keyId: string; at: string } | null> {
    this.held.delete(subject);
    return this.ring.forget(subject, at);
  }
  close(): Promise<void> {
    return this.ring.close();
  }
}
