import type { Position } from './event-log';
import { lanesOf } from './lanes';
import { lastMilestone, milestonesOf, momentsIn, ofLane, withoutRows, type Milestone } from './milestones';
import { pagesOf } from './pages';
import type { Projection } from './projection';
import type { AsOf, Condition, RowReader } from './row-store';
import type { Row, Table } from './table';

/** Versions among which those that count are looked for: late ones stand far behind their time, but the index alone is gone through. */
const LOOKED_THROUGH_MAX = 1_000_000;
/** Versions that count at the moment: each may be of another row, which is looked up. */
const VERSIONS_MAX = 60_000;
const VERSIONS_AT_ONCE = 5_000;

/** What a question about a moment of the past can begin with. */
export interface Since {
  /** Of each lane the last milestone that is before the moment: nothing it has seen stands further on in the log, or happened later. */
  readonly milestones: readonly Milestone[];
  /** Rows that may stand otherwise at the moment than they stood there. */
  readonly changed: ReadonlySet<string>;
}
/** Null: there is no milestone before the moment, or too much has changed since. */
export const sinceMilestone = async (
  rows: RowReader,
  of: Projection,
  moment: AsOf,
): Promise<Since | null> => {
  const found = of.past && (await stretchesTo(rows, milestonesOf(of.name), moment));
  const changed = found && (await keysIn(rows, of, found.stretches, moment));
  return changed && { milestones: found.milestones, changed };
};

/** From behind one place in the log up to another. */
interface Stretch {
  readonly since: Position;
  readonly position: Position;
  readonly versions: number;
}
interface Stretches {
  readonly milestones: readonly Milestone[];
  readonly stretches: readonly Stretch[];
}

/** Where each lane begins, and the stretches of the log after that in which something can have changed before the moment. */
const stretchesTo = async (
  rows: RowReader,
  table: Table,
  { time, position }: AsOf,
): Promise<Stretches | null> => {
  const [any] = await rows.find(withoutRows(table), { limit: 1 });
  const milestones: Milestone[] = [];
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
    const end = await lastMilestone(rows, withoutRows(table), ofLane(n));
    if (!base || !end) return null;
    milestones.push(base);
    const after: readonly Condition[] = [...ofLane(n), ['position', '>', base.position], ...concerned];
    for await (const page of pagesOf(rows, withoutRows(table), after))
      stretches.push(...(page as unknown as readonly Milestone[]));
    stretches.push({ since: end.position, position: Number.MAX_SAFE_INTEGER as Position, versions: 0 });
  }
  const versions = stretches.reduce((sum, stretch) => sum + stretch.versions, 0);
  return milestones.length === 0 || versions > LOOKED_THROUGH_MAX
    ? null
    : { milestones, stretches: joined(stretches) };
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
