const SECONDS = 10;

/** How many a second, over the last ten. */
export class Rate {
  private readonly counts = new Array<number>(SECONDS).fill(0);
  private second = 0;

  count(n: number, now = Date.now()): void {
    this.turnTo(now);
    const slot = this.second % SECONDS;
    this.counts[slot] = (this.counts[slot] ?? 0) + n;
  }
  perSecond(now = Date.now()): number {
    this.turnTo(now);
    return this.counts.reduce((sum, count) => sum + count, 0) / SECONDS;
  }

  /** Seconds that have passed since are empty. A clock that jumps back counts into where it stood. */
  private turnTo(now: number): void {
    const second = Math.max(this.second, Math.floor(now / 1_000));
    for (let past = Math.max(this.second + 1, second - SECONDS + 1); past <= second; past++)
      this.counts[past % SECONDS] = 0;
    this.second = second;
  }
}
