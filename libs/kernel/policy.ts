import type { RecordedEvent } from './event-store';
import { nameOf, type Class, type DataOf, type MessageClasses } from './messages';
import type { KeyedBy } from './projection';
import { readFor } from './redriven-event';
import { zeroRow } from './row-shape';
import { json, maybe, text, type Columns, type Row, type RowOf, type Table } from './table';

/** A command that waits for its time. */
export interface Due {
  readonly at: string;
  readonly command: object;
}
export const at = (instant: string, command: object): Due => ({ at: instant, command });

/** What a policy does about one event. */
export interface Reaction<C extends Columns> {
  /** What it remembers from now on; `null`: it forgets this key, timer included. */
  readonly remember?: Partial<Omit<RowOf<C>, 'key'>> | null;
  /** The commands that follow, in this order. Their business time is the event's. */
  readonly send?: readonly object[];
  /** The one timer of this key: set anew, or (`null`) taken away. Left out: it stays as it is. */
  readonly wake?: Due | null;
}
type Handlers<E extends MessageClasses, C extends Columns, Key extends string> = {
  readonly [T in KeyedBy<E, Key>]?: (
    memory: RowOf<C>,
    data: DataOf<E[T]>,
    event: RecordedEvent,
  ) => Reaction<C> | undefined;
};
interface Shape<E extends MessageClasses, C extends Columns, Key extends string> {
  readonly name: string;
  /** One sentence: what it is there for. */
  readonly about: string;
  /** The field that names what it remembers and its timer. */
  readonly key: Key;
  /** What it remembers of each key (default: nothing but the timer). */
  readonly columns?: C;
  /** Raise it when it remembers otherwise: it then reads from the beginning. What it sent before is not done twice. */
  readonly version?: number;
  readonly keys?: { readonly [T in keyof E]?: (data: DataOf<E[T]>) => readonly string[] };
}
type Handler = (memory: Row, data: object, event: RecordedEvent) => Reaction<Columns> | undefined;

export interface Policy {
  readonly name: string;
  readonly about: string;
  /** Memory and timers: rows like any other, so they outlive the process. */
  readonly table: Table;
  readonly on: Readonly<Record<string, Handler | undefined>>;
  keysOf(event: RecordedEvent): readonly string[];
}

const timer = { dueAt: maybe(text()), dueType: text(), dueCommand: json<object>({}) };
const NO_TIMER = { dueAt: null, dueType: '', dueCommand: {} };

/** Event → commands, now or at a time: `policy(events, {...}).on({ ComplaintGraded: (memory, data) => ({ send: [...] }) })`. */
export const policy = <
  E extends MessageClasses,
  Key extends string,
  C extends Columns = Record<never, never>,
>(
  _events: E,
  { name, about, key, columns, keys = {}, version = 1 }: Shape<E, C, Key>,
) => {
  const several = keys as Readonly<Record<string, (data: object) => readonly string[]>>;
  return {
    on: (handlers: Handlers<E, C, Key>): Policy => ({
      ...{ name, about },
      table: { name: `${name}@${version}`, columns: { ...columns, ...timer }, indexes: [['dueAt']] },
      on: handlers as unknown as Policy['on'],
      keysOf: (event) =>
        readFor(event, several[event.type]?.(event.data) ?? [String(event.data[key as keyof object])]),
    }),
  };
};

/** What one event makes of a policy's memory, and the commands it sends. */
export const reactionTo = (of: Policy, row: Row | null, key: string, event: RecordedEvent) => {
  const memory = row ?? zeroRow(of.table, key);
  const { remember, send = [], wake } = of.on[event.type]?.(memory, event.data, event) ?? {};
  if (remember === null) return { row: null, send };
  if (remember === undefined && wake === undefined) return { row, send };
  return { row: { ...memory, ...remember, ...timerOf(wake) }, send };
};

const timerOf = (wake: Due | null | undefined) => {
  if (wake === undefined) return {};
  if (wake === null) return NO_TIMER;
  return { dueAt: wake.at, dueType: nameOf(wake.command.constructor as Class), dueCommand: wake.command };
};

/** The same memory with its timer taken away: it has fired. */
export const withoutTimer = (row: Row): Row => ({ ...row, ...NO_TIMER });
