import {
  hydrate,
  idFrom,
  Invalid,
  Refusal,
  type Class,
  type CommandResult,
  type Envelope,
} from '@rapport/kernel';
import { groupedBy, inOrderOfTime, type Wanted } from './import';
import type { Journal } from './journal';
import { Tally, type Tallied } from './tally';

/** What a replay needs of an application. */
export interface Target {
  execute(command: object, envelope: Envelope): Promise<CommandResult>;
  /** Everything that policies make of what is stored is done. */
  settle(): Promise<void>;
  readonly timers: { fire(now: string): Promise<number>; next(): Promise<string | null> };
}
export interface ReplayProgress {
  readonly done: number;
  readonly all: number;
  /** Business time. */
  readonly at: string;
}
export interface Replaying {
  readonly dataset: string;
  readonly journal: Journal;
  readonly onProgress?: (progress: ReplayProgress) => void;
  /** Asked between two windows: a replay stops only where everything is settled. */
  readonly stopped?: () => boolean;
}
export interface Replayed extends Tallied {
  readonly commands: number;
  readonly windows: number;
  readonly timersFired: number;
  /** Timers that were due before the window they were set in had ended: none, as long as every policy waits a day. */
  readonly timersLate: number;
  readonly complete: boolean;
}

/** No policy sets a timer that is due sooner than 24 hours after its event, so within half of that nothing comes due unseen. */
export const WINDOW_HOURS = 12;
const HOUR_MS = 3_600_000;
/** Lanes that are served side by side. */
const LANES_MAX = 256;

/**
 * Carries out the commands of a foreign log as if they came in one after the other, and the clock with them: a window
 * of commands, then all that follows from them, then the timers that have come due.
 */
export const replay = (target: Target, wanted: readonly Wanted[], how: Replaying): Promise<Replayed> =>
  new Replay(target, inOrderOfTime(wanted), how).run();

class Replay {
  private readonly tally = new Tally();
  private done = 0;
  private windows = 0;
  private timersFired = 0;
  private timersLate = 0;

  constructor(
    private readonly target: Target,
    private readonly wanted: readonly Wanted[],
    private readonly how: Replaying,
  ) {}

  async run(): Promise<Replayed> {
    const { target, wanted, how } = this;
    await target.settle();
    let next = wanted[this.done];
    for (; next && how.stopped?.() !== true; next = wanted[this.done]) {
      const due = await this.fireUpTo(next.at);
      await this.window(next.at, earlier(hoursAfter(next.at, WINDOW_HOURS), due));
    }
    const { timersFired, timersLate, windows } = this;
    const complete = this.done === wanted.length;
    return { ...this.tally.told(), commands: wanted.length, windows, timersFired, timersLate, complete };
  }

  /**
   * Timers that are due before a command, or with it, come first: each with its own time, the earliest first. They go
   * together as far as a window reaches, for none of them sets another that is due within it. Answers when the next is.
   */
  private async fireUpTo(at: string): Promise<string | null> {
    for (;;) {
      const due = await this.target.timers.next();
      if (due === null || due > at) return due;
      this.timersFired += await this.target.timers.fire(earlier(hoursAfter(due, WINDOW_HOURS), at));
      await this.target.settle();
    }
  }

  /** All commands before `end`. */
  private async window(start: string, end: string): Promise<void> {
    const from = this.done;
    while ((this.wanted[this.done]?.at ?? FOREVER) < end) this.done++;
    const window = this.wanted.slice(from, this.done);
    const before = this.tally.created;
    await sideBySide([...groupedBy(window, ({ lane }) => lane).values()], (lane) => this.inOrder(lane));
    this.windows++;
    if (this.tally.created > before) await this.settled(window.at(-1)?.at ?? start);
    this.how.onProgress?.({ done: this.done, all: this.wanted.length, at: window.at(-1)?.at ?? start });
  }

  private async settled(last: string): Promise<void> {
    await this.target.settle();
    for (let due = await this.target.timers.next(); due !== null && due < last;) {
      const fired = await this.target.timers.fire(due);
      this.timersLate += fired;
      this.timersFired += fired;
      await this.target.settle();
      due = await this.target.timers.next();
    }
  }

  private async inOrder(lane: readonly Wanted[]): Promise<void> {
    for (const wanted of lane) await this.send(wanted);
  }

  private async send(wanted: Wanted): Promise<void> {
    const { dataset, journal } = this.how;
    const seed = `import/${dataset}/${wanted.seed}`;
    if (journal.has(wanted.seed)) return this.tally.repeated();
    try {
      const result = await this.target.execute(whole(wanted.command), envelopeOf(wanted, dataset, seed));
      if (result.repeated) return this.tally.repeated();
      if (result.events.length > 0) return this.tally.stored();
      this.tally.unchanged(wanted);
    } catch (error) {
      const code = codeOf(error);
      if (code === null) throw error;
      this.tally.refused(wanted, code, error as Error);
    }
    journal.add(wanted.seed);
  }
}

/** A command that says something impossible is refused like any other: the import goes on without it. */
const codeOf = (error: unknown): string | null => {
  if (error instanceof Refusal) return error.code;
  return error instanceof Invalid ? 'INVALID' : null;
};
/** Parts become instances of their classes, as at every edge. */
const whole = (command: object): object => hydrate(command.constructor as Class, command);

const FOREVER = '9999-12-31T23:59:59.999Z';

const envelopeOf = (wanted: Wanted, dataset: string, seed: string): Envelope => {
  const commandId = idFrom(seed);
  const actor = { id: wanted.actorId ?? `import-${dataset}`, role: 'MIGRATION' };
  return { commandId, correlationId: commandId, actor, source: `IMPORT:${dataset}`, now: wanted.at };
};

const sideBySide = async <T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> => {
  const rest = items.values();
  const worker = async (): Promise<void> => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(LANES_MAX, items.length) }, worker));
};

const hoursAfter = (at: string, hours: number): string =>
  new Date(Date.parse(at) + hours * HOUR_MS).toISOString();
const earlier = (one: string, other: string | null): string => (other !== null && other < one ? other : one);
