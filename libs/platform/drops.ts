import type { Logger } from 'pino';

/** Subscriptions that were dropped and came back by themselves: each is told once, and they are counted. */
export class Drops {
  count = 0;
  constructor(private readonly log: Logger) {}

  told(text: string): void {
    this.count++;
    this.log.warn({ what: text }, 'a subscription was dropped: it comes back by itself');
  }
}
