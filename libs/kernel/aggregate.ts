import type { DataOf, MessageClasses, NewEvent, NewEventOf } from './messages';

export interface Actor {
  readonly id: string;
  readonly role: string;
}

/** A question about another stream, asked before the decision and answered afresh. */
export type Lookup<Answer> = (streams: StreamLookup) => Promise<Answer>;
export interface StreamLookup {
  stateOf<State>(of: Rules<State>, id: string): Promise<State>;
}
/** The state another aggregate is in now. True when asked, not locked: see `claims` for what must be unique. */
export const stateOf =
  <State>(of: Rules<State>, id: string): Lookup<State> =>
  (streams) =>
    streams.stateOf(of, id);

/** A value that only one stream may hold in its scope, such as a customer's registration key. */
export interface Claim {
  readonly scope: string;
  readonly value: string;
  /** The refusal when somebody else holds it; its detail names the holder as `existingId`. */
  readonly refusal: string;
}

export interface Context<Known = object> {
  /** Business time. The only clock a decider has. */
  readonly now: string;
  readonly actor: Actor;
  /** Answers to `needs`. */
  readonly known: Known;
  /** The id that the n-th event of this decision will have, so that a later event can name its cause. */
  readonly eventId: (n: number) => string;
}
type KnownOf<Known, K> = K extends keyof Known ? Known[K] : object;
type Asks<Answers> = { readonly [Name in keyof Answers]: Lookup<Answers[Name]> };

interface Table<State, E extends MessageClasses, C extends MessageClasses, Known> {
  /** The category: streams are called `name-id`, so it has no dash. */
  readonly name: string;
  /** The field of every command that names the stream. */
  readonly id: keyof InstanceType<C[keyof C]> & string;
  readonly events: E;
  readonly commands: C;
  readonly initial: State;
  readonly evolve: { readonly [K in keyof E]: (state: State, data: DataOf<E[K]>, at: string) => State };
  readonly claims?: { readonly [K in keyof C]?: (command: DataOf<C[K]>) => readonly Claim[] };
  readonly decide: {
    readonly [K in keyof C]: (
      state: State,
      command: DataOf<C[K]>,
      context: Context<KnownOf<Known, K>>,
    ) => readonly NewEventOf<E>[];
  };
}
interface Needs<State, C extends MessageClasses, Known> {
  readonly needs: {
    readonly [K in keyof Known & keyof C]: (state: State, command: DataOf<C[K]>) => Asks<Known[K]>;
  };
}

/** One aggregate is one table: what it is, how events move it, and what it answers to each command. */
export type Aggregate<State, E extends MessageClasses, C extends MessageClasses, Known = never> = [
  Known,
] extends [never]
  ? Table<State, E, C, object>
  : Table<State, E, C, Known> & Needs<State, C, Known>;

/** The same table as the loops see it, when they no longer know the message classes. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a list of aggregates holds every kind of state
export interface Rules<State = any> {
  readonly name: string;
  readonly id: string;
  readonly events: MessageClasses;
  readonly commands: MessageClasses;
  readonly initial: State;
  readonly evolve: Readonly<Record<string, Evolve<State>>>;
  readonly decide: Readonly<Record<string, Decide<State>>>;
  readonly claims?: Readonly<Record<string, ((command: never) => readonly Claim[]) | undefined>>;
  readonly needs?: Readonly<
    Record<string, (state: State, command: never) => Readonly<Record<string, Lookup<unknown>>>>
  >;
}
type Evolve<State> = (state: State, data: never, at: string) => State;
type Decide<State> = (state: State, command: never, context: Context<never>) => readonly NewEvent[];

/** The state after one more event; `at` is its business time. */
export const evolve = <State>(
  of: Rules<State>,
  state: State,
  event: { readonly type: string; readonly data: object; readonly occurredAt: string },
): State => {
  const move = of.evolve[event.type];
  if (!move) throw new Error(`${of.name} does not know ${event.type}`);
  return move(state, event.data as never, event.occurredAt);
};

export const streamOf = (of: Rules, command: object): string =>
  `${of.name}-${String(command[of.id as keyof object])}`;

/** A rule of the business said no. Expected; never a bug. Nothing was appended. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** `state`: things stand otherwise (409). `input`: what was sent breaks a rule by itself (422). */
    readonly because: 'state' | 'input',
    /** What the sender needs to go on: the field at fault, the existing id, the limit. */
    readonly detail: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}
/** Things stand otherwise: `refuse('TICKET_NOT_OPEN', 'the ticket is closed')`. */
export const refuse = (code: string, message: string, detail?: Readonly<Record<string, unknown>>): never => {
  throw new Refusal(code, message, 'state', detail);
};
/** What was sent breaks a rule by itself: `reject('RAISED_IN_FUTURE', 'raisedAt', 'raisedAt lies in the future')`. */
export const reject = (code: string, field: string, message: string): never => {
  throw new Refusal(code, message, 'input', { field });
};
