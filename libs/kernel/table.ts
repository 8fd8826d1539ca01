/** A typed column, declared once: the row's type, the table, its queries and indexes all follow from it. */
export interface Column<T = unknown> {
  readonly kind: 'text' | 'integer' | 'real' | 'flag' | 'json';
  readonly zero: T;
}
export type Columns = Readonly<Record<string, Column>>;
type Plain<C extends Columns> = {
  -readonly [K in keyof C]: C[K] extends Column<infer T> ? T : never;
};
export type RowOf<C extends Columns> = Readonly<Plain<C>> & { readonly key: string };

export const text = <T extends string = string>(zero = '' as T): Column<T> => ({
  kind: 'text',
  zero,
});
export const integer = (zero = 0): Column<number> => ({ kind: 'integer', zero });
export const real = (zero = 0): Column<number> => ({ kind: 'real', zero });
export const flag = (zero = false): Column<boolean> => ({ kind: 'flag', zero });
export const json = <T>(zero: T): Column<T> => ({ kind: 'json', zero });
/** A column that may be empty, and is so at first. */
export const maybe = <T>({ kind }: Column<T>): Column<T | null> => ({ kind, zero: null });

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

const zeros = new WeakMap<Columns, object>();

export const zeroRow = ({ columns }: Table, key: string): Row => {
  const made = zeros.get(columns) ?? zerosOf(columns);
  zeros.set(columns, made);
  return { ...made, key };
};
const zerosOf = (columns: Columns): object =>
  Object.fromEntries(Object.entries(columns).map(([name, { zero }]) => [name, zero]));
