import {
  Fenced,
  START,
  type Message,
  type MessageBus,
  type RecordedEvent,
  type Sources,
  type Subscriber,
  type TopicPlan,
  type Write,
} from '@rapport/kernel';
import { idOf, type Contract } from './contract';
import { contracts } from './contracts';

export interface Publishing {
  /** Names this installation to others, as `ce_source` (default: `/rapport`): a URI of the company, such as `https://crm.example.org`. */
  readonly source?: string;
  /** Make topics that are missing (default: no; they are then a `BusMisfit`). */
  readonly createTopics?: boolean;
  /** What is told (default: everything). */
  readonly contracts?: readonly Contract[];
}
export const DEFAULT_SOURCE = '/rapport';
/** Names the publisher's checkpoint. */
export const PUBLISHER = 'integration-events';

/**
 * Tells others what happened: the log is the outbox. Everything is kept by the bus before the checkpoint moves, so a
 * restart, from whatever checkpoint, leaves nothing out; what is told twice has the same id and the same sequence.
 */
export class Publisher implements Subscriber {
  readonly name = PUBLISHER;
  readonly tables = [];
  private readonly source: string;
  private readonly told: readonly Contract[];
  private readonly byEvent = new Map<string, Contract[]>();
  private prepared = false;

  constructor(
    private readonly bus: MessageBus,
    private readonly publishing: Publishing = {},
  ) {
    this.source = publishing.source ?? DEFAULT_SOURCE;
    this.told = publishing.contracts ?? contracts;
    for (const contract of this.told)
      for (const type of contract.events)
        this.byEvent.set(type, [...(this.byEvent.get(type) ?? []), contract]);
  }

  async reset(): Promise<void> {
    this.prepared = false;
  }
  release(): void {
    // Nothing is ever parked: what cannot be told is a fault, and stops the loop before anything is left out.
  }

  /** Topic after topic, so that a failure leaves nothing under way that could overtake the next attempt. */
  async consume(events: readonly RecordedEvent[]): Promise<readonly Write[]> {
    const byTopic = new Map<string, Message[]>();
    for (const event of events)
      for (const contract of this.byEvent.get(event.type) ?? []) {
        const { topic } = contract.topic;
        const messages = byTopic.get(topic) ?? [];
        messages.push(messageOf(contract, event, this.source));
        byTopic.set(topic, messages);
      }
    if (byTopic.size > 0) await this.prepare();
    for (const [topic, messages] of byTopic) await this.bus.publish(topic, messages);
    return [];
  }

  /** Here and not at the start, so that a bus that is away is waited for like any other trouble of the loop. */
  private async prepare(): Promise<void> {
    if (this.prepared) return;
    await this.bus.prepare(topicsOf(this.told), this.publishing.createTopics ?? false);
    this.prepared = true;
  }
}

/**
 * A new installation that shall not tell what is in the log already: the first checkpoint is set to where the log ends.
 * To be called before the loop is started; does nothing when it has ever run. Without it everything is told from the
 * beginning of the log.
 */
export const beginFromNow = async ({ rows, store }: Sources, { name }: Subscriber): Promise<void> => {
  if ((await rows.position(name)) !== START) return;
  try {
    await rows.commit([], [{ subscriber: name, from: START, to: await store.log.head() }]);
  } catch (error) {
    if (!(error instanceof Fenced)) throw error; // another process has begun meanwhile
  }
};

const topicsOf = (told: readonly Contract[]): readonly TopicPlan[] => [
  ...new Set(told.map(({ topic }) => topic)),
];

/** CloudEvents 1.0, Kafka binding, binary mode: the context stands in headers, the body is the value. */
export const messageOf = (contract: Contract, event: RecordedEvent, source: string): Message => {
  const body = contract.bodyOf(event);
  const key = String(body[contract.key as keyof object]);
  return { key, value: JSON.stringify(body), headers: headersOf(contract, event, source, key) };
};

const headersOf = (contract: Contract, event: RecordedEvent, source: string, key: string) => {
  const { $correlationId, $causationId, traceparent } = event.meta;
  return {
    ce_specversion: '1.0',
    ce_id: `${event.id}.${idOf(contract)}`,
    ce_source: source,
    ce_type: typeOf(contract),
    ce_subject: `${contract.key.replace(/Id$/, '')}/${key}`,
    ce_time: event.occurredAt,
    ce_recordedtime: event.recordedAt,
    ce_dataschema: schemaUriOf(contract),
    ce_sequence: sequenceOf(event.position),
    ce_stream: event.stream,
    ce_revision: String(event.revision),
    ce_correlationid: $correlationId,
    ce_causationid: $causationId,
    ...(traceparent !== undefined && { ce_traceparent: traceparent }),
    'content-type': 'application/json',
  };
};

/** `rapport.ticket-resolved.v1` */
export const typeOf = (contract: Contract): string => `rapport.${idOf(contract)}`;
export const schemaUriOf = ({ name, version }: Contract): string =>
  `urn:rapport:contract:${name}:v${version}`;

/** No position of a log has more digits: a number in JavaScript ends there. */
const DIGITS = 16;
/** The place in the log, of fixed width, so that text order is the order in which it happened, also between topics. */
export const sequenceOf = (position: number): string => String(position).padStart(DIGITS, '0');
