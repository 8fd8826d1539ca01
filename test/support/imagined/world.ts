import { createHmac } from 'node:crypto';
import {
  ClaimTaken,
  eventIdOf,
  evolve,
  idFrom,
  nameOf,
  NO_TIP,
  Refusal,
  streamOf,
  type Claim,
  type Class,
  type Envelope,
  type EventStore,
  type Position,
  type ProposedEvent,
  type RecordedEvent,
  type Rules,
  type StreamLookup,
  type Tip,
} from '@rapport/kernel';

/** A stream as it stands. */
interface Known {
  readonly state: unknown;
  readonly tip: Tip;
}
/** The key under which the product digests what must be unique (libs/kernel/claim.ts). */
const CLAIMS_KEY = 'rapport:claims';

/**
 * The product's aggregates with their states in a map: what the command processor does for a single writer who never
 * forgets, so that a log of millions can be written in minutes. Questions to other streams, claims, ids and envelopes are
 * the product's own; only the checks at the edge are left out, so the stories must send what would pass them.
 */
export class World implements StreamLookup {
  /** Commands that were refused: they stored nothing. */
  refused = 0;
  /** The latest of them. */
  refusal: Refusal | null = null;
  private readonly streams = new Map<string, Known>();
  private readonly ofCommand: ReadonlyMap<string, Rules>;

  constructor(
    private readonly store: EventStore,
    aggregates: readonly Rules[],
  ) {
    this.ofCommand = new Map(
      aggregates.flatMap((of) => Object.keys(of.commands).map((type): [string, Rules] => [type, of])),
    );
  }

  classOf(type: string): Class {
    const found = this.ofCommand.get(type)?.commands[type];
    if (!found) throw new Error(`there is no command ${type}`);
    return found;
  }

  /** The events that were stored; null: the business said no. */
  async send(command: object, envelope: Envelope): Promise<readonly RecordedEvent[] | null> {
    const type = nameOf(command.constructor as Class);
    const of = this.ofCommand.get(type);
    if (!of) throw new Error(`nobody decides ${type}`);
    try {
      return await this.decide(of, type, command, { ...envelope, command: type });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.refused++;
      this.refusal = error;
      return null;
    }
  }

  async stateOf<State>(of: Rules<State>, id: string): Promise<State> {
    return (this.streams.get(`${of.name}-${id}`)?.state ?? of.initial) as State;
  }
  /** How one stream stands; undefined: nothing has happened there. */
  look(stream: string): object | undefined {
    return this.streams.get(stream)?.state as object | undefined;
  }
  /** Lets go of a stream to which nothing will be added any more. */
  forget(stream: string): void {
    this.streams.delete(stream);
  }

  private async decide(of: Rules, type: string, command: object, envelope: Envelope) {
    const stream = streamOf(of, command);
    const { state, tip } = this.streams.get(stream) ?? { state: of.initial as unknown, tip: NO_TIP };
    const known = await this.answersTo(of, type, command, state);
    const { now, actor, commandId } = envelope;
    const eventId = (n: number): string => eventIdOf(commandId, n);
    const rule = of.decide[type];
    const events = rule?.(state, command as never, { now, actor, known: known as never, eventId }) ?? [];
    if (events.length === 0) return [];
    for (const claim of of.claims?.[type]?.(command as never) ?? [])
      await this.claim(claim, stream, envelope);
    const proposed = events.map(({ messageClass, data, at = now }, n): ProposedEvent => {
      return { id: eventId(n), messageClass, data, occurredAt: at, origin: envelope };
    });
    return this.keep(of, stream, { state, tip }, proposed);
  }

  private async answersTo(of: Rules, type: string, command: object, state: unknown): Promise<object> {
    const known: Record<string, unknown> = {};
    for (const [name, ask] of Object.entries(of.needs?.[type]?.(state, command as never) ?? {}))
      known[name] = await ask(this);
    return known;
  }

  private async keep(of: Rules, stream: string, before: Known, proposed: readonly ProposedEvent[]) {
    const { position, revision, hash } = await this.store.append(stream, before.tip, proposed);
    const events = proposed.map((event, n) => seen(event, stream, before.tip.revision + 1 + n, position));
    const state = events.reduce((known, event) => evolve(of, known, event), before.state);
    this.streams.set(stream, { state, tip: { revision, hash } });
    return events;
  }

  /** One stream a value, as the product keeps it; here nobody competes, so a value is taken once. */
  private async claim({ scope, value }: Claim, owner: string, origin: Envelope): Promise<void> {
    const secret = await this.store.secret(CLAIMS_KEY);
    const digest = createHmac('sha256', secret).update(`${scope}\n${value}`).digest('hex').slice(0, 32);
    const stream = `claim-${scope}-${digest}`;
    const id = idFrom(`${origin.commandId}/${ClaimTaken.name}/${stream}`);
    const event = { messageClass: ClaimTaken, data: { owner, scope }, occurredAt: origin.now };
    await this.store.append(stream, NO_TIP, [{ ...event, id, origin }]);
  }
}

/** A decided event as a reader would see it. Nobody here looks at hashes and versions. */
const seen = (event: ProposedEvent, stream: string, revision: number, position: Position): RecordedEvent => {
  const { id, data, occurredAt, origin } = event;
  const { correlationId: $correlationId, causationId, commandId, actor, source } = origin;
  return {
    id,
    type: event.messageClass.name,
    data,
    occurredAt,
    recordedAt: occurredAt,
    stream,
    revision,
    position,
    hash: '',
    meta: {
      occurredAt,
      schemaVersion: '',
      $correlationId,
      $causationId: causationId ?? commandId,
      commandId,
      actorId: actor.id,
      actorRole: actor.role,
      source,
      previousHash: '',
    },
  };
};
