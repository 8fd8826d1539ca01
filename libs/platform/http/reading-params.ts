import {
  assertValid,
  Count,
  fieldsOf,
  Instant,
  Invalid,
  OneOf,
  Optional,
  options,
  Text,
  type AsOf,
  type Class,
} from '@rapport/kernel';
import { fromText } from '../from-text';
import { EdgeProblem } from '../problem';
import { isPositionToken, positionIn, type Wish } from './freshness';

const Stale = options('allow');
type Stale = keyof typeof Stale;

/** Rows that one page may have at most. */
const PAGE_MAX = 500;

/** What every question takes beside its own parameters. */
export class ReadingParams {
  @Optional() @Text(40) after?: string;
  @Optional() @Count(0, 600_000) wait?: number;
  @Optional() @OneOf(Stale) stale?: Stale;
}
/** What one row takes. */
export class RowParams extends ReadingParams {
  @Optional() @Instant() asOf?: string;
  @Optional() @Text(40) knownAt?: string;
}
/** What a list of rows takes beside its filters. */
export class ListParams extends RowParams {
  @Count(1, PAGE_MAX) limit = 50;
  @Optional() @Text(2_000) cursor?: string;
  @Optional() @Text(200) orderBy?: string;
}

/** What they mean, for the pages that people read. */
export const PARAMS_ABOUT: Readonly<Record<string, string>> = {
  after: 'Wait until this position has been read: the one a command answered.',
  wait: 'How long to wait for it, in milliseconds (default 5000).',
  stale: '`allow`: when the wait runs out, answer with what is known and say so.',
  asOf: 'As things stood at this moment of business time (models with history).',
  knownAt: 'As far as was known at this position (models with history).',
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
  for (const name of ['after', 'knownAt']) {
    const token = params[name as keyof T];
    if (typeof token === 'string' && !isPositionToken(token))
      throw new Invalid([
        { field: name, rule: 'position', message: `${name} must be a position that we gave` },
      ]);
  }
  return params;
};

const WAIT_MS = 5_000;

/** How fresh the answer has to be. What was known at a position can be told only when that position has been read. */
export const wishOf = (params: RowParams, waitMsMax: number): Wish => {
  const after = positionIn(params.after);
  const knownAt = positionIn(params.knownAt);
  const latest =
    after !== undefined && knownAt !== undefined && knownAt > after ? knownAt : (after ?? knownAt);
  const waitMs = Math.min(params.wait ?? WAIT_MS, waitMsMax);
  return { after: latest, waitMs, staleAllowed: params.stale === 'allow' };
};

export const asOfIn = ({ asOf: time, knownAt }: RowParams): AsOf | undefined => {
  const position = positionIn(knownAt);
  if (time === undefined && position === undefined) return undefined;
  return { ...(time !== undefined && { time }), ...(position !== undefined && { position }) };
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
