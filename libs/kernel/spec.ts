import assert from 'node:assert/strict';
import { evolve, Refusal, streamOf, type Rules } from './aggregate';
import { type Position } from './event-log';
import { NO_TIP, type EventStore, type RecordedEvent } from './event-store';
import { eventIdOf, idFrom } from './ids';
import { nameOf, versionOf, type Class, type NewEvent } from './messages';
import { reactionTo, type Policy } from './policy';
import { folded, placeKey, type Projection } from './projection';
import { Projector } from './projector';
import { askingOf, type Question } from './question';
import type { Rollup } from './rollup';
import { zeroRow } from './row-shape';
import type { RowStore } from './row-store';
import type { Columns, Row, RowOf } from './table';
import { assertValid } from './validation';

const NOW = '2024-03-01T09:00:00.000Z';
const ANN = { id: 'ann', role: 'SERVICE_SPECIALIST' };
const COMMAND_ID = 'spec-command';

/** `given(events).when(command).then(events)`: the language in which every rule is tested. */
export const scenario = (of: Rules, { now = NOW, actor = ANN } = {}) => ({
  given: (...history: NewEvent[]) => ({
    /** `known`: the answers to the command's `needs`. */
    when: (command: object, known: object = {}) => {
      const decide = () => {
        assertValid(command);
        assert.doesNotMatch(streamOf(of, command), /undefined/);
        const state = history.map(recorded).reduce((s, event) => evolve(of, s, event), of.initial as unknown);
        const rule = of.decide[nameOf(command.constructor as Class)];
        assert.ok(rule, `${of.name} does not decide ${command.constructor.name}`);
        const eventId = (n: number) => eventIdOf(COMMAND_ID, n);
        return rule(state, command as never, { now, actor, known: known as never, eventId });
      };
      const undated = ({ messageClass, data }: NewEvent) => ({ type: messageClass.name, data });
      return {
        then: (...events: NewEvent[]) => assert.deepEqual(decide().map(undated), events.map(undated)),
        thenNothing: () => assert.deepEqual(decide(), []),
        thenRefused: (code: string) =>
          assert.throws(
            decide,
            (error) => error instanceof Refusal && assert.equal(error.code, code) === undefined,
          ),
        /** The decided events themselves, for what `then` does not compare: their business time. */
        decided: decide,
      };
    },
  }),
});

/** The id that the n-th event of the command under test has. */
export const specEventId = (n: number): string => eventIdOf(COMMAND_ID, n);

/** Hears what specs say of models and policies, to play it again as the loops do: more often than once, in parts, in lanes. */
export interface Hearer {
  rows(of: Projection, events: readonly NewEvent[], rows: ReadonlyMap<string, Row | null>): void;
  /** `sent`: by all events together. */
  reactions(
    of: Policy,
    events: readonly NewEvent[],
    memory: ReadonlyMap<string, Row | null>,
    sent: readonly object[],
  ): void;
}
/** Where whoever runs the specs puts a hearer; nobody need. */
export const HEARER: unique symbol = Symbol.for('rapport/hearer');
const hearer = (): Hearer | undefined => (globalThis as { [HEARER]?: Hearer })[HEARER];

/** `given(events).row(key).is({...})`: only the columns named are compared. */
export const rowsOf = <C extends Columns>(of: Projection<C>) => ({
  given: (...events: NewEvent[]) => {
    const rows = new Map<string, Row | null>();
    for (const event of events.map(recorded))
      if (of.on[event.type])
        for (const key of of.keysOf(event)) rows.set(key, folded(of, rows.get(key) ?? null, key, event));
    hearer()?.rows(of, events, rows);
    return {
      row: (key: string) => ({
        /** Also says when a handler wrote to a column that does not exist, which the compiler lets pass. */
        is: (expected: Partial<RowOf<C>>) => {
          const row = rows.get(key);
          assert.ok(row, `there is no row ${key}`);
          assert.deepEqual({ ...row, ...expected }, row);
          assert.deepEqual(Object.keys(row).sort(), Object.keys(zeroRow(of.table, key)).sort());
        },
        isGone: () => assert.equal(rows.get(key) ?? null, null),
        value: () => rows.get(key) as RowOf<C>,
      }),
    };
  },
});

/** A read model and the figures that are kept of it. */
type Kept = readonly [model: Projection, ...figures: readonly Rollup[]];
/** Read models that have seen some events. */
export interface Told {
  readonly rows: RowStore;
  /** What a question answers at a time; `asOf`: about an instant before. */
  ask<T>(of: Question, now: string, params?: object, asOf?: string): Promise<T>;
}

/** `await modelsOf(rows, [model, ...figures], …).told(...events)`: their rows as the loops would have them, and questions about them. */
export const modelsOf = (open: () => RowStore, ...kept: readonly Kept[]) => ({
  told: async (...events: readonly NewEvent[]): Promise<Told> => {
    const rows = open();
    for (const [model, ...figures] of kept) {
      const projector = new Projector(model, figures);
      await rows.open(projector.tables);
      const writes = await projector.consume(events.map(recorded), { rows, store: {} as EventStore });
      await rows.commit(writes, []);
    }
    const rollups = kept.flatMap(([, ...figures]) => figures);
    return {
      rows,
      ask: async <T>(of: Question, now: string, params: object = {}, asOf?: string) => {
        const moment = asOf === undefined ? undefined : { time: asOf };
        return (await of.answer(params, askingOf(of, { rows, rollups, now }, moment))) as T;
      },
    };
  },
});

/** As they happened: what was told later may have happened before. */
export const inOrder = (events: readonly NewEvent[]): readonly NewEvent[] =>
  [...events].sort((one, other) => ((one.at ?? '') < (other.at ?? '') ? -1 : 1));

/** `given(events).then(commands)`: what the last event makes a policy send; `.waits(until, command)` for its timer. */
export const reactionsOf = (of: Policy) => ({
  given: (...events: NewEvent[]) => {
    const memory = new Map<string, Row | null>();
    const all: object[] = [];
    let sent: readonly object[] = [];
    for (const event of events.map(recorded)) {
      sent = [];
      if (!of.on[event.type]) continue;
      for (const key of of.keysOf(event)) {
        const { row, send } = reactionTo(of, memory.get(key) ?? null, key, event);
        memory.set(key, row);
        sent = [...sent, ...send];
      }
      all.push(...sent);
    }
    hearer()?.reactions(of, events, memory, all);
    const timer = (key: string) => memory.get(key)?.['dueAt'] ?? null;
    return {
      then: (...commands: object[]) => assert.deepEqual(sent, commands),
      waits: (key: string, until: string, command: object) => {
        assert.equal(timer(key), until);
        const { dueType, dueCommand } = memory.get(key) as Row;
        assert.deepEqual([dueType, dueCommand], [nameOf(command.constructor as Class), command]);
      },
      waitsNoMore: (key: string) => assert.equal(timer(key), null),
    };
  },
});

/** A decided event as if it had been read from the log. */
export const recorded = ({ messageClass, data, at }: NewEvent, n: number): RecordedEvent => ({
  id: idFrom(`spec/${n}`),
  type: nameOf(messageClass),
  data,
  stream: 'spec-1',
  revision: n,
  position: (n + 1) as Position,
  occurredAt: at ?? NOW,
  recordedAt: NOW,
  hash: '',
  meta: {
    occurredAt: at ?? NOW,
    schemaVersion: String(versionOf(messageClass)),
    $correlationId: 'spec',
    $causationId: `spec-${n}`,
    commandId: `spec-${n}`,
    actorId: ANN.id,
    actorRole: ANN.role,
    source: 'SPEC',
    previousHash: NO_TIP.hash,
  },
});

/** The key of the row that the n-th given event made, where each makes one of its own. */
export const givenPlace = (n: number): string => placeKey((n + 1) as Position);
/** The id of the n-th given event, as a reaction or a row names its cause. */
export const givenEventId = (n: number): string => idFrom(`spec/${n}`);
