import { START, type Position } from '../event-log';
import type { RowReader, Write } from '../row-store';
import { integer, json, maybe, real, text, type Table } from '../table';

/** `building`: somebody is at it, or was ended in the middle. `former`: it was live before. */
export type CopyState = 'building' | 'stopped' | 'failed' | 'complete' | 'former';

/** What stands beside the live models, and how far it is: for whoever goes on with it, and for people. */
export const COPIES: Table = {
  name: 'projection-copies@1',
  columns: {
    model: text(),
    state: text<CopyState>('building'),
    /** Of its declaration: the same, or it cannot be gone on with. */
    shape: text(),
    fold: text(),
    /** What goes with it, also after a program that knew it is gone. */
    tables: json<readonly string[]>([]),
    by: text(),
    startedAt: text(),
    at: text(),
    position: integer(),
    /** Events of the log up to there. */
    events: integer(),
    eventsPerSecond: real(),
    error: maybe(text()),
    /** Rows that differed when it was last compared; null: it never was. */
    differing: maybe(integer()),
    comparedAt: maybe(text()),
  },
  indexes: [['model']],
};
export interface Copy {
  /** `churn-risk@2~rebuild` */
  readonly key: string;
  readonly model: string;
  readonly state: CopyState;
  readonly shape: string;
  readonly fold: string;
  readonly tables: readonly string[];
  readonly by: string;
  readonly startedAt: string;
  readonly at: string;
  readonly position: Position;
  readonly events: number;
  readonly eventsPerSecond: number;
  readonly error: string | null;
  readonly differing: number | null;
  readonly comparedAt: string | null;
}
/** A model has two at most. */
const COPIES_MAX = 10_000;

export const copyNamed = async (rows: RowReader, name: string): Promise<Copy | null> => {
  const [row] = await rows.load(COPIES, [name]);
  return row ? (row as unknown as Copy) : null;
};
/** Everything that stands beside a live model. */
export const copiesIn = async (rows: RowReader): Promise<readonly Copy[]> =>
  (await rows.find(COPIES, { limit: COPIES_MAX })) as unknown as readonly Copy[];

export const copyKept = (copy: Copy): Write => ({
  ...{ table: COPIES, key: copy.key },
  row: { ...copy, at: new Date().toISOString() },
});
export const copyGone = (key: string): Write => ({ table: COPIES, key, row: null });

/** One that begins now. */
export const newCopy = (copy: Pick<Copy, 'key' | 'model' | 'shape' | 'fold' | 'tables' | 'by'>): Copy => {
  const now = new Date().toISOString();
  return {
    ...copy,
    ...{ state: 'building', startedAt: now, at: now, position: START, events: 0, eventsPerSecond: 0 },
    ...{ error: null, differing: null, comparedAt: null },
  };
};
