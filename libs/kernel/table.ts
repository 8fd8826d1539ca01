/**
 * A typed column, declared once: the row's type, the table, its queries, indexes and documentation all follow from it,
 * as in `waitingMs: integer().says('How long it waited for the customer, all waits together (SYS-21.5)', 'ms')`.
 */
export interface Column<T = unknown> {
  readonly kind: 'text' | 'integer' | 'real' | 'flag' | 'json';
  readonly zero: T;
  /** A text that is a moment: ISO-8601 in UTC, to the millisecond. Empty: no moment yet. */
  readonly instant?: true;
  /** One sentence for whoever reads the rows. */
  readonly about?: string;
  /** What a number counts or measures, or the form of a text: `ms`, `points 0–100`, `month`. */
  readonly unit?: string;
  /** The rules it comes from: `R-07`, `SYS-21.3`. */
  readonly source?: string;
}
export type Columns = Readonly<Record<string, Column>>;
type Plain<C extends Columns> = {
  -readonly [K in keyof C]: C[K] extends Column<infer T> ? T : never;
};
export type RowOf<C extends Columns> = Readonly<Plain<C>> & { readonly key: string };

/** A column that can still be told what it is. */
export interface Declared<T> extends Column<T> {
  /** One sentence, with the rules it comes from in brackets at its end, and the unit of a number. */
  says(sentence: string, unit?: string): Declared<T>;
}
const declared = <T>(column: Column<T>): Declared<T> => ({
  ...column,
  says: (sentence, unit) => {
    const [, about = sentence, source] = WITH_SOURCE.exec(sentence) ?? [];
    const told = { ...column, about, ...(source !== undefined && { source }) };
    return declared({ ...told, ...(unit !== undefined && { unit }) });
  },
});
/** `It was so (R-07, SYS-21.3)` */
const WITH_SOURCE = /^(.+) \(((?:(?:, )?(?:R|SYS|C)-[\d.]+)+)\)$/;

export const text = <T extends string = string>(zero = '' as T): Declared<T> =>
  declared({ kind: 'text', zero });
export const integer = (zero = 0): Declared<number> => declared({ kind: 'integer', zero });
export const real = (zero = 0): Declared<number> => declared({ kind: 'real', zero });
export const flag = (zero = false): Declared<boolean> => declared({ kind: 'flag', zero });
export const json = <T>(zero: T): Declared<T> => declared({ kind: 'json', zero });
/** A moment, kept as text that sorts as time does. */
export const instant = (): Declared<string> => declared({ kind: 'text', zero: '', instant: true });
/** A month of the calendar (UTC): `2024-03`. */
export const month = (): Declared<string> => declared({ ...text(), unit: 'month' });
/** A number of things. */
export const howMany = (zero = 0): Declared<number> => declared({ ...integer(zero), unit: COUNT });
/** A column that may be empty, and is so at first. What it says stays. */
export const maybe = <T>(column: Column<T>): Declared<T | null> => declared({ ...column, zero: null });

/** The unit of whatever is counted. */
export const COUNT = 'count';

/** A table every store can make: one text key, typed columns. History tables add the position to the key. */
export interface Table<C extends Columns = Columns> {
  readonly name: string;
  readonly columns: C;
  readonly indexes: readonly (readonly string[])[];
  readonly history?: true;
}
export type Row = Readonly<Record<string, unknown>> & { readonly key: string };

/** The same table under another name: a rebuild beside the live one. */
export const tableNamed = <C extends Columns>(name: string, table: Table<C>): Table<C> => ({
  ...table,
  name,
});
