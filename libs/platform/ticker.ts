import type { Application } from './application';

/** Lets due timers fire: at a steady beat, never two at once, and first when everything has been read. */
export class Ticker {
  private beat?: NodeJS.Timeout;
  private underWay: Promise<void> | null = null;

  constructor(
    private readonly application: Application,
    private readonly everyMs: number,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  start(): void {
    this.beat = setInterval(() => this.tick(), this.everyMs);
    this.tick();
  }
  /** Waits for the round that is under way. */
  async stop(): Promise<void> {
    clearInterval(this.beat);
    await this.underWay;
  }

  private tick(): void {
    const { reactions } = this.application;
    if (this.underWay || !reactions.caughtUp || reactions.error !== null) return;
    this.underWay = this.fire().finally(() => (this.underWay = null));
  }
  private async fire(): Promise<void> {
    try {
      await this.application.timers.fire(this.application.now());
    } catch (error) {
      this.onFailure(error);
    }
  }
}
