import { availableParallelism } from 'node:os';
import { turnsForThreads, type Driver } from '@rapport/adapters/sqlite';
import {
  declaredIn,
  Hand,
  sharesOf,
  StandingStill,
  weighed,
  type Crew,
  type FoldPlan,
  type FoldWatch,
  type Party,
  type StillLimits,
  type Stretch,
  type TableComparison,
} from '@rapport/kernel';
import type { Application } from '../application';
import type { Place } from '../opening';
import { HandThread } from './hand-thread';

export interface CrewHow {
  /** How many threads (default: one a processor, less one where somebody serves; four at most). */
  readonly threads?: number | undefined;
  readonly driver?: Driver | undefined;
  /** What threads begin with (default: as this process did). */
  readonly threadArgv?: readonly string[] | undefined;
}
export interface RebuildsHow extends CrewHow {
  /** How long models stand still, and how long that is waited for (default: as it suits operators). */
  readonly still?: Partial<StillLimits>;
}
/** Each of them reads the whole log: more of them would mostly read. */
const THREADS_DEFAULT_MAX = 4;
export const THREADS_MAX = 16;

/**
 * Those who fold and compare beside this application: threads with connections of their own where it is kept in a place
 * that they can open, this thread otherwise.
 */
export const openCrew = async (
  place: Place | null,
  { rows, store, plan }: Application,
  party: Party,
  { threads, driver, threadArgv }: CrewHow = {},
): Promise<Crew> => {
  const declared = declaredIn(plan.readModels, plan.rollups);
  if (place === null || place.folder === null) return new Hand({ rows, store }, declared);
  const isServed = await new StandingStill(rows, party).isServed();
  const count =
    threads ?? Math.max(1, Math.min(THREADS_DEFAULT_MAX, availableParallelism() - Number(isServed)));
  const turns = { shared: turnsForThreads(), leavesRoom: isServed };
  const hands = await allOrNone(
    Array.from({ length: Math.min(count, THREADS_MAX) }, () =>
      HandThread.open({ place, turns, ...(driver && { driver }) }, threadArgv),
    ),
  );
  return new ThreadCrew(hands, await weighed(store.log, declared));
};

const allOrNone = async (opening: readonly Promise<HandThread>[]): Promise<readonly HandThread[]> => {
  const opened = await Promise.allSettled(opening);
  const hands = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = opened.find((one) => one.status === 'rejected');
  if (!failed) return hands;
  await Promise.all(hands.map((hand) => hand.close()));
  throw failed.reason as Error;
};

/** Models are shared out by their weight, so that all hands end at about the same time. */
class ThreadCrew implements Crew {
  constructor(
    private readonly threads: readonly HandThread[],
    private readonly weights: ReadonlyMap<string, number>,
  ) {}

  get hands(): number {
    return this.threads.length;
  }
  /** Where one of them fails the others end in good order, and its error is thrown. */
  async fold(stretches: readonly Stretch[], plan: FoldPlan, { onEvents, signal }: FoldWatch): Promise<void> {
    const models = [...new Set(stretches.map(({ model }) => model))];
    const shares = sharesOf(models, (model) => this.weights.get(model) ?? 0, this.hands);
    const ending = new AbortController();
    const end = () => ending.abort();
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
    const watch = { onEvents: (events: number) => onEvents(events / shares.length), signal: ending.signal };
    const work = shares.map(async (share, n) => {
      const mine = stretches.filter(({ model }) => share.includes(model));
      try {
        await this.threads[n]?.fold(mine, plan, watch);
      } catch (error) {
        end();
        throw error;
      }
    });
    const done = await Promise.allSettled(work);
    signal.removeEventListener('abort', end);
    for (const one of done) if (one.status === 'rejected') throw one.reason as Error;
  }
  async compare(model: string): Promise<readonly TableComparison[]> {
    return (await this.threads[0]?.compare(model)) ?? [];
  }
  async close(): Promise<void> {
    await Promise.all(this.threads.map((hand) => hand.close()));
  }
}
