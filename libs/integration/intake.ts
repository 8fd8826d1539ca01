import { Unavailable, type Delivery, type MessageBus } from '@rapport/kernel';
import { deadLetterId, type Outgoing } from './dead-letter';
import { inLanes } from './lanes';

/** What became of a delivery: how it is counted, and what is said about it. */
export interface Dealt {
  readonly outcome: string;
  readonly say: readonly Outgoing[];
}
/** As much of a log as is needed: pino has it. What was sent never gets into it. */
export interface IntakeLog {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}
export interface IntakeParts {
  readonly log: IntakeLog;
  /** For figures: a topic and what became of one delivery of it. */
  readonly onDealt?: (topic: string, outcome: string) => void;
}
/** What one kind of delivery needs. */
export interface Handling {
  /** Deliveries of one lane keep their order. */
  readonly laneOf: (delivery: Delivery) => string;
  /** Throws `Unavailable` when it has to be tried again; anything else that it throws is a fault. */
  readonly deal: (delivery: Delivery) => Promise<Dealt>;
  /** What becomes of a delivery that met a fault; the log has it under this id. */
  readonly onFault: (delivery: Delivery, id: string) => Dealt;
}

/** Lanes that are dealt with at once. */
export const LANES_MAX = 64;
/** Deliveries that are remembered as dealt with while others of their batch have to be tried again. */
const DEALT_MAX = 10_000;
/** More faults than this without a success between them: something is wrong with us, not with what we are sent. */
export const FAULTS_IN_A_ROW_MAX = 20;

/**
 * Deals with deliveries: side by side by lane, in order within a lane. Resolves when each has its outcome and what is
 * said about it is kept by the bus, so an offset never moves past a command whose outcome is not in the log.
 */
export class Intake {
  private readonly dealt = new Set<string>();
  private faults = 0;

  constructor(
    private readonly bus: MessageBus,
    private readonly handling: Handling,
    private readonly parts: IntakeParts,
  ) {}

  readonly handle = async (deliveries: readonly Delivery[]): Promise<void> => {
    const done = new Map<Delivery, Dealt>();
    const news = deliveries.filter((delivery) => !this.dealt.has(placeOf(delivery)));
    try {
      await inLanes(news, this.handling.laneOf, LANES_MAX, async (delivery) => {
        done.set(delivery, await this.dealOrFault(delivery));
      });
    } finally {
      await this.tell(done);
    }
    for (const delivery of deliveries) this.dealt.delete(placeOf(delivery));
  };

  /** What is done is said even when others must be tried again; it is then not done and said once more with them. */
  private async tell(done: ReadonlyMap<Delivery, Dealt>): Promise<void> {
    const byTopic = new Map<string, Outgoing['message'][]>();
    for (const { say } of done.values())
      for (const { topic, message } of say) {
        const messages = byTopic.get(topic) ?? [];
        messages.push(message);
        byTopic.set(topic, messages);
      }
    for (const [topic, messages] of byTopic) await this.bus.publish(topic, messages);
    if (this.dealt.size > DEALT_MAX) this.dealt.clear();
    for (const [delivery, { outcome }] of done) {
      this.dealt.add(placeOf(delivery));
      this.parts.onDealt?.(delivery.topic, outcome);
    }
  }

  private async dealOrFault(delivery: Delivery): Promise<Dealt> {
    try {
      const dealt = await this.handling.deal(delivery);
      this.faults = 0;
      return dealt;
    } catch (error) {
      if (error instanceof Unavailable) throw error; // nothing is wrong with this delivery: it comes again
      return this.fault(delivery, error);
    }
  }

  /** One poisoned message must not hold up all that lie behind it; a broken house must not turn all of them away. */
  private fault(delivery: Delivery, error: unknown): Dealt {
    const { topic, partition, offset } = delivery;
    const id = deadLetterId(delivery);
    this.parts.log.error({ err: error, id, topic, partition, offset }, 'fault');
    if (++this.faults > FAULTS_IN_A_ROW_MAX)
      throw new Error(`more than ${FAULTS_IN_A_ROW_MAX} faults in a row: see the log`, { cause: error });
    return this.handling.onFault(delivery, id);
  }
}

/** Where a delivery lies: one place, one delivery. */
export const placeOf = ({ topic, partition, offset }: Delivery): string => `${topic}/${partition}/${offset}`;
