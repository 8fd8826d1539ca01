import type { Class } from './messages';
import { PastReader } from './past-reader';
import type { Projection } from './projection';
import type { Rollup } from './rollup';
import type { AsOf, RowReader } from './row-store';

/** What a question is asked of, and when: the clock is an input here too. Both may be of the past; it need not know. */
export interface Asking {
  readonly rows: RowReader;
  readonly now: string;
}

/**
 * A question about one or more read models, with parameters of its own: `GET /reports/timeliness?month=2016-03` and
 * `rapport report timeliness --month 2016-03` are the same one. (Rows by key and lists of rows need no question:
 * every read model has them. `asOf` and `knownAt` need no parameter: every question takes them.)
 */
export interface Question<Params extends object = object, Answer = unknown> {
  readonly name: string;
  /** One sentence: what it answers, for the help text and the OpenAPI page. */
  readonly about: string;
  /** A class of fields, as a command is; every field is optional text, number, flag or instant. */
  readonly params: Class<Params>;
  /** The models it reads: the answer's position and lag are theirs. Where all keep history it can be asked of the past. */
  readonly reads: readonly Projection[];
  answer(params: Readonly<Params>, asking: Asking): Promise<Answer>;
}

export const question = <Params extends object, Answer>(of: Question<Params, Answer>): Question => of;

/** Where a question is answered from. `now`: when it is asked, or when it is as if it were asked. */
export interface AskedOf extends Asking {
  readonly rollups: readonly Rollup[];
}
/** The question as of now, or as of a moment of the past: then its `now` is that business time. Throws `NoHistory`. */
export const askingOf = ({ reads }: Question, { rows, now, rollups }: AskedOf, moment?: AsOf): Asking =>
  moment === undefined
    ? { rows, now }
    : { rows: new PastReader(rows, moment, reads, rollups), now: moment.time ?? now };
