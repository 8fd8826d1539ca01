import { positionOf, type Position, type Projection } from '@rapport/kernel';
import type { Application } from '../application';
import { EdgeProblem } from '../problem';

/** How fresh an answer is. `position` is a token: to be kept and given back, never counted with. */
export interface Fresh {
  readonly position: string;
  /** What the log has and the answer does not know: so many events, the oldest of them so many seconds old. */
  readonly lag: { readonly events: number; readonly seconds: number };
}
export interface Wish {
  readonly after?: Position | undefined;
  readonly waitMs: number;
  /** Answer anyway when the wait runs out, and say so. */
  readonly staleAllowed: boolean;
}
const NO_LAG = { events: 0, seconds: 0 };

/** How far the read models are, and waiting for them. */
export class Freshness {
  constructor(private readonly application: Application) {}

  /** Asked before rows are read, so that the rows know at least as much. */
  async of(models: readonly Projection[]): Promise<Fresh> {
    return this.at(await this.application.progress.position(namesOf(models)));
  }
  /** The same of a place in the log. */
  async at(position: Position): Promise<Fresh> {
    const head = await this.application.store.log.head();
    return { position: String(position), lag: position >= head ? NO_LAG : await this.lagAfter(position) };
  }

  /** True when the answer will know less than was asked for. Throws 503 where that is not allowed. */
  async reach(models: readonly Projection[], { after, waitMs, staleAllowed }: Wish): Promise<boolean> {
    const { progress } = this.application;
    if (after === undefined || (await progress.reached(after, namesOf(models), waitMs))) return false;
    if (staleAllowed) return true;
    const fresh = await this.of(models);
    throw new EdgeProblem(503, 'NOT_YET', `what you ask for is not read yet after ${waitMs} ms: ask again`, {
      ...{ ...fresh, after: String(after), retryAfter: 1 },
    });
  }

  private async lagAfter(position: Position): Promise<Fresh['lag']> {
    const { log } = this.application.store;
    const [[oldest], events] = await Promise.all([log.readAll(position, 1), log.countAfter(position)]);
    if (!oldest) return NO_LAG;
    const seconds = (Date.now() - Date.parse(oldest.recordedAt)) / 1_000;
    return { events, seconds: Math.max(0, Math.round(seconds * 1_000) / 1_000) };
  }
}

const namesOf = (models: readonly Projection[]): readonly string[] => models.map(({ name }) => name);

const TOKEN = /^\d{1,16}$/;
export const isPositionToken = (text: string): boolean => TOKEN.test(text);
export const positionIn = (token: string | undefined): Position | undefined =>
  token === undefined ? undefined : positionOf(token);
