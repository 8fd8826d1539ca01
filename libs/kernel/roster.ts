import { isOver, type Pause } from './pauses';
import type { Sitting } from './sitting';
import type { Subscriber } from './subscriber';

/** A model whose pause began, or which goes on, and how that is told. */
export interface Change {
  readonly model: string;
  readonly told: string;
}
export interface Heeded {
  readonly paused: readonly Change[];
  /** Those that stood still by a wish, or by themselves, and are to try again. */
  readonly resumed: readonly Change[];
}

/** Who may follow the log here: whose seat is ours, whom nobody paused, and who has not come to a stop. */
export class Roster {
  private kept: ReadonlyMap<string, Pause> = new Map();
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
  /** The seats of these lanes have come or gone: whoever sits there now finds out for himself what does not go on. */
  seatsMoved(lanes: readonly number[]): void {
    for (const one of [...this.stopped.keys()]) if (lanes.includes(one.lane ?? 0)) this.stopped.delete(one);
  }

  /** Takes notice of the pauses as they are kept. Whoever goes on, or was resumed since the last look, tries again. */
  heed(kept: ReadonlyMap<string, Pause>, now: string): Heeded {
    const pauses = new Map([...kept].filter(([, pause]) => !isOver(pause, now)));
    const paused = [...pauses].filter(([model]) => !this.pauses.has(model));
    const isAsked = (model: string) => kept.get(model)?.resumedAt !== this.kept.get(model)?.resumedAt;
    const stuck = new Set([...this.stopped.keys()].map(modelOf));
    const resumed = [...kept].filter(
      ([model]) => !pauses.has(model) && (this.pauses.has(model) || (stuck.has(model) && isAsked(model))),
    );
    this.kept = kept;
    this.pauses = pauses;
    this.tryAgain(new Set(resumed.map(([model]) => model)));
    return {
      paused: paused.map(([model, pause]) => ({ model, told: pausedBy(pause) })),
      resumed: resumed.map(([model, pause]) => ({ model, told: resumedBy(pause) })),
    };
  }

  private tryAgain(models: ReadonlySet<string>): void {
    for (const one of [...this.stopped.keys()]) if (models.has(modelOf(one))) this.stopped.delete(one);
  }
}

const pausedBy = ({ by, reason, until }: Pause): string =>
  `paused by ${by}${until === null ? '' : ` until ${until}`}: ${reason}`;
const resumedBy = ({ by, reason, resumedAt }: Pause): string =>
  resumedAt === null ? 'its pause is over' : `resumed by ${by}${reason === '' ? '' : `: ${reason}`}`;

export const modelOf = ({ model, name }: Subscriber): string => model ?? name;
