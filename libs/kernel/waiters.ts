interface Waiter {
  readonly isMet: () => boolean;
  readonly go: (met: boolean) => void;
}

/** Those who wait until something is so. Whoever makes it so tells them. */
export class Waiters {
  private waiting: readonly Waiter[] = [];

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }
  /** True as soon as it is so; false when it took too long, or nobody waits any more. */
  until(isMet: () => boolean, withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const waiter: Waiter = {
        isMet,
        go: (met) => {
          clearTimeout(late);
          resolve(met);
        },
      };
      const late = setTimeout(() => this.release((one) => one === waiter, false), withinMs);
      this.waiting = [...this.waiting, waiter];
    });
  }
  tell(): void {
    this.release(({ isMet }) => isMet(), true);
  }
  sendHome(): void {
    this.release(() => true, false);
  }

  private release(ready: (waiter: Waiter) => boolean, met: boolean): void {
    if (this.waiting.length === 0) return;
    const going = new Set(this.waiting.filter(ready));
    this.waiting = this.waiting.filter((waiter) => !going.has(waiter));
    for (const { go } of going) go(met);
  }
}
