import type { Class } from './messages';
import type { Projection } from './projection';
import type { RowReader } from './row-store';

/** When a question is asked: the clock is an input here too. */
export interface Asking {
  readonly rows: RowReader;
  readonly now: string;
}

/**
 * A question about one or more read models, with parameters of its own: `GET /reports/timeliness?month=2016-03` and
 * `rapport report timeliness --month 2016-03` are the same one. (Rows by key and lists of rows need no question:
 * every read model has them.)
 */
export interface Question<Params extends object = object, Answer = unknown> {
  readonly name: string;
  /** One sentence: what it answers, for the help text and the OpenAPI page. */
  readonly about: string;
  /** A class of fields, as a command is; every field is optional text, number, flag or instant. */
  readonly params: Class<Params>;
  /** The models it reads: the answer's position and lag are theirs. */
  readonly reads: readonly Projection[];
  answer(params: Readonly<Params>, asking: Asking): Promise<Answer>;
}

export const question = <Params extends object, Answer>(of: Question<Params, Answer>): Question => of;
