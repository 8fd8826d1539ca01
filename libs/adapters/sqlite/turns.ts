/**
 * Threads of one process that write to one file take turns: who waits sleeps until he is woken, instead of asking the
 * file again and again. It only spares them that: who may write is still settled by the file.
 */
export interface TurnTaking {
  /** Memory that the threads share: `turnsForThreads()`. */
  readonly shared: SharedArrayBuffer;
  /** After a turn the file stays free for as long as the turn took, for processes that serve somebody. */
  readonly leavesRoom: boolean;
}
export const turnsForThreads = (): SharedArrayBuffer =>
  new SharedArrayBuffer(SLOTS * BigInt64Array.BYTES_PER_ELEMENT);

const SLOTS = 2;
/** The first slot says whether somebody writes, the second from when on the next one may, in milliseconds. */
const [TURN, FREE_AT] = [0, 1];
const [FREE, TAKEN] = [0n, 1n];
/** A thread that was ended within its turn gives it back to nobody: after so long the others go on without. */
const TURN_MS_MAX = 30_000;
const ROOM_MS_MAX = 1_000;

export class Turns {
  private readonly slots: BigInt64Array;

  constructor(private readonly how: TurnTaking) {
    this.slots = new BigInt64Array(how.shared);
  }

  take<T>(write: () => T): T {
    this.begin();
    const startedAt = Date.now();
    try {
      return write();
    } finally {
      this.end(Date.now() - startedAt);
    }
  }

  private begin(): void {
    const { slots } = this;
    for (const late = Date.now() + TURN_MS_MAX; Atomics.compareExchange(slots, TURN, FREE, TAKEN) !== FREE;)
      if (Date.now() > late || Atomics.wait(slots, TURN, TAKEN, TURN_MS_MAX) === 'timed-out') return;
    const room = Number(Atomics.load(slots, FREE_AT)) - Date.now();
    if (room > 0) Atomics.wait(slots, TURN, TAKEN, Math.min(room, ROOM_MS_MAX));
  }
  private end(tookMs: number): void {
    const freeAt = this.how.leavesRoom ? Date.now() + Math.min(tookMs, ROOM_MS_MAX) : 0;
    Atomics.store(this.slots, FREE_AT, BigInt(freeAt));
    Atomics.store(this.slots, TURN, FREE);
    Atomics.notify(this.slots, TURN, 1);
  }
}
