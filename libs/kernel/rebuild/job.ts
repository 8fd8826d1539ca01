import { RebuildUnderWay } from './seats-taken';

/** What is being done, for whoever waits for it. */
export interface RebuildProgress {
  readonly doing: string;
  /** Events of the log that were read in this go, and that are to be read in it. */
  readonly events: number;
  readonly eventsAll: number;
}
export interface JobHow {
  /** No thread takes more events of the log in a second. */
  readonly eventsPerSecond?: number;
  /** Ends it in good order: what was done stays, and can be gone on with. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RebuildProgress) => void;
}

/** It was asked to end, and has. */
export class Stopped extends Error {}

/** One thing that is done with what stands beside models, from its beginning to its end. */
export class Job {
  private readonly ending = new AbortController();
  private lost: unknown = null;
  private doing = '';

  constructor(
    readonly how: JobHow,
    /** Makes sure that nobody else has begun the same meanwhile. Throws where somebody has. */
    private readonly assertOurs: () => Promise<void>,
  ) {
    if (how.signal?.aborted) this.ending.abort();
    how.signal?.addEventListener('abort', this.stop);
  }

  get signal(): AbortSignal {
    return this.ending.signal;
  }
  get isStopped(): boolean {
    return this.ending.signal.aborted;
  }
  /** Somebody else does the same now: nothing more is written of it here. */
  get isLost(): boolean {
    return this.lost !== null;
  }
  /** Between two parts of the work. Throws `Stopped`, or what has made it impossible to go on. */
  goOn(): void {
    this.goOnUnlessLost();
    if (this.isStopped) throw new Stopped('it was stopped');
  }
  goOnUnlessLost(): void {
    if (this.lost !== null) throw this.lost as Error;
  }
  /** It cannot go on: somebody else does the same now. */
  lose(error: unknown): void {
    this.lost ??= error;
    this.ending.abort();
  }

  /** Before anything is written by which others go: a process that was frozen may wake up in a world that has gone on. */
  async stays(): Promise<void> {
    this.goOnUnlessLost();
    try {
      await this.assertOurs();
    } catch (error) {
      if (error instanceof RebuildUnderWay) this.lose(error);
      throw error;
    }
  }

  begins(doing: string): void {
    this.doing = doing;
    this.progressed(0, 0);
  }
  progressed(events: number, eventsAll: number): void {
    this.how.onProgress?.({ doing: this.doing, events, eventsAll });
  }
  end(): void {
    this.how.signal?.removeEventListener('abort', this.stop);
  }

  private readonly stop = (): void => {
    this.ending.abort();
  };
}
