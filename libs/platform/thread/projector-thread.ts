import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { START, type Batch, type Position, type Told } from '@rapport/kernel';
import type { Loop } from '../loop';
import type { Progress } from '../progress';
import { errorOf } from '../rebuild/failures';
import type { FromThread, ThreadPlace, ThreadState, ToThread } from './words';

/** Short-lived objects of a batch die young where they have room: folding makes many. */
const YOUNG_MB = 64;
/** A thread that does not end when it is asked to is ended: its step is void, and is done again at the next start. */
const STOP_MS = 30_000;

const NOT_YET: ThreadState = { state: 'starting', caughtUp: false, position: START, halts: [] };

/**
 * The read models of an embedded log in a thread of their own, so that folding takes no time from commands. It reads the
 * log's file and writes the rows' file through connections of its own.
 */
export class ProjectorThread implements Loop, Progress {
  error: Error | null = null;
  private worker: Worker | null = null;
  private now = NOT_YET;
  private looking = false;
  private waits = 0;
  private readonly waiting = new Map<number, (met: boolean) => void>();
  private readonly asked: Progress;
  private readonly hearers: ((batch: Batch) => void)[] = [];

  constructor(
    private readonly place: ThreadPlace,
    /** What others see of the rows: how far each model is. */
    rows: Progress,
    private readonly onFailure: (error: unknown) => void,
    private readonly told: Told,
  ) {
    this.asked = rows;
  }

  /** Rejects with what went wrong there. */
  start(): Promise<void> {
    const worker = new Worker(join(__dirname, `projector.thread${extname(__filename)}`), {
      workerData: this.place,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    this.worker = worker;
    return new Promise((resolve, reject) => {
      worker.on('message', (word: FromThread) => this.hear(word, resolve, reject));
      worker.once('error', (error) => this.fail(error, reject));
      worker.once('exit', (code) => {
        if (this.worker !== null)
          this.fail(new Error(`the thread of the read models ended with ${code}`), reject);
      });
    });
  }
  async stop(): Promise<void> {
    const { worker } = this;
    this.worker = null;
    this.sendHome();
    if (!worker || this.error) return;
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    const late = setTimeout(() => void worker.terminate(), STOP_MS);
    say(worker, { say: 'stop' });
    await ended;
    clearTimeout(late);
    this.now = { ...this.now, state: 'stopped' };
  }

  get state(): string {
    return this.error ? 'failed' : this.now.state;
  }
  get caughtUp(): boolean {
    return this.now.caughtUp;
  }
  get halts(): readonly string[] {
    return this.now.halts;
  }
  onBatch(hearer: (batch: Batch) => void): void {
    this.hearers.push(hearer);
  }
  /** Of the slowest model that follows, as the rows tell it. */
  position(): Position;
  position(models: readonly string[]): Promise<Position>;
  position(models?: readonly string[]): Position | Promise<Position> {
    return models === undefined ? this.now.position : this.asked.position(models);
  }
  reached(position: Position, models: readonly string[], withinMs: number): Promise<boolean> {
    const { worker } = this;
    if (!worker || this.error) return Promise.resolve(false);
    const id = ++this.waits;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      say(worker, { say: 'wait', id, position, models, withinMs });
    });
  }
  close(): void {
    this.sendHome();
  }

  /** Something was appended: said once for all that is appended in this turn. */
  look(): void {
    if (this.looking || !this.worker) return;
    this.looking = true;
    setImmediate(() => {
      this.looking = false;
      if (this.worker) say(this.worker, { say: 'look' });
    });
  }

  private hear(word: FromThread, started: () => void, failed: (error: Error) => void): void {
    if (word.say === 'started') started();
    else if (word.say === 'state') this.now = word.now;
    else if (word.say === 'told') this.told(word.level, word.what);
    else if (word.say === 'batches') this.heard(word.batches);
    else if (word.say === 'failed') this.fail(errorOf(word.failure), failed);
    else {
      this.waiting.get(word.id)?.(word.met);
      this.waiting.delete(word.id);
    }
  }
  private heard(batches: readonly Batch[]): void {
    for (const batch of batches) for (const hear of this.hearers) hear(batch);
  }
  private fail(error: Error, reject: (error: Error) => void): void {
    if (this.error || !this.worker) return;
    this.error = error;
    this.sendHome();
    reject(error);
    this.onFailure(error);
  }
  private sendHome(): void {
    for (const go of this.waiting.values()) go(false);
    this.waiting.clear();
  }
}

const say = (worker: Worker, word: ToThread): void => {
  worker.postMessage(word);
};
