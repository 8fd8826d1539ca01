import { START, type EventLog, type LoggedEvent, type Position } from './event-log';
import { eventHash, GENESIS, previousHashIn, roll } from './hash-chain';
import { digestOf, SEALS, type SealedEvent } from './log-seal';
import type { RowReader } from './row-store';

export type Finding =
  | {
      readonly kind: 'CHAIN_BROKEN';
      readonly stream: string;
      readonly revision: number;
      readonly position: number;
    }
  | {
      readonly kind: 'REVISION_MISSING';
      readonly stream: string;
      readonly revision: number;
      readonly position: number;
    }
  | {
      readonly kind: 'EVENT_CHANGED';
      readonly stream: string;
      readonly revision: number;
      readonly position: number;
    }
  | {
      readonly kind: 'EVENT_MISSING';
      readonly stream: string;
      readonly revision: number;
      readonly position: number;
    }
  | {
      readonly kind: 'EVENT_INSERTED';
      readonly stream: string;
      readonly revision: number;
      readonly position: number;
    }
  | {
      readonly kind: 'SEAL_BROKEN';
      readonly seal: string;
      readonly fromPosition: number;
      readonly toPosition: number;
    };

export interface Verdict {
  readonly intact: boolean;
  readonly events: number;
  readonly streams: number;
  readonly sealed: number;
  /** Rolling hash at the end of the last seal: kept elsewhere, it proves this history to anybody later. */
  readonly sealHash: string;
  readonly sealedTo: number;
  readonly findings: readonly Finding[];
}
const BATCH = 5_000;
const SEALS_AT_ONCE = 50;
/** After so many findings the rest of the log is not worth reading. */
const FINDINGS_MAX = 100;

/** Checks a log offline, from its first event, against its own chains and against the seals that were kept of it. */
export const verifyLog = async (
  log: EventLog,
  rows: RowReader,
  onProgress: (events: number) => void = () => undefined,
): Promise<Verdict> => {
  const check = new Check();
  const seals = sealsOf(rows);
  let next = await seals();
  for (let at = START; check.findings.length < FINDINGS_MAX;) {
    const events = await log.readAll(at, BATCH);
    if (events.length === 0) break;
    for (const event of events) {
      while (next && event.position > next.toPosition) {
        check.closeSeal(next);
        next = await seals();
      }
      check.event(event);
    }
    at = events.at(-1)?.position ?? at;
    onProgress(check.events);
  }
  for (; next && check.findings.length < FINDINGS_MAX; next = await seals()) check.closeSeal(next);
  return check.verdict();
};

interface Seal {
  readonly key: string;
  readonly fromPosition: Position;
  readonly toPosition: Position;
  readonly events: readonly SealedEvent[];
  readonly hash: string;
}

const sealsOf = (rows: RowReader) => {
  let page: Seal[] = [];
  let last: string | null = null;
  return async (): Promise<Seal | undefined> => {
    if (page.length === 0) {
      const after = last === null ? {} : { after: [last, last] as const };
      page = [...(await rows.find(SEALS, { limit: SEALS_AT_ONCE, ...after }))] as unknown as Seal[];
      last = page.at(-1)?.key ?? last;
    }
    return page.shift();
  };
};

/** What the log says so far. */
class Check {
  events = 0;
  readonly findings: Finding[] = [];
  private readonly tips = new Map<string, { readonly revision: number; readonly hash: string }>();
  private range: SealedEvent[] = [];
  private hash = GENESIS;
  private sealed = 0;
  private sealHash = GENESIS;
  private sealedTo = 0;

  event(event: LoggedEvent): void {
    const { stream, revision, position } = event;
    const tip = this.tips.get(stream) ?? { revision: -1, hash: GENESIS };
    const hash = eventHash(stream, revision, event);
    if (revision !== tip.revision + 1) this.found('REVISION_MISSING', stream, tip.revision + 1, position);
    else if (previousHashIn(event.meta) !== tip.hash)
      this.found('CHAIN_BROKEN', stream, Math.max(0, tip.revision), position);
    this.tips.set(stream, { revision, hash });
    this.range.push([position, stream, revision, digestOf(hash)]);
    this.hash = roll(this.hash, event, hash);
    this.events++;
  }

  /** Everything up to the end of this seal has been read: it must be what was sealed. */
  closeSeal(seal: Seal): void {
    const before = this.findings.length;
    this.compare(seal.events, this.range);
    if (this.hash !== seal.hash && this.findings.length === before && before === 0)
      this.findings.push({
        kind: 'SEAL_BROKEN',
        seal: seal.key,
        fromPosition: seal.fromPosition,
        toPosition: seal.toPosition,
      });
    this.sealed += seal.events.length;
    this.sealHash = seal.hash;
    this.sealedTo = seal.toPosition;
    this.range = [];
  }

  verdict(): Verdict {
    const { findings, events, sealed, sealHash, sealedTo } = this;
    return {
      intact: findings.length === 0,
      events,
      streams: this.tips.size,
      sealed,
      sealHash,
      sealedTo,
      findings,
    };
  }

  private compare(sealed: readonly SealedEvent[], read: readonly SealedEvent[]): void {
    const there = new Map(read.map((event) => [event[0], event]));
    for (const [position, stream, revision, digest] of sealed) {
      const found = there.get(position);
      if (!found) this.found('EVENT_MISSING', stream, revision, position);
      else if (found[3] !== digest) this.found('EVENT_CHANGED', stream, revision, position);
      there.delete(position);
    }
    for (const [position, stream, revision] of there.values())
      this.found('EVENT_INSERTED', stream, revision, position);
  }

  private found(
    kind: Exclude<Finding['kind'], 'SEAL_BROKEN'>,
    stream: string,
    revision: number,
    position: number,
  ) {
    if (this.findings.length < FINDINGS_MAX) this.findings.push({ kind, stream, revision, position });
  }
}
