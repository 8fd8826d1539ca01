import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FoldPlan, FoldWatch, Stretch, TableComparison } from '@rapport/kernel';
import { errorOf } from './failures';
import type { FromHand, HandPlace, ToHand } from './words';

/**
 * What one hand may hold in memory: its rows between two batches, and the batch itself. Beyond, it ends with an error and
 * can be gone on with. SQLite's own pages come on top.
 */
const HEAP_MB_MAX = 1_024;
/** Short-lived objects of a batch die young where they have room: folding makes many. */
const YOUNG_MB = 64;
/** A hand that does not go when it may is ended: nothing of its step is kept. */
const GO_MS = 30_000;

interface Waiting {
  readonly onEvents: (events: number) => void;
  readonly resolve: (tables: readonly TableComparison[]) => void;
  readonly reject: (error: Error) => void;
}

/** One hand in a thread of its own, as the others see it. */
export class HandThread {
  private readonly waiting = new Map<number, Waiting>();
  private readonly ended: Promise<unknown>;
  private asked = 0;
  private broken: Error | null = null;

  private constructor(private readonly worker: Worker) {
    this.ended = new Promise((resolve) => worker.once('exit', resolve));
    worker.on('error', (error) => this.break(error instanceof Error ? error : new Error(String(error))));
    worker.once('exit', (code) => this.break(new Error(`a thread of the rebuild ended with ${code}`)));
  }

  /** Rejects with what went wrong there. `argv`: what the thread begins with (default: as this process did). */
  static open(place: HandPlace, argv?: readonly string[]): Promise<HandThread> {
    const worker = new Worker(join(__dirname, `hand.thread${extname(__filename)}`), {
      workerData: place,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB_MAX, maxYoungGenerationSizeMb: YOUNG_MB },
      ...(argv && { execArgv: [...argv] }),
    });
    const hand = new HandThread(worker);
    return new Promise((resolve, reject) => {
      worker.on('message', (word: FromHand) => {
        if (word.say === 'ready') resolve(hand);
        else if (word.say === 'failed' && word.id === null) reject(errorOf(word.failure));
        else hand.hear(word);
      });
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('a thread of the rebuild ended before it began')));
    });
  }

  async fold(stretches: readonly Stretch[], plan: FoldPlan, { onEvents, signal }: FoldWatch): Promise<void> {
    const id = ++this.asked;
    const stop = () => this.say({ say: 'stop', id });
    signal.addEventListener('abort', stop);
    try {
      const done = this.done(id, onEvents);
      this.say({ say: 'fold', id, stretches, plan });
      if (signal.aborted) stop();
      await done;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }
  compare(model: string): Promise<readonly TableComparison[]> {
    const id = ++this.asked;
    const done = this.done(id, () => undefined);
    this.say({ say: 'compare', id, model });
    return done;
  }
  /** Finishes what it is at. */
  async close(): Promise<void> {
    const late = setTimeout(() => void this.worker.terminate(), GO_MS);
    this.say({ say: 'go' });
    await this.ended;
    clearTimeout(late);
  }

  private done(id: number, onEvents: Waiting['onEvents']): Promise<readonly TableComparison[]> {
    if (this.broken) return Promise.reject(this.broken);
    return new Promise((resolve, reject) => this.waiting.set(id, { onEvents, resolve, reject }));
  }
  private hear(word: FromHand): void {
    if (word.say === 'ready' || word.id === null) return;
    const one = this.waiting.get(word.id);
    if (word.say === 'read') return one?.onEvents(word.events);
    this.waiting.delete(word.id);
    if (word.say === 'done') one?.resolve(word.tables);
    else one?.reject(errorOf(word.failure));
  }
  private break(error: Error): void {
    this.broken ??= error;
    for (const { reject } of this.waiting.values()) reject(this.broken);
    this.waiting.clear();
  }
  private say(word: ToHand): void {
    this.worker.postMessage(word);
  }
}
