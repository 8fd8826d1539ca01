import type { Reactor } from './reactor';
import type { RowReader, Write } from './row-store';
import type { Subscription } from './subscription';
import type { Row } from './table';

interface DueTimer {
  readonly reactor: Reactor;
  readonly row: Row;
}
/** Timers looked at in one go; what is left is looked at in the next. */
const DUE_MAX = 1_000;

/** Fires what has come due, also what came due while nobody was there. Time is an input. */
export class Timers {
  constructor(
    private readonly reactors: readonly Reactor[],
    private readonly subscription: Subscription,
  ) {}

  /** Sends the commands of all timers that are due at `now`, the earliest first; answers how many there were. */
  async fire(now: string): Promise<number> {
    let fired = 0;
    for (let round = DUE_MAX; round >= DUE_MAX; fired += round) {
      round = 0; // somebody else has the work, unless it runs
      await this.subscription.alone(async ({ rows }) => {
        const due = await this.due(now, rows, DUE_MAX);
        round = due.length;
        return fireAll(due);
      });
    }
    return fired;
  }

  /** When the next timer is due, or null when none is set. */
  async next(): Promise<string | null> {
    let next: string | null = null;
    await this.subscription.alone(async ({ rows }) => {
      for (const reactor of this.reactors) next = sooner(next, await reactor.nextDue(rows));
      return [];
    });
    return next;
  }

  private async due(now: string, rows: RowReader, limit: number): Promise<readonly DueTimer[]> {
    const lists = this.reactors.map(async (reactor) =>
      (await reactor.due(now, rows, limit)).map((row) => ({ reactor, row })),
    );
    const timers = (await Promise.all(lists)).flat();
    return timers.sort((a, b) => (dueAt(a) < dueAt(b) ? -1 : 1)).slice(0, limit);
  }
}

const sooner = (one: string | null, other: string | null): string | null =>
  one === null || (other !== null && other < one) ? other : one;
const dueAt = ({ row }: DueTimer): string => String(row['dueAt']);

/** Keys side by side, the timers of one key in the order of their time. */
const fireAll = async (due: readonly DueTimer[]): Promise<readonly Write[]> => {
  const byKey = new Map<string, DueTimer[]>();
  for (const timer of due) byKey.set(timer.row.key, [...(byKey.get(timer.row.key) ?? []), timer]);
  const writes = [...byKey.values()].map(async (timers) => {
    const mine: Write[] = [];
    for (const { reactor, row } of timers) mine.push(...(await reactor.fire(row)));
    return mine;
  });
  return (await Promise.all(writes)).flat();
};
