import { fieldsOf, nameOf, type Class, type RecordedEvent } from '@rapport/kernel';
import type { Topic } from './topics';

/** What a mapping may answer: the fields of the body; optional ones may also be undefined. */
type Told<Body> = {
  readonly [K in keyof Body]: Partial<Pick<Body, K>> extends Pick<Body, K> ? Body[K] | undefined : Body[K];
};
/** How one of our events is told. */
interface Source<Telling> {
  readonly event: Class;
  readonly tell: (data: object, at: string) => Telling;
}
interface Shape<Body extends object> {
  /** `ticket-resolved`: noun and past participle, as its file is called. */
  readonly name: string;
  readonly version: number;
  /** One sentence: what it tells and what counts as it. */
  readonly about: string;
  readonly topic: Topic;
  /** The field that holds the id of the aggregate. */
  readonly key: keyof Body & string;
  /** What a field means where its name does not say it. */
  readonly notes?: { readonly [K in keyof Body]?: string };
  readonly from: readonly Source<Told<NoInfer<Body>>>[];
}

/** What we tell others of one thing that happened. Frozen once it was published: a change is a new version in a new file. */
export interface Contract {
  readonly name: string;
  readonly version: number;
  readonly about: string;
  readonly topic: Topic;
  readonly key: string;
  readonly notes: Readonly<Record<string, string | undefined>>;
  readonly body: Class;
  /** The types of our events that it tells of. */
  readonly events: readonly string[];
  /** What is told of such an event: the declared fields and no other. */
  bodyOf(event: Pick<RecordedEvent, 'type' | 'data' | 'occurredAt'>): object;
}

/**
 * A contract is a class of fields and how our events become it. The mapping gets an event without its personal fields,
 * so nothing that names a person can get into a body, whatever the mapping says.
 */
export const contract = <Body extends object>(
  body: Class<Body>,
  { from, notes = {}, ...shape }: Shape<Body>,
): Contract => {
  const tellers = new Map(from.map((source) => [nameOf(source.event), source]));
  return {
    ...shape,
    ...{ notes, body, events: [...tellers.keys()] },
    bodyOf: ({ type, data, occurredAt }) => {
      const source = tellers.get(type);
      if (!source) throw new Error(`${shape.name} does not tell of ${type}`);
      return declared(body, source.tell(impersonal(source.event, data), occurredAt));
    },
  };
};

/** `told(TicketClosed, ({ ticketId }, at) => ({ ticketId, closedAt: at }))`; `at` is the business time of the event. */
export const told = <E extends object, Telling extends object>(
  event: Class<E>,
  tell: (data: Readonly<E>, at: string) => Telling,
): Source<Telling> => ({ event, tell: tell as Source<Telling>['tell'] });

/** `ticket-resolved.v1` */
export const idOf = ({ name, version }: Contract): string => `${name}.v${version}`;

const impersonal = (event: Class, data: object): object => {
  const personal = new Set(fieldsOf(event).flatMap(({ name, subject }) => (subject ? [name] : [])));
  return Object.fromEntries(Object.entries(data).filter(([name]) => !personal.has(name)));
};

const declared = (body: Class, told: object): object =>
  Object.fromEntries(
    fieldsOf(body)
      .map(({ name }) => [name, told[name as keyof object]] as const)
      .filter(([, value]) => value !== undefined),
  );
