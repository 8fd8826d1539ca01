import type { Application, Plan } from '@rapport/platform/application';
import { Life, type Stores } from './life';
import { comeToRest, forgetTimers, letTimePass, playedOut } from './played-time';

/** A story that is played on fresh stores, again and again. */
export interface Trial {
  /** What outlives a process. */
  stores(): Promise<Stores>;
  /** What one process makes of it. */
  application(stores: Stores, how: Pick<Plan, 'onFailure' | 'told'>): Application;
  /** What happens once the process has started. It is told again from the beginning to whoever comes after a crash. */
  story(app: Application, stores: Stores): Promise<void>;
  /** All that is kept at the end, in a form that can be compared. */
  kept(stores: Stores): Promise<unknown>;
}
export interface Stopped {
  /** The points of the story at each of which its process was stopped once. */
  readonly points: readonly string[];
  /** Where it ended otherwise than undisturbed, and how. */
  readonly differing: readonly string[];
}
/** More points than any story has. */
const POINTS_MAX = 5_000;

/** Kills the process at every point of its story (or the first so many), one after the other, lets another one go on, and compares what is kept. */
export const killedEverywhere = (trial: Trial, upTo = POINTS_MAX): Promise<Stopped> =>
  stoppedEverywhere(trial, upTo, (n) => afterDeaths(trial, n));

/**
 * Freezes the process at every point of its story (or the first so many) for longer than its lease, lets another one take
 * over and live the story, and wakes the first one up beside it.
 */
export const frozenEverywhere = (trial: Trial, leaseMs: number, upTo = POINTS_MAX): Promise<Stopped> =>
  stoppedEverywhere(trial, upTo, (n) => afterSleep(trial, leaseMs, n));

/** Several processes in a row, each killed after so many points of its own. Null when nothing differs. */
export const killedInARow = async (trial: Trial, at: readonly number[]): Promise<string | null> => {
  const [undisturbed, { kept }] = [await afterDeaths(trial), await afterDeaths(trial, ...at)];
  return kept === undisturbed.kept ? null : firstDifference(undisturbed.kept, kept);
};

/** The first is frozen at point n, and woken when the one who took over has come to his point m. Null when nothing differs. */
export const wokenMeanwhile = async (
  trial: Trial,
  leaseMs: number,
  n: number,
  m: number,
): Promise<string | null> => {
  const [undisturbed, { kept }] = [await afterDeaths(trial), await afterSleep(trial, leaseMs, n, m)];
  return kept === undisturbed.kept ? null : firstDifference(undisturbed.kept, kept);
};

interface Played {
  /** Of the first life. */
  readonly points: readonly string[];
  /** It was not stopped at all. */
  readonly isWhole: boolean;
  readonly kept: string;
}
const stoppedEverywhere = async (
  trial: Trial,
  upTo: number,
  play: (n: number) => Promise<Played>,
): Promise<Stopped> => {
  const undisturbed = await afterDeaths(trial);
  const differing: string[] = [];
  for (let n = 1; n <= upTo; n++) {
    const { kept, points, isWhole } = await play(n);
    if (kept !== undisturbed.kept)
      differing.push(`${n} ${points.at(-1)}: ${firstDifference(undisturbed.kept, kept)}`);
    if (points.join() !== undisturbed.points.slice(0, n).join()) throw new Error(`${n}: it came another way`);
    if (isWhole || n === upTo) return { points, differing };
  }
  throw new Error('this story has no end');
};

const afterDeaths = async (trial: Trial, ...deaths: readonly number[]): Promise<Played> => {
  const stores = await trial.stores();
  const first = new Process(trial, stores, deaths[0]);
  return played(first, async () => {
    let [last, lives] = [first, 1];
    while (!(await last.livesToItsEnd())) {
      last.dies();
      last = new Process(trial, stores, deaths[lives++]);
    }
    return trial.kept(stores);
  });
};

const afterSleep = async (trial: Trial, leaseMs: number, n: number, wokenAt?: number): Promise<Played> => {
  const stores = await trial.stores();
  const first = new Process(trial, stores, n);
  return played(first, async () => {
    if (await first.livesToItsEnd()) return trial.kept(stores);
    letTimePass(leaseMs);
    const other = new Process(trial, stores, wokenAt);
    await other.livesOn();
    await first.wakesUp();
    first.assertThatItKnows();
    await other.livesOn();
    await first.ends();
    await other.ends();
    return trial.kept(stores);
  });
};

const played = async (first: Process, story: () => Promise<unknown>): Promise<Played> => {
  const { points } = first.life;
  try {
    return { points, kept: JSON.stringify(await story(), null, 1), isWhole: !first.life.wasStopped };
  } catch (error) {
    return { points, kept: error instanceof Error ? String(error.stack) : String(error), isWhole: false };
  } finally {
    forgetTimers();
  }
};

/** Two beats of a process: in them it hears at the latest that its time is over. */
const BEATS = [1_000, 1_000];

class Process {
  readonly life: Life;
  private readonly app: Application;
  private readonly told: string[] = [];
  private readonly failed: Promise<never>;
  private telling?: Promise<void>;
  private isEnding = false;

  constructor(
    private readonly trial: Trial,
    private readonly stores: Stores,
    stopsAt?: number,
  ) {
    this.life = new Life(stopsAt);
    let onFailure: (error: unknown) => void = () => undefined;
    this.failed = new Promise((_, reject) => (onFailure = reject));
    this.failed.catch(() => undefined); // heard wherever it is waited for
    const told = (_: string, what: string) => void this.told.push(what);
    this.app = trial.application(this.life.of(stores), { onFailure, told });
  }

  /** False: it was stopped on its way. */
  async livesToItsEnd(): Promise<boolean> {
    if (!(await this.livesOn())) return false;
    this.isEnding = true;
    return this.unlessStopped(this.app.pause());
  }
  /** The same without its end; also after it was stopped. */
  livesOn(): Promise<boolean> {
    if (this.telling) this.life.wake();
    this.telling ??= this.app.start().then(() => this.trial.story(this.app, this.stores));
    return this.unlessStopped(this.telling);
  }
  /** Nothing of it reaches the stores any more. */
  dies(): void {
    for (const loop of this.app.loops.values()) void loop.stop();
    this.life.bury();
  }
  /** It goes on with whatever it was doing, and knows nothing. */
  async wakesUp(): Promise<void> {
    this.life.wake();
    for (const beatMs of BEATS) {
      await comeToRest(() => this.life.isQuiet);
      letTimePass(beatMs);
    }
    await comeToRest(() => this.life.isQuiet);
  }
  async ends(): Promise<void> {
    await playedOut(Promise.race([this.failed, this.app.pause()]), () => this.life.isQuiet);
  }
  /** Where it had the work, it has heard that somebody else has it now; unless it was about to end anyway. */
  assertThatItKnows(): void {
    if (this.isEnding) return;
    for (const group of ['projections', 'reactions'] as const) {
      const last = this.told.findLast((text) => text.startsWith(`${group}/0: `)) ?? '';
      if (last.endsWith('this process has the work')) throw new Error(`it still believes: ${last}`);
    }
  }

  private async unlessStopped(story: Promise<unknown>): Promise<boolean> {
    const ends = [this.failed, story.then(() => true)];
    if (!this.life.wasStopped) ends.push(this.life.stopped.then(() => false));
    const ended = Promise.race(ends);
    return playedOut(ended, () => this.life.isQuiet);
  }
}

const firstDifference = (one: string, other: string): string => {
  const [ones, others] = [one.split('\n'), other.split('\n')];
  const n = ones.findIndex((line, at) => line !== others[at]);
  return `${ones.slice(Math.max(0, n - 3), n + 2).join(' ')} <> ${others.slice(Math.max(0, n - 3), n + 2).join(' ')}`;
};
