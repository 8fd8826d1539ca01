import type { Position } from './event-log';
import type { RecordedEvent } from './event-store';
import type { DataOf, MessageClasses } from './messages';
import { readFor } from './redriven-event';
import { shapeOf, type RowShape } from './row-shape';
import { flag, instant, integer, type Columns, type Row, type RowOf, type Table } from './table';

/** What becomes of a row: these columns change, `null`: the row goes, `undefined`: this event is none of its business. */
export type Change<C extends Columns> = Partial<Omit<RowOf<C>, 'key'>> | null | undefined;

/** Events whose data holds the key field as text. */
export type KeyedBy<E extends MessageClasses, Key extends string> = {
  [T in keyof E]: DataOf<E[T]> extends Record<Key, string> ? T : never;
}[keyof E];

type Handlers<E extends MessageClasses, C extends Columns, Key extends string> = {
  readonly [T in KeyedBy<E, Key>]?: (row: RowOf<C>, data: DataOf<E[T]>, event: RecordedEvent) => Change<C>;
};
interface Shape<E extends MessageClasses, C extends Columns, Key extends string> {
  readonly name: string;
  /** Raise it when rows would come out differently: new table, read from the beginning. */
  readonly version: number;
  /** One sentence: the question it answers. */
  readonly about: string;
  readonly columns: C;
  readonly indexes?: readonly (readonly (keyof C & string)[])[];
  /** Keep every version of every row, so that it can be asked "as of". */
  readonly history?: true;
  /** Its rows go again, and few stand at any moment: milestones say which, so that nobody looks through all that there ever were. */
  readonly rowsGo?: true;
  /** The field that names the row an event touches. Events without it cannot be handled: the compiler says so. */
  readonly key: Key;
  /** What there is one row for, as in `customer and currency`. Default: what the key field names. */
  readonly per?: string;
  /** Events that touch several rows, or a row named otherwise: the handler then runs once for each key. */
  readonly keys?: {
    readonly [T in keyof E]?: (data: DataOf<E[T]>, event: RecordedEvent) => readonly string[];
  };
  /** Every event makes a row of its own, under its place in the log (`placeKey`), and no other event touches it. */
  readonly perEvent?: true;
}
type Handler = (row: Row, data: object, event: RecordedEvent) => Change<Columns>;

export interface Projection<C extends Columns = Columns> {
  /** `churn-risk@2`: a new version is another model beside the old one. */
  readonly name: string;
  /** `churn-risk`: the name people ask for. */
  readonly question: string;
  readonly version: number;
  readonly about: string;
  /** What names a row: the field of the events, or `key` where a row is named otherwise. */
  readonly key: string;
  /** What there is one row for: `customer`. */
  readonly per: string;
  readonly table: Table<C>;
  readonly past: Table | null;
  readonly perEvent?: true;
  readonly rowsGo?: true;
  readonly on: Readonly<Record<string, Handler | undefined>>;
  keysOf(event: RecordedEvent): readonly string[];
}

/** A read model: a pure fold of typed rows. (Two calls, so that the columns' types are settled before the handlers.) */
export const projection = <E extends MessageClasses, C extends Columns, Key extends string>(
  _events: E,
  {
    name: question,
    version,
    about,
    columns,
    indexes = [],
    history,
    key,
    per,
    keys = {},
    perEvent,
    rowsGo,
  }: Shape<E, C, Key>,
) => {
  const name = `${question}@${version}`;
  const several = keys as Readonly<Record<string, KeysIn | undefined>>;
  const byField = (event: RecordedEvent) => [keyIn(event.data, key)];
  const byEvent = (event: RecordedEvent) =>
    readFor(event, several[event.type]?.(event.data, event) ?? byField(event));
  return {
    on: (handlers: Handlers<E, C, Key>): Projection<C> => ({
      ...{ name, question, version, about },
      key: perEvent || Object.hasOwn(columns, key) ? 'key' : key,
      per: per ?? (perEvent ? 'event' : key.replace(/Id$/, '')),
      table: { name, columns, indexes },
      past: history ? pastOf(name, columns) : null,
      on: handlers as unknown as Projection['on'],
      ...(perEvent && { perEvent }),
      ...(rowsGo && { rowsGo }),
      keysOf: perEvent ? byPlace : Object.keys(keys).length > 0 ? byEvent : byField,
    }),
  };
};

/** Positions are whole numbers that a double can hold. */
const POSITION_DIGITS = 16;
/** A place in the log as text: it sorts as the log does, so rows under such keys are only ever added at the end. */
export const placeKey = (position: Position): string => String(position).padStart(POSITION_DIGITS, '0');

const byPlace = ({ position }: RecordedEvent) => [placeKey(position)];
type KeysIn = (data: object, event: RecordedEvent) => readonly string[];

const keyIn = (data: object, field: string): string => {
  const key = data[field as keyof object] as unknown;
  if (typeof key !== 'string') throw new Error(`no ${field} in this event`);
  return key;
};

/** Every version of every row: valid from a business time, known from a position. */
export const pastOf = (name: string, columns: Columns): Table => ({
  name: `${name}~past`,
  columns: {
    ...columns,
    position: integer().says(
      'The event by which it became known that it was so (SYS-66.1)',
      'position in the log',
    ),
    validFrom: instant().says(
      'Since when it was so, in business time, until the next version of its row (SYS-66.1)',
    ),
    gone: flag().says('From then on there was no such row, and its columns are empty (SYS-66.1)'),
  },
  indexes: [],
  history: true,
});

/** One event, one row: the row afterwards, `null` when it is gone, the same row when nothing changed. */
export const folded = (
  of: Pick<Projection, 'on' | 'table'>,
  row: Row | null,
  key: string,
  event: RecordedEvent,
  shape = shapeOf(of.table),
): Row | null => {
  const handler = of.on[event.type];
  if (!handler) return row;
  const current = row ?? shape.zero(key);
  const change = handler(current, event.data, event);
  if (change === undefined) return row;
  if (change === null) return null;
  return row !== null && isSo(row, change) ? row : changed(shape.copy(current), change);
};
/** The row says so already. Lists and the like count as others: to look into them costs more than to write them. */
const isSo = (row: Row, change: Readonly<Record<string, unknown>>): boolean => {
  for (const name in change) if (row[name] !== change[name]) return false;
  return true;
};
const changed = (row: ReturnType<RowShape['copy']>, change: Readonly<Record<string, unknown>>): Row => {
  for (const name in change) row[name] = change[name];
  return row;
};
