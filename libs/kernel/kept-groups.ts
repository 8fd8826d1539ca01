import type { Position } from './event-log';
import { GroupPast } from './group-past';
import type { Held } from './held-rows';
import type { Lane } from './lanes';
import { Recent } from './recent';
import {
  cutsOf,
  emptyGroup,
  keyIn,
  partKey,
  tally,
  type Contribution,
  type Cut,
  type Group,
  type KeyOf,
  type Rollup,
} from './rollup';
import type { RowStore, Write } from './row-store';
import { amend, shiftsOf, type Change, type Shift } from './shifts';

/** Groups of one cut that are kept in memory between batches. */
const GROUPS_MAX = 20_000;

/**
 * The groups of one rollup and of its cuts: what a changed row added before is taken away, what it adds now is added: exact,
 * whatever the order. What it adds is found out once for all of them.
 */
export class KeptGroups {
  private readonly cuts: readonly KeptCut[];

  constructor(
    private readonly of: Rollup,
    part: Lane,
  ) {
    this.cuts = cutsOf(of).map((cut) => new KeptCut(cut, keyIn(of, cut), part));
  }

  reset(isEmpty: boolean): void {
    for (const cut of this.cuts) cut.reset(isEmpty);
  }

  /** The groups as they are after these rows have changed. Rows that a batch only passes through never count. */
  async after(changed: readonly Held[], rows: RowStore): Promise<readonly Write[]> {
    const shifts = shiftsOf(this.of, changed);
    const writes: Write[] = [];
    for (const cut of this.cuts) writes.push(...(await cut.after(shifts, rows)));
    return writes;
  }

  /** Between two batches: what the groups are, for those who will ask how they were here. */
  async atMilestone(position: Position, rows: RowStore): Promise<readonly Write[]> {
    const writes: Write[] = [];
    for (const cut of this.cuts) writes.push(...(await cut.atMilestone(position, rows)));
    return writes;
  }
}

/** What becomes of one group: a row comes, goes, or changes while it stays. */
interface Step {
  readonly group: string;
  readonly share: Contribution;
  readonly how: 1 | -1 | Change;
}

class KeptCut {
  /** Our own, changed in place; a commit that fails throws them away. */
  private readonly groups = new Recent<Group>(GROUPS_MAX);
  private beganEmpty = false;
  private readonly past: GroupPast | null;

  constructor(
    private readonly of: Cut,
    private readonly keyOf: KeyOf,
    private readonly part: Lane,
  ) {
    this.past = of.past && new GroupPast(of, of.past, part);
  }

  reset(isEmpty: boolean): void {
    this.groups.clear();
    this.beganEmpty = isEmpty;
    this.past?.reset(isEmpty);
  }
  async atMilestone(position: Position, rows: RowStore): Promise<readonly Write[]> {
    return (await this.past?.at(position, (group) => this.groups.get(group), rows)) ?? [];
  }

  async after(shifts: readonly Shift[], rows: RowStore): Promise<readonly Write[]> {
    this.groups.trim();
    const steps: Step[] = [];
    for (const shift of shifts) this.addSteps(shift, steps);
    const fresh = await this.complete(steps, rows);
    const touched = new Set<string>();
    for (const step of steps) {
      this.take(step);
      touched.add(step.group);
    }
    this.past?.touch(touched);
    return [...touched].map((group) => this.settled(group, fresh));
  }

  /** One step, or none, where the words that have changed are not among those of this cut. */
  private addSteps({ before, after, change }: Shift, steps: Step[]): void {
    const stays = after !== null && before?.group === after.group;
    const from = before && this.keyOf(before);
    const to = stays ? from : after && this.keyOf(after);
    if (from === to) {
      if (change && after && to !== null) steps.push({ group: to, share: after, how: change });
      return;
    }
    if (from !== null) steps.push({ group: from, share: before as Contribution, how: -1 });
    if (to !== null) steps.push({ group: to, share: after as Contribution, how: 1 });
  }

  private take({ group: name, share, how }: Step): void {
    const group = this.groups.get(name);
    if (!group) return;
    if (typeof how === 'number') tally(group, share, how);
    else amend(group, how);
  }

  /** Reads the groups that are not held; answers with those that nobody had counted in yet. */
  private async complete(steps: readonly Step[], rows: RowStore): Promise<ReadonlySet<string>> {
    const missing = new Map<string, Contribution>();
    for (const { group, share } of steps) if (this.groups.get(group) === undefined) missing.set(group, share);
    const knowsAll = this.beganEmpty && this.groups.isWhole;
    for (const [key, share] of missing) this.groups.set(key, emptyGroup(this.of, key, share));
    const fresh = new Set(missing.keys());
    if (missing.size === 0 || knowsAll) return fresh;
    const names = new Map([...missing.keys()].map((name) => [partKey(name, this.part), name]));
    for (const row of await rows.load(this.of.table, [...names.keys()])) {
      const name = names.get(row.key) ?? row.key;
      this.groups.set(name, { ...row } as Group);
      fresh.delete(name);
    }
    return fresh;
  }

  private settled(name: string, fresh: ReadonlySet<string>): Write {
    const { table } = this.of;
    const key = partKey(name, this.part);
    const group = this.groups.get(name);
    if (group && group.rows > 0)
      return { table, key, row: { ...group, key }, ...(fresh.has(name) && { fresh: true }) };
    this.groups.delete(name);
    return { table, key, row: null };
  }
}
