import { START, type Position } from './event-log';
import { keysUnder } from './conditions';
import type { KeptGroups } from './kept-groups';
import { laneOf, type Lane } from './lanes';
import { pagesOf } from './pages';
import { placeKey, type Projection } from './projection';
import type { Condition, RowReader, RowStore, Write } from './row-store';
import { integer, json, maybe, text, type Row, type Table } from './table';

/**
 * A place in the log at which the figures of a model are kept as they were known there, and the keys of the rows that stood, if
 * its rows go again. Whoever asks about the past begins at the last one before his moment, and looks only at rows that have
 * changed since (figures-then.ts, rows-then.ts). It is an aid, as an index is: where there is none, all rows are gone through,
 * and the answer is the same.
 */
export interface Milestone {
  readonly lane: number;
  /** In how many lanes the model is kept. */
  readonly lanes: number;
  /** The milestone before it. */
  readonly since: Position;
  /** All events up to here are in. */
  readonly position: Position;
  /** The earliest business time of a version that came since the milestone before; empty: any. */
  readonly earliest: string;
  /** The latest business time of all versions up to here. */
  readonly latest: string;
  /** Versions since the milestone before, or more: what it takes to look through them. */
  readonly versions: number;
  /** The keys of the rows that stood there, of a model whose rows go again; null: of any other, or they were too many. */
  readonly standing: readonly string[] | null;
}
export const milestonesOf = (model: string): Table => ({
  name: `${model}~milestones`,
  columns: {
    ...{ lane: integer(), lanes: integer(), since: integer(), position: integer() },
    ...{ earliest: text(), latest: text(), versions: integer() },
    standing: maybe(json<readonly string[]>([])),
  },
  indexes: [],
});
/**
 * The past of a model, so that what came after a place in the log is found there, and when it was so, without a look at the
 * version itself: only models with milestones are looked into so.
 */
export const pastByPlace = (past: Table): Table => ({
  ...past,
  indexes: [...past.indexes, ['position', 'key', 'validFrom']],
});
/** Of milestones all but the rows that stood there. */
export const withoutRows = ({ columns: { standing: _, ...columns }, ...table }: Table): Table => ({
  ...table,
  columns,
});
/** Of its versions nothing but when and where each came. */
export const momentsIn = ({ columns, ...past }: Table): Table => ({
  ...past,
  columns: Object.fromEntries(
    Object.entries(columns).filter(([name]) => name === 'position' || name === 'validFrom'),
  ),
});

export const ofLane = (n: number): readonly Condition[] => keysUnder(`${n}|`);
/** The last one that meets the conditions. */
export const lastMilestone = async (
  rows: RowReader,
  table: Table,
  where: readonly Condition[],
): Promise<Milestone | null> => {
  const orderBy = { column: 'key', descending: true };
  const [last] = await rows.find(table, { where, orderBy, limit: 1 });
  return last ? (last as unknown as Milestone) : null;
};

/**
 * Versions of rows from one milestone to the next: what a question about the past has to look through at most, mostly half
 * of it. Twice as many halve what is written for it, and make such a question slower (docs/decisions/0027).
 */
const VERSIONS_EACH = 5_000;
/** Lanes keep milestones of their own, and a question looks through what is left of all. */
export const versionsEach = ({ of }: Lane): number => Math.ceil(VERSIONS_EACH / Math.sqrt(of));

/** More than so many rows are not named by a milestone. */
const STANDING_MAX = 5_000;
/** No business time is as late. */
const NEVER = '~';

/** Sets the milestones of one lane of a model. */
export class Milestones {
  private readonly table: Table;
  private last: Position = START;
  private readTo: Position = START;
  private earliest = NEVER;
  private latest = '';
  private versions = 0;

  constructor(
    private readonly of: Projection,
    private readonly groups: readonly KeptGroups[],
    private readonly part: Lane,
    private readonly every: number,
  ) {
    this.table = milestonesOf(of.name);
  }

  /** Where nobody knows what was written since the last one, the rows tell. */
  async reset(rows: RowReader, from: Position): Promise<void> {
    this.readTo = from;
    Object.assign(this, { last: START, earliest: NEVER, latest: '', versions: 0 });
    const { past } = this.of;
    if (from === START || !past) return;
    const last = await lastMilestone(rows, this.table, ofLane(this.part.n));
    if (last) Object.assign(this, { last: last.position, latest: last.latest });
    const where = [['position', '>', this.last] as const];
    for (const descending of [true, false]) {
      const orderBy = { column: 'validFrom', descending };
      const [row] = await rows.find(momentsIn(past), { where, orderBy, limit: 1 });
      if (row) this.saw(String(row['validFrom']));
    }
    this.versions = await rows.count(past, where);
  }

  /** A version was made that is valid from this time on. */
  saw(validFrom: string): void {
    this.versions++;
    if (validFrom < this.earliest) this.earliest = validFrom;
    if (validFrom > this.latest) this.latest = validFrom;
  }

  /** Between two batches rows and figures agree, here and in the store: so a milestone is set before the next one. */
  async before(first: Position, last: Position, rows: RowStore): Promise<readonly Write[]> {
    const isNew = first > this.readTo; // or it was parked when it came
    if (isNew) {
      const writes = await this.due(rows);
      this.readTo = last;
      return writes;
    }
    return first > this.last ? [] : this.voidFrom(first, rows);
  }

  private async due(rows: RowStore): Promise<readonly Write[]> {
    if (this.versions < this.every) return [];
    const { n: lane, of: lanes } = this.part;
    const position = this.readTo;
    const writes: Write[] = [];
    for (const groups of this.groups) writes.push(...(await groups.atMilestone(position, rows)));
    const key = `${lane}|${placeKey(position)}`;
    const { last: since, earliest, latest, versions } = this;
    const standing = this.of.rowsGo ? await this.standing(rows) : null;
    const row = { key, lane, lanes, since, position, earliest, latest, versions, standing };
    Object.assign(this, { last: position, earliest: NEVER, versions: 0 });
    return [...writes, { table: this.table, key, row: row satisfies Milestone & Row }];
  }

  private async standing(rows: RowReader): Promise<readonly string[] | null> {
    const keys: string[] = [];
    for await (const page of pagesOf(rows, { ...this.of.table, columns: {} })) {
      for (const { key } of page) if (laneOf(key, this.part.of) === this.part.n) keys.push(key);
      if (keys.length > STANDING_MAX) return null;
    }
    return keys;
  }

  /**
   * An event that was parked is read where it stands in the log, and what was kept from there on does not have it. The groups
   * that it changes are kept anew at the next milestone, as all that change are.
   */
  private async voidFrom(position: Position, rows: RowStore): Promise<readonly Write[]> {
    const where = ofLane(this.part.n);
    const writes: Write[] = [];
    const behind = [...where, ['position', '>=', position] as const];
    for await (const page of pagesOf(rows, withoutRows(this.table), behind))
      for (const { key, versions } of page) {
        writes.push({ table: this.table, key, row: null });
        this.versions += Number(versions);
      }
    const left = await lastMilestone(rows, this.table, [...where, ['position', '<', position]]);
    Object.assign(this, { last: left?.position ?? START, earliest: '' });
    return writes;
  }
}
