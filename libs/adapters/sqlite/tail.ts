import type { LoggedEvent, Position } from '@rapport/kernel';

/** Events kept; a subscriber that is further behind reads the file. */
const TAIL_MAX = 8_192;

/** The newest events, as this process appended them: whoever follows closely need not read them back from the file. */
export class Tail {
  private events: LoggedEvent[] = [];

  push(event: LoggedEvent): void {
    this.events.push(event);
    if (this.events.length > 2 * TAIL_MAX) this.events = this.events.slice(-TAIL_MAX);
  }

  /** What comes after a position, or null when the tail does not reach back so far. Positions leave no gaps. */
  after(position: Position, limit: number): readonly LoggedEvent[] | null {
    const first = this.events[0]?.position;
    if (first === undefined || position + 1 < first) return null;
    const from = position + 1 - first;
    return this.events.slice(from, from + limit);
  }
}
