/** Time, and waiting in it: a test has its own. */
export interface Clock {
  /** Milliseconds from anywhere. */
  now(): number;
  rest(ms: number): Promise<void>;
}

/** No more than so many a second, over any time: who was slow for a while may not hurry afterwards. */
export class Throttle {
  private from: number;

  constructor(
    private readonly perSecond: number,
    private readonly clock: Clock,
  ) {
    this.from = clock.now();
  }

  /** Called when they have been dealt with; resolves when the next may be. */
  async took(events: number): Promise<void> {
    const left = this.from + (events / this.perSecond) * 1_000 - this.clock.now();
    if (left > 0) await this.clock.rest(left);
    this.from = this.clock.now();
  }
}
