import { assertValid, Count, fieldsOf, Invalid, Optional, Text, type Class } from '@rapport/kernel';
import { assertReading, READING_ABOUT, ReadingParams } from '../answering';
import { fromText } from '../from-text';
import { EdgeProblem } from '../problem';

/** Rows that one page may have at most. */
const PAGE_MAX = 500;

/** What a list of rows takes beside its filters. */
export class ListParams extends ReadingParams {
  @Count(1, PAGE_MAX) limit = 50;
  @Optional() @Text(2_000) cursor?: string;
  @Optional() @Text(200) orderBy?: string;
}

/** What they mean, for the pages that people read. */
export const PARAMS_ABOUT: Readonly<Record<string, string>> = {
  ...READING_ABOUT,
  limit: 'Rows of this page.',
  cursor: 'Where the page before ended: its `meta.next`.',
  orderBy: 'A column; with `-` before it, falling.',
};

type Query = Readonly<Record<string, unknown>>;

/** The parameters of a class out of a query string, and the ones that it does not know. */
export const split = (messageClass: Class, query: Query): { readonly own: Query; readonly others: Query } => {
  const names = new Set(namesOf(messageClass));
  const entries = Object.entries(query);
  return {
    own: Object.fromEntries(entries.filter(([name]) => names.has(name))),
    others: Object.fromEntries(entries.filter(([name]) => !names.has(name))),
  };
};

/** Throws `Invalid`. */
export const readParams = <T extends object>(messageClass: Class<T>, query: Query): T => {
  const params = fromText(messageClass, query);
  assertValid(params);
  if (params instanceof ReadingParams) assertReading(params);
  return params;
};

export const unknownParams = (of: string, others: Query, allowed: readonly string[]): Invalid =>
  new Invalid(
    Object.keys(others).map((field) => ({
      ...{ field, rule: 'known' },
      message: `${field} is no parameter of ${of}; allowed: ${allowed.join(', ')}`,
    })),
  );

export const namesOf = (messageClass: Class): readonly string[] =>
  fieldsOf(messageClass).map(({ name }) => name);

export const notFound = (code: string, message: string, near: readonly string[]): EdgeProblem =>
  new EdgeProblem(404, code, message, { near });
