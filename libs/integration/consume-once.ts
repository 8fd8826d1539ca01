import type { Message } from '@rapport/kernel';

type Told = Pick<Message, 'key' | 'headers'> & { readonly topic: string };

/** So many keys are remembered; of the one that was not heard of for longest a double may pass again. */
const KEYS_MAX = 100_000;

/**
 * Makes "at least once" into "once" for whoever hears what we tell. What is told of one key under one contract rises in
 * `ce_sequence`, and only what is told again falls back: what does not lie behind the last one has been had.
 * To survive a restart, keep `entries` (or the one that changed) in the transaction that keeps the effect.
 */
export class Deduplicator {
  private readonly last: Map<string, string>;

  constructor(
    known: Iterable<readonly [place: string, sequence: string]> = [],
    private readonly keysMax = KEYS_MAX,
  ) {
    this.last = new Map(known);
  }

  /** True when it is new, and had from now on; false when it is to be dropped. */
  take(message: Told): boolean {
    const place = placeOf(message);
    const sequence = message.headers['ce_sequence'] ?? '';
    const last = this.last.get(place);
    if (last !== undefined && sequence <= last) return false;
    this.last.delete(place);
    this.last.set(place, sequence);
    if (this.last.size > this.keysMax) this.forgetOldest();
    return true;
  }
  /** The sequence that was had last, by source, topic, contract and key. */
  entries(): Iterable<readonly [place: string, sequence: string]> {
    return this.last;
  }

  private forgetOldest(): void {
    const oldest = this.last.keys().next();
    if (!oldest.done) this.last.delete(oldest.value);
  }
}

/** Sequences rise within one log, so sources are kept apart; contracts are, so that one may be told anew from the beginning. */
const placeOf = ({ topic, key, headers }: Told): string =>
  [headers['ce_source'], topic, headers['ce_type'], key].join('|');
