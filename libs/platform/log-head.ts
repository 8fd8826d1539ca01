import { Unavailable, type EventLog, type Position } from '@rapport/kernel';
import { inTime, LATE } from './in-time';

/** So long the log is given to say how far it is: whoever asks a question will not wait for long. */
export const HEAD_MS_MAX = 2_000;
/** A head that was last seen longer ago tells nothing about how far behind anybody is. */
export const HEAD_AGE_SECONDS_MAX = 10;

/** Where the log ended when it was last looked at. */
export interface SeenHead {
  readonly position: Position;
  readonly seenSecondsAgo: number;
  /** It was seen just now. Otherwise the log did not answer, and this is what it said last. */
  readonly isCurrent: boolean;
  /** For so long nobody could look that a lag which is told by this head is not to be trusted. */
  readonly isStale: boolean;
}

/** Looks where the log ends, and remembers it for the time when the log is away. */
export class LogHead {
  private last: { readonly position: Position; readonly at: number } | null = null;
  /** Looks that have waited for too long and still do: while there is one, nobody else has to wait. */
  private overdue = 0;

  constructor(
    private readonly log: Pick<EventLog, 'head'>,
    /** Machine time in milliseconds. */
    private readonly clock: () => number,
  ) {}

  /** Asks the log, and answers what it said last when it does not answer in time; null when it never has. */
  async look(): Promise<SeenHead | null> {
    const isCurrent = this.overdue === 0 && (await this.asked());
    if (!this.last) return null;
    const seenSecondsAgo = Math.max(0, this.clock() - this.last.at) / 1_000;
    const isStale = seenSecondsAgo > HEAD_AGE_SECONDS_MAX;
    return { position: this.last.position, seenSecondsAgo, isCurrent, isStale };
  }

  /** True when the log has answered. */
  private async asked(): Promise<boolean> {
    const asking = this.ask();
    const answer = await inTime(asking, HEAD_MS_MAX);
    if (answer !== LATE) return answer;
    this.overdue++;
    const over = (): number => this.overdue--;
    asking.then(over, over);
    return false;
  }
  private async ask(): Promise<boolean> {
    const at = this.clock();
    try {
      this.last = { position: await this.log.head(), at };
      return true;
    } catch (error) {
      if (error instanceof Unavailable) return false;
      throw error;
    }
  }
}
