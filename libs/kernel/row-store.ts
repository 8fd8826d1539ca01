import { Unavailable, type Position } from './event-log';
import type { Seat, Seating } from './seats';
import type { Row, Table } from './table';

/** A row as it shall be from now on; `row: null` means it goes. */
export interface Write {
  readonly table: Table;
  readonly key: string;
  readonly row: Row | null;
  /** The writer knows that nothing stands there yet: a store may insert without looking, and fails where it is not so. */
  readonly fresh?: true;
}
/** How far a subscriber has read: moved from one position to the next, or not at all. */
export interface Checkpoint {
  readonly subscriber: string;
  readonly from: Position;
  readonly to: Position;
}
export type Value = string | number | boolean | null;
/** `=` and `!=` also take null. `in` takes a list. */
export type Condition =
  | readonly [column: string, operator: '=' | '!=' | '<' | '<=' | '>' | '>=', value: Value]
  | readonly [column: string, operator: 'in', values: readonly Value[]];

/** The past of a model that keeps history: as things stood at `time` (business time), as far as known at `position`. */
export interface AsOf {
  readonly time?: string;
  readonly position?: Position;
}
export interface Selection {
  readonly where?: readonly Condition[];
  /** Ties are broken by key, so that paging is stable. Default: by key. */
  readonly orderBy?: { readonly column: string; readonly descending?: boolean };
  readonly limit: number;
  /** The last row of the page before: its value in the `orderBy` column, and its key. */
  readonly after?: readonly [value: Value, key: string];
  readonly asOf?: AsOf;
}

/** Somebody else moved this subscriber on, or sits on this seat: our batch is void, and nothing of it was kept. */
export class Fenced extends Error {
  constructor(
    /** The subscriber or the seat. */
    readonly who: string,
  ) {
    super(`${who} is somebody else's by now`);
  }
}

/** Another version of this program kept these rows under the same name, and this one cannot go on with them. */
export class RowsOfAnotherShape extends Error {}

/** Throws `RowsOfAnotherShape` where a table that is there lacks what is declared. */
export const assertFits = ({ name, columns }: Table, isThere: (column: string) => boolean): void => {
  const lacking = Object.keys(columns).filter((column) => !isThere(column));
  if (lacking.length === 0) return;
  throw new RowsOfAnotherShape(
    `${name} was kept by another version of this program and lacks ${lacking.join(', ')}: start that one, or remove the rows, then they are built again from the log`,
  );
};

/** Rows or keys cannot be reached, or not in time. Loops wait for them; whoever has asked may ask again. */
export class StorageUnavailable extends Unavailable {}

/** The reading half: all that a question may use. */
export interface RowReader {
  /** In the order of the rows, not of the keys; keys without a row are left out. */
  load(table: Table, keys: readonly string[], asOf?: AsOf): Promise<readonly Row[]>;
  find(table: Table, selection: Selection): Promise<readonly Row[]>;
  count(table: Table, where?: readonly Condition[], asOf?: AsOf): Promise<number>;
  /** How far a subscriber has read; `START` when it has never committed. */
  position(subscriber: string): Promise<Position>;
}

/** Where rows are kept. Rows and checkpoints of one commit are kept together or not at all. */
export interface RowStore extends RowReader, Seating {
  readonly driver: string;
  /** In how many parts its rows may be written side by side, by as many processes. */
  readonly lanes: number;
  /** Makes the tables that are missing, and their indexes unless these are to be made `later` (by `replace`). */
  open(tables: readonly Table[], indexes?: 'now' | 'later'): Promise<void>;
  /** Throws `Fenced` when a checkpoint is not where the batch began, or a seat has changed hands. */
  commit(
    writes: readonly Write[],
    checkpoints: readonly Checkpoint[],
    seats?: readonly Seat[],
  ): Promise<void>;
  /** The version of each row with the latest business time (history tables only). */
  newestVersions(past: Table, keys: readonly string[]): Promise<readonly RowVersion[]>;
  /** Removes tables and forgets how far their subscribers had read. */
  drop(tables: readonly Table[], subscribers: readonly string[]): Promise<void>;
  /**
   * Puts rebuilt tables and checkpoints in the place of the live ones and keeps these rows beside, in one step. Whoever
   * sits on these seats is fenced off once: he must read anew what he holds in memory.
   */
  replace(
    moves: readonly Move<Table>[],
    subscribers: readonly Move<string>[],
    seats?: readonly string[],
    writes?: readonly Write[],
  ): Promise<void>;
  /** Where there is time for it: what would hold up a commit sooner or later is done now, if there is enough of it. */
  tidyUp(): Promise<void>;
  /**
   * Makes these views, in the place of those of the same name; they show whatever is live under their table's name. Where
   * all are there already nothing is written. A store without SQL takes them and keeps none.
   */
  publish(views: readonly View[]): Promise<void>;
  /** Keys whose rows differ between two tables of one shape (null: no such row), at most `limit`; and how many in all. */
  compare(one: Table, other: Table, limit: number): Promise<Difference>;
  close(): Promise<void>;
}
export interface RowVersion {
  readonly key: string;
  readonly validFrom: string;
  readonly position: Position;
}
/**
 * What is called `from` is called `to` afterwards. What was called so before goes, or is called `kept` from then on;
 * `kept` may be `from` itself: then the two change places.
 */
export interface Move<T> {
  readonly from: T;
  readonly to: T;
  readonly kept?: T;
}
/**
 * What analysts read with SQL: a table under a name of its own, column by column, each in the type that SQL has for it.
 * With sums it is grouped: rows that agree in all other columns are one row, and groups whose sums are all zero are left out.
 */
export interface View {
  readonly name: string;
  readonly of: Table;
  readonly columns: readonly ViewColumn[];
  /** One sentence, kept with the view where a store can keep it. */
  readonly about?: string;
}
export interface ViewColumn {
  /** As it is called in the view. */
  readonly name: string;
  /** As it is called in the table; `key` is one of them. */
  readonly column: string;
  /** `instant`: text in the table, a moment where SQL has such a type; empty text is null. */
  readonly as: 'text' | 'integer' | 'real' | 'flag' | 'json' | 'instant';
  /** Added up over the rows of its group; a whole number stays one. */
  readonly sum?: true;
  /** One sentence with unit and rules, kept with the column where a store can keep it. */
  readonly about?: string;
}
export interface Difference {
  readonly rows: number;
  readonly differing: number;
  readonly examples: readonly { readonly one: Row | null; readonly other: Row | null }[];
}
