import { firstIndex, NONE, type Expected, type Kept } from './kept';

/** What a stream's metadata asks for; ages are in seconds. */
export interface Rules {
  readonly $tb?: number;
  readonly $maxCount?: number;
  readonly $maxAge?: number;
}

/** One stream: the n-th event has revision n, but for the mark of a tombstone at the end. */
export class Stream {
  readonly events: Kept[] = [];
  rules: Rules = {};
  tombstoned = false;
  softlyDeleted = false;
  /** Made when somebody asks by id: most streams are only ever appended to at a revision. */
  private byId: Map<string, Kept> | undefined;

  constructor(readonly name: string) {}

  add(event: Kept): void {
    this.events.push(event);
    if (this.byId && !this.byId.has(event.id)) this.byId.set(event.id, event);
  }
  get last(): bigint {
    return this.events.at(-1)?.revision ?? NONE;
  }
  get isThere(): boolean {
    return this.events.length > 0 && !this.softlyDeleted;
  }
  /** The first event that has the id. */
  find(id: string): Kept | undefined {
    if (this.byId === undefined) {
      this.byId = new Map();
      for (const event of this.events) if (!this.byId.has(event.id)) this.byId.set(event.id, event);
    }
    return this.byId.get(id);
  }

  fits(expected: Expected): boolean {
    if (expected === 'any') return true;
    if (expected === 'stream_exists') return this.isThere;
    return expected === 'no_stream' ? !this.isThere : expected === this.last;
  }
  /** Metadata hides what is before it; of metadata itself only the newest is seen. */
  firstVisible(now: number): number {
    const length = this.events.length;
    if (this.name.startsWith('$$')) return Math.max(0, length - 1);
    const { $tb = 0, $maxCount = length, $maxAge } = this.rules;
    const oldest = now - ($maxAge ?? 0) * 1_000;
    const young = $maxAge === undefined ? 0 : firstIndex(length, (n) => this.events[n]!.created >= oldest);
    return Math.max(0, Math.min(length, $tb), length - $maxCount, young);
  }
}

/** A body that is not an object hides nothing. */
export const rulesIn = (data: Uint8Array): Rules => {
  const text = Buffer.from(data).toString();
  return text.startsWith('{') ? (JSON.parse(text) as Rules) : {};
};
