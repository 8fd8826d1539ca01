import { haltIn, Unavailable, type Told } from '@rapport/kernel';
import type { Application } from './application';
import { standingsOf, type Standing } from './operations/standings';

/** A model whose oldest unread event is older than this is late … */
export const LATE_SECONDS = 60;
/** … and when it has been late for so long, that is told. */
export const LATE_FOR_MS = 120_000;
const LOOK_EVERY_MS = 15_000;

interface Late {
  readonly since: number;
  isTold: boolean;
}

/** Tells when a model that is kept in this process stays behind for long, once, and when it has caught up again. Those that stand still have been told of already. */
export class LagWatch {
  private readonly late = new Map<string, Late>();
  private beat?: NodeJS.Timeout;
  private underWay: Promise<void> | null = null;

  constructor(
    private readonly application: Application,
    private readonly tell: Told,
  ) {}

  start(): void {
    this.beat = setInterval(() => {
      this.underWay ??= this.look(Date.now()).finally(() => (this.underWay = null));
    }, LOOK_EVERY_MS);
  }
  async stop(): Promise<void> {
    clearInterval(this.beat);
    await this.underWay;
  }

  /** `now`: machine time in milliseconds. */
  async look(now: number): Promise<void> {
    try {
      const { member } = this.application;
      const all = await standingsOf(this.application);
      for (const one of all) if (one.owners.includes(member)) this.note(one, now);
    } catch (error) {
      if (!(error instanceof Unavailable))
        this.tell('error', `how far models are could not be told: ${String(error)}`);
    }
  }

  private note(one: Standing, now: number): void {
    const { model, lag, state } = one;
    const isLate = haltIn(state) === null && (lag.seconds ?? 0) > LATE_SECONDS;
    const known = this.late.get(model);
    if (!isLate) {
      this.late.delete(model);
      if (known?.isTold) this.tell('info', `${model} is no longer behind`);
      return;
    }
    const late = known ?? { since: now, isTold: false };
    this.late.set(model, late);
    if (late.isTold || now - late.since < LATE_FOR_MS) return;
    late.isTold = true;
    this.tell('warn', `${model} has been behind for ${minutes(now - late.since)}: ${behind(one)}; ${state}`);
  }
}

const minutes = (ms: number): string => `${Math.round(ms / 60_000)} minutes`;
const behind = ({ lag }: Standing): string =>
  `${lag.events ?? 'some'} events, the oldest of them ${Math.round(lag.seconds ?? 0)} s old`;
