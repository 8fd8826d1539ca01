import type { Held } from './held-rows';
import type { Lane } from './lanes';
import { Recent } from './recent';
import { emptyGroup, tally, type Contribution, type Group, type Rollup } from './rollup';
import type { RowStore, Write } from './row-store';

/** Groups kept in memory between batches. */
const GROUPS_MAX = 20_000;
type Share = Contribution | null;
/** What a row added to its group before, and what it adds now. */
type Shift = readonly [before: Share, after: Share];

/** The groups of one rollup: what a changed row added before is taken away, what it adds now is added: exact, whatever the order. */
export class KeptGroups {
  /** Our own, changed in place; a commit that fails throws them away. */
  private readonly groups = new Recent<Group>(GROUPS_MAX);
  private beganEmpty = false;

  constructor(
    private readonly of: Rollup,
    private readonly part: Lane,
  ) {}

  reset(isEmpty: boolean): void {
    this.groups.clear();
    this.beganEmpty = isEmpty;
  }

  /** The groups as they are after these rows have changed. Rows that a batch only passes through never count. */
  async after(changed: readonly Held[], rows: RowStore): Promise<readonly Write[]> {
    this.groups.trim();
    const shifts: Shift[] = [];
    for (const { before, row } of changed) {
      const shift: Shift = [before && this.of.contribution(before), row && this.of.contribution(row)];
      if (!isNoShift(shift)) shifts.push(shift);
    }
    const fresh = await this.complete(shifts, rows);
    const touched = new Set<string>();
    for (const [before, after] of shifts) {
      if (before) touched.add(this.count(before, -1));
      if (after) touched.add(this.count(after, 1));
    }
    return [...touched].map((group) => this.settled(group, fresh));
  }

  private count(share: Contribution, sign: 1 | -1): string {
    const group = this.groups.get(share.group);
    if (group) tally(group, share, sign);
    return share.group;
  }

  /** Reads the groups that are not held; answers with those that nobody had counted in yet. */
  private async complete(shifts: readonly Shift[], rows: RowStore): Promise<ReadonlySet<string>> {
    const missing = new Map<string, Contribution>();
    for (const shift of shifts)
      for (const share of shift)
        if (share && this.groups.get(share.group) === undefined) missing.set(share.group, share);
    const knowsAll = this.beganEmpty && this.groups.isWhole;
    for (const [key, share] of missing) this.groups.set(key, emptyGroup(this.of, share));
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

/** Every lane counts for itself, or two processes would write to one group: whoever reads adds the parts together. */
const partKey = (group: string, { n, of }: Lane): string => (of === 1 ? group : `${n}|${group}`);

/** Most changes of a row are none of its groups' business. */
const isNoShift = ([before, after]: Shift): boolean => {
  if (before === null || after === null) return before === after;
  return (
    before.group === after.group &&
    areSame(before.sums, after.sums) &&
    areSame(before.durations, after.durations)
  );
};
const areSame = (one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>) => {
  for (const name in one) if (one[name] !== other[name]) return false;
  return true;
};
