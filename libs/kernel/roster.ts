import type { Sitting } from './sitting';
import type { Subscriber } from './subscriber';

/** Whose wish it is that a model stands still, and why. */
export interface Pause {
  readonly by: string;
  readonly reason: string;
}

/** Who may follow the log here: whose seat is ours, whom nobody paused, and who has not come to a stop. */
export class Roster {
  private pauses: ReadonlyMap<string, Pause> = new Map();
  private readonly stopped = new Map<Subscriber, Error>();

  constructor(private readonly sitting: Sitting | null) {}

  mayFollow(one: Subscriber): boolean {
    return this.isOurs(one) && !this.pauses.has(modelOf(one)) && !this.stopped.has(one);
  }
  isOurs(one: Subscriber): boolean {
    return this.sitting === null || this.sitting.of(one.lane ?? 0) !== undefined;
  }
  pauseOf(one: Subscriber): Pause | undefined {
    return this.pauses.get(modelOf(one));
  }
  errorOf(one: Subscriber): Error | undefined {
    return this.stopped.get(one);
  }
  standsStill(one: Subscriber, error: Error): void {
    this.stopped.set(one, error);
  }
  /** Answers the models that are to go on, and those that are to stand still from now on. Who goes on tries again. */
  setPauses(pauses: ReadonlyMap<string, Pause>): { readonly paused: string[]; readonly resumed: string[] } {
    const paused = [...pauses.keys()].filter((model) => !this.pauses.has(model));
    const resumed = [...this.pauses.keys()].filter((model) => !pauses.has(model));
    for (const one of [...this.stopped.keys()]) if (resumed.includes(modelOf(one))) this.stopped.delete(one);
    this.pauses = pauses;
    return { paused, resumed };
  }
}

export const modelOf = ({ model, name }: Subscriber): string => model ?? name;
