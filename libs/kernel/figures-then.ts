import { sharesOf, type Shares } from './contributions';
import type { Position } from './event-log';
import { Regrouping } from './grouping';
import { laneOf, lanesOf } from './lanes';
import { lastMilestone, milestonesOf, momentsIn, ofLane, type Milestone } from './milestones';
import { pagesOf } from './pages';
import type { Projection } from './projection';
import type { Cut, Group, Rollup } from './rollup';
import type { AsOf, Condition, RowReader } from './row-store';
import type { Row, Table } from './table';

/** Versions that are looked through to find the rows that have changed. Where it takes more, all rows are counted. */
const VERSIONS_MAX = 60_000;
const VERSIONS_AT_ONCE = 5_000;
const ROWS_AT_ONCE = 500;

/** What some rows add, or have added before and add no longer. */
export type SharesThen = readonly (readonly [shares: readonly Shares[], sign: 1 | -1])[];

/**
 * Figures of a model as of a moment of the past: those of the last milestone before it, and what the rows that have changed
 * since then added there, and add at the moment. That the last milestone is before a moment means that nothing it has seen
 * was later, by its place in the log and by its business time; what came afterwards and had happened earlier is found among
 * what has changed.
 */
export class FiguresThen {
  private constructor(
    private readonly rows: RowReader,
    private readonly of: Projection,
    private readonly moment: AsOf,
    /** Where each lane begins. */
    private readonly bases: readonly Position[],
    private readonly changed: ReadonlySet<string>,
  ) {}

  /** Null: there is no milestone before that moment, or too much has changed since. */
  static async of(rows: RowReader, of: Projection, moment: AsOf): Promise<FiguresThen | null> {
    const found = await stretchesTo(rows, milestonesOf(of.name), moment);
    const changed = found && (await keysIn(rows, of, found.stretches, moment));
    return changed && new FiguresThen(rows, of, moment, found.bases, changed);
  }

  /** The groups of a cut as they were known where the lanes begin. */
  async groups(cut: Cut): Promise<readonly Group[]> {
    const groups = new Regrouping(cut, cut);
    for (const [n, position] of this.bases.entries()) {
      const where = this.bases.length === 1 ? [] : ofLane(n);
      for await (const page of pagesOf(this.rows, cut.table, where, { position }))
        for (const part of page) groups.add(part);
    }
    return groups.groups;
  }

  /** What has changed since then, for each of these figures. */
  async shares(figures: readonly Rollup[]): Promise<SharesThen> {
    const all: (readonly [readonly Shares[], 1 | -1])[] = [];
    for (const [n, position] of this.bases.entries()) {
      const keys = [...this.changed].filter((key) => laneOf(key, this.bases.length) === n);
      for (let from = 0; from < keys.length; from += ROWS_AT_ONCE) {
        const some = keys.slice(from, from + ROWS_AT_ONCE);
        all.push([await this.sharesAt({ position }, some, figures), -1]);
        all.push([await this.sharesAt(this.moment, some, figures), 1]);
      }
    }
    return all;
  }
  private async sharesAt(
    moment: AsOf,
    keys: readonly string[],
    figures: readonly Rollup[],
  ): Promise<readonly Shares[]> {
    const read = (table: Table) => this.rows.load(table, keys, moment);
    return (await sharesOf(this.of.table, figures, read)).shares;
  }
}

/** From behind one place in the log up to another. */
interface Stretch {
  readonly since: Position;
  readonly position: Position;
  readonly versions: number;
}
interface Stretches {
  readonly bases: readonly Position[];
  readonly stretches: readonly Stretch[];
}

/** Where each lane begins, and the stretches of the log after that in which something can have changed before the moment. */
const stretchesTo = async (
  rows: RowReader,
  table: Table,
  { time, position }: AsOf,
): Promise<Stretches | null> => {
  const [any] = await rows.find(table, { limit: 1 });
  const bases: Position[] = [];
  const stretches: Stretch[] = [];
  const notLater: readonly Condition[] = [
    ...(position === undefined ? [] : [['position', '<=', position] as const]),
    ...(time === undefined ? [] : [['latest', '<=', time] as const]),
  ];
  const concerned: readonly Condition[] = [
    ...(position === undefined ? [] : [['since', '<', position] as const]),
    ...(time === undefined ? [] : [['earliest', '<=', time] as const]),
  ];
  for (const { n } of lanesOf(any ? Number(any['lanes']) : 0)) {
    const base = await lastMilestone(rows, table, [...ofLane(n), ...notLater]);
    const end = await lastMilestone(rows, table, ofLane(n));
    if (!base || !end) return null;
    bases.push(base.position);
    const after: readonly Condition[] = [...ofLane(n), ['position', '>', base.position], ...concerned];
    for await (const page of pagesOf(rows, table, after))
      stretches.push(...(page as unknown as readonly Milestone[]));
    stretches.push({ since: end.position, position: Number.MAX_SAFE_INTEGER as Position, versions: 0 });
  }
  const versions = stretches.reduce((sum, stretch) => sum + stretch.versions, 0);
  return bases.length === 0 || versions > VERSIONS_MAX ? null : { bases, stretches: joined(stretches) };
};

/** Lanes have stretches of their own, and where these overlap the log is looked through once. */
const joined = (stretches: readonly Stretch[]): readonly Stretch[] => {
  const all: Stretch[] = [];
  for (const one of [...stretches].sort((a, b) => a.since - b.since)) {
    const last = all.at(-1);
    if (!last || one.since > last.position) all.push(one);
    else if (one.position > last.position) all[all.length - 1] = { ...last, position: one.position };
  }
  return all;
};

/** The rows that got a version there which counts at the moment; null: there are too many to look through. */
const keysIn = async (
  rows: RowReader,
  { past }: Projection,
  stretches: readonly Stretch[],
  { time, position: until }: AsOf,
): Promise<ReadonlySet<string> | null> => {
  const keys = new Set<string>();
  if (!past) return null;
  let versions = 0;
  for (const { since, position } of stretches) {
    const where: readonly Condition[] = [
      ['position', '>', since],
      ['position', '<=', until !== undefined && until < position ? until : position],
      ...(time === undefined ? [] : [['validFrom', '<=', time] as const]),
    ];
    for await (const page of inOrder(rows, past, where)) {
      for (const { key } of page) keys.add(key);
      versions += page.length;
      if (versions > VERSIONS_MAX) return null;
    }
  }
  return keys;
};

/** Versions in the order of the log. One event may make several of one row: of these a page may leave some out. */
async function* inOrder(
  rows: RowReader,
  past: Table,
  where: readonly Condition[],
): AsyncGenerator<readonly Row[]> {
  for (let last: Row | undefined; ;) {
    const after = last && { after: [Number(last['position']), last.key] as const };
    const found = { where, orderBy: { column: 'position' }, limit: VERSIONS_AT_ONCE, ...after };
    const page = await rows.find(momentsIn(past), found);
    if (page.length > 0) yield page;
    if (page.length < VERSIONS_AT_ONCE) return;
    last = page.at(-1);
  }
}
