import { MemoryEventLog, MemoryKeyRing } from '@rapport/adapters/memory';
import { aggregates } from '@rapport/domain';
import {
  CommandProcessor,
  EventStore,
  idFrom,
  kernelEvents,
  nameOf,
  reactionTo,
  Refusal,
  START,
  withoutTimer,
  type Class,
  type Envelope,
  type Policy,
  type Position,
  type RecordedEvent,
  type Row,
  type Rules,
} from '@rapport/kernel';
import { policies } from '@rapport/policies';

const PAGE = 1_000;
/** More steps than any story has: whoever needs more goes round in circles. */
const STEPS_MAX = 5_000;

interface Timer {
  readonly of: Policy;
  readonly row: Row;
}

/** The write side with its policies and timers, in memory, without loops: a clock that goes when it is told, and sleeps when it is told. */
export class PlayedTicket {
  readonly store = new EventStore(new MemoryEventLog(), new MemoryKeyRing(), [
    kernelEvents,
    ...aggregates.map(({ events }) => events),
  ]);
  private readonly processor = new CommandProcessor(this.store);
  private readonly memory = new Map<Policy, Map<string, Row | null>>(
    policies.map((policy) => [policy, new Map<string, Row | null>()]),
  );
  private read: Position = START;
  private sent = 0;

  constructor(public now: string) {}

  /** Sends a command now; answers the code of the refusal, or null. */
  async send(command: object, actor = { id: 'ann', role: 'SERVICE_SPECIALIST' }): Promise<string | null> {
    const commandId = idFrom(`played/${this.sent++}`);
    return this.execute(command, {
      commandId,
      correlationId: commandId,
      actor,
      source: 'PLAY',
      now: this.now,
    });
  }

  /** Everything that follows from what has happened, and then what has come due by now, the earliest first. */
  async settle(): Promise<void> {
    for (let steps = 0; steps < STEPS_MAX; steps++) {
      await this.react();
      const [due] = this.timers().filter(({ row }) => String(row['dueAt']) <= this.now);
      if (!due) return;
      await this.fire(due);
    }
    throw new Error('it never comes to rest');
  }

  /** The events of one stream. */
  events(stream: string): Promise<readonly RecordedEvent[]> {
    return this.store.read(stream);
  }
  stateOf<State>(of: Rules<State>, id: string): Promise<State> {
    return this.processor.stateOf(of, id);
  }

  private async react(): Promise<void> {
    for (let steps = 0; steps < STEPS_MAX; steps++) {
      const events = await this.store.readAll(this.read, PAGE);
      if (events.length === 0) return;
      for (const event of events) for (const policy of policies) await this.hear(policy, event);
      this.read = events.at(-1)?.position ?? this.read;
    }
    throw new Error('one thing follows from another for ever');
  }
  private async hear(policy: Policy, event: RecordedEvent): Promise<void> {
    if (!policy.on[event.type]) return;
    const memory = this.memoryOf(policy);
    for (const key of policy.keysOf(event)) {
      const { row, send } = reactionTo(policy, memory.get(key) ?? null, key, event);
      memory.set(key, row);
      for (const [n, command] of send.entries())
        await this.execute(command, {
          commandId: idFrom(`${event.id}/${policy.name}/${key}/${n}`),
          correlationId: event.meta.$correlationId,
          causationId: event.id,
          ...{ actor: { id: policy.name, role: 'POLICY' }, source: 'POLICY', now: event.occurredAt },
        });
    }
  }

  private timers(): readonly Timer[] {
    const set = policies.flatMap((of) =>
      [...this.memoryOf(of).values()]
        .filter((row) => row?.['dueAt'] != null)
        .map((row) => ({ of, row: row as Row })),
    );
    return set.sort((one, other) => (String(one.row['dueAt']) < String(other.row['dueAt']) ? -1 : 1));
  }
  private async fire({ of, row }: Timer): Promise<void> {
    const [at, type] = [String(row['dueAt']), String(row['dueType'])];
    const commandId = idFrom(`${of.name}/${row.key}/${at}/${type}`);
    this.memoryOf(of).set(row.key, withoutTimer(row));
    await this.execute(row['dueCommand'] as object, {
      ...{ commandId, correlationId: commandId, now: at, source: 'TIMER' },
      actor: { id: of.name, role: 'POLICY' },
    });
  }
  private memoryOf(policy: Policy): Map<string, Row | null> {
    return this.memory.get(policy) ?? new Map<string, Row | null>();
  }

  /** Anything but a refusal is a fault, and ends the play. */
  private async execute(command: object, envelope: Envelope): Promise<string | null> {
    const type = nameOf(command.constructor as Class);
    const of = aggregates.find(({ commands }) => type in commands);
    if (!of) throw new Error(`nobody decides ${type}`);
    try {
      await this.processor.execute(of, command, envelope);
      return null;
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      throw error;
    }
  }
}
