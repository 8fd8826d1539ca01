import { PARKED, type Position, type RecordedEvent, type Row, type RowReader } from '@rapport/kernel';
import type { Application } from '../application';
import { EdgeProblem } from '../problem';

/** A key of which events are parked: the first of them and how many there are. */
export interface ParkedKey {
  readonly model: string;
  readonly key: string;
  readonly events: number;
  readonly first: ParkedEvent;
}
/** An event that could not be read, or waits behind one that could not. */
export interface ParkedEvent {
  readonly position: string;
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  /** The class of the error, such as `TypeError`; null for an event that only waits. */
  readonly errorClass: string | null;
  readonly error: string;
  readonly recordedAt: string;
}
/** The same as it stands in the log. */
export interface ParkedEventInFull extends ParkedEvent {
  readonly revision: number | null;
  /** Left out where nobody asked for it. */
  readonly data?: unknown;
}
export interface Page<T> {
  readonly found: readonly T[];
  /** Where the next page begins, to be given back as `after`; null: this is the last one. */
  readonly next: string | null;
}
/** This is not where a page ended. */
export class BadPlace extends EdgeProblem {
  constructor() {
    super(400, 'BAD_CURSOR', 'no page has ended with this: begin anew');
  }
}
/** So many keys or events a page has at most. */
export const PARKED_PAGE_MAX = 500;

/** Keys with parked events, model by model, in the order of the keys. */
export const parkedKeys = async (
  rows: RowReader,
  models: readonly string[],
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<Page<ParkedKey>> => {
  const found: ParkedKey[] = [];
  const [fromModel = '', fromKey = ''] = after === undefined ? [] : parts(after);
  for (const model of models.slice(Math.max(0, models.indexOf(fromModel)))) {
    for (let key = model === fromModel ? fromKey : ''; ;) {
      const first = await firstBehind(rows, model, key);
      if (!first) break;
      const last = found.at(-1);
      if (last && found.length === limit) return { found, next: token(last.model, last.key) };
      key = String(first['rowKey']);
      found.push({ model, key, events: await eventsOf(rows, model, key), first: eventIn(first) });
    }
  }
  return { found, next: null };
};

/** How much of a model is parked. Each key is looked up once, however many events wait there. */
export const parkedOf = async (
  rows: RowReader,
  model: string,
): Promise<{ readonly keys: number; readonly events: number }> => {
  const events = await rows.count(PARKED, [['subscriber', '=', model]]);
  let keys = 0;
  for (let last = events === 0 ? undefined : await firstBehind(rows, model, ''); last; keys++)
    last = await firstBehind(rows, model, String(last['rowKey']));
  return { keys, events };
};

/** The parked events of one key in the order of the log. `data`: how it is shown, or null where nobody asked for it. */
export const parkedEvents = async (
  { rows, store }: Application,
  of: { readonly model: string; readonly key: string },
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
  data: ((event: RecordedEvent) => unknown) | null,
): Promise<Page<ParkedEventInFull>> => {
  const where = [['subscriber', '=', of.model] as const, ['rowKey', '=', of.key] as const];
  const [place] = after === undefined ? [] : parts(after);
  const behind = place === undefined ? {} : { after: [place, place] as const };
  const parked = await rows.find(PARKED, { where, limit: limit + 1, ...behind });
  const page = parked.slice(0, limit);
  const inLog = await store.readAt(page.map(({ position }) => position as Position));
  const byId = new Map(inLog.map((event) => [event.id, event]));
  const found = page.map((row) => {
    const event = byId.get(String(row['eventId']));
    const shown = data && event ? { data: readable(event, data) } : {};
    return { ...eventIn(row), revision: event?.revision ?? null, ...shown };
  });
  const last = page.at(-1);
  return { found, next: last && parked.length > limit ? token(last.key) : null };
};

export const eventsOf = (rows: RowReader, model: string, key: string): Promise<number> =>
  rows.count(PARKED, [
    ['subscriber', '=', model],
    ['rowKey', '=', key],
  ]);

const firstBehind = async (rows: RowReader, model: string, key: string): Promise<Row | undefined> => {
  const where = [['subscriber', '=', model] as const, ['rowKey', '>', key] as const];
  const [first] = await rows.find(PARKED, { where, orderBy: { column: 'rowKey' }, limit: 1 });
  return first;
};

const eventIn = (row: Row): ParkedEvent => ({
  ...{ position: String(row['position']), id: String(row['eventId']), type: String(row['type']) },
  ...{ stream: String(row['stream']), error: String(row['error']), recordedAt: String(row['recordedAt']) },
  errorClass: row['errorClass'] === '' ? null : String(row['errorClass']),
});

/** An event may be parked because its data cannot be read: then it says so itself. */
const readable = (event: RecordedEvent, show: (event: RecordedEvent) => unknown): unknown => {
  try {
    return show(event);
  } catch (error) {
    return `(it cannot be read: ${String(error)})`;
  }
};

const token = (...of: readonly string[]): string => Buffer.from(JSON.stringify(of)).toString('base64url');
const parts = (given: string): readonly string[] => {
  try {
    const read = JSON.parse(Buffer.from(given, 'base64url').toString('utf8')) as unknown;
    if (Array.isArray(read)) return read.map(String);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new BadPlace();
};
