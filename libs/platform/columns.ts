import { sentenceOf, type Column, type Table } from '@rapport/kernel';
import type { Schema } from './schemas';

/** A column as users are told of it. */
export interface ColumnTold {
  readonly name: string;
  readonly kind: Column['kind'] | 'instant';
  /** It may be null. */
  readonly optional: boolean;
  readonly about: string;
  readonly unit?: string;
  /** The rules it comes from. */
  readonly source?: string;
}
export const columnsTold = ({ columns }: Table): readonly ColumnTold[] =>
  Object.entries(columns).map(([name, { kind, instant, zero, about = '', unit, source }]) => ({
    ...{ name, kind: instant ? 'instant' : kind, optional: zero === null, about },
    ...(unit !== undefined && { unit }),
    ...(source !== undefined && { source }),
  }));

export const KIND_SCHEMAS: Readonly<Record<Column['kind'], Schema>> = {
  ...{ text: { type: 'string' }, integer: { type: 'integer' }, real: { type: 'number' } },
  ...{ flag: { type: 'boolean' }, json: {} },
};

/** JSON Schema of a column's values, with what it says. */
export const schemaOfColumn = (column: Column): Schema => {
  const value = { ...KIND_SCHEMAS[column.kind], ...(column.instant && { format: 'date-time' }) };
  const sentence = sentenceOf(column);
  return {
    ...(column.zero === null ? { anyOf: [value, { type: 'null' }] } : value),
    ...(sentence !== '' && { description: sentence }),
  };
};
