import { idFrom, reactionTo, withoutTimer, hydrate } from '@rapport/kernel';
import type { Class, Envelope, Policy, RecordedEvent, Row } from '@rapport/kernel';

/** A command that a policy sends, with the envelope that the product would give it. */
export interface Reaction {
  readonly command: object;
  readonly envelope: Envelope;
}
/** A timer that was set: it may have been set anew or taken away by the time it is due. */
export interface Timer {
  readonly of: Policy;
  readonly key: string;
  readonly dueAt: string;
}

/** The product's policies with their memory in a map: what a `Reactor` does, without rows and loops. */
export class Reactions {
  private readonly memories: ReadonlyMap<Policy, Map<string, Row>>;
  private readonly byType = new Map<string, readonly Policy[]>();

  constructor(
    private readonly policies: readonly Policy[],
    private readonly classOf: (type: string) => Class,
    private readonly onTimer: (timer: Timer) => void,
  ) {
    this.memories = new Map(policies.map((policy) => [policy, new Map<string, Row>()]));
  }

  /** What follows from one event at once, policy by policy. */
  to(event: RecordedEvent): readonly Reaction[] {
    const found = this.byType.get(event.type) ?? this.policies.filter(({ on }) => on[event.type]);
    this.byType.set(event.type, found);
    return found.flatMap((policy) => policy.keysOf(event).flatMap((key) => this.react(policy, key, event)));
  }

  /** The command of a timer, with its own due time, if it is still set. */
  due({ of, key, dueAt }: Timer): Reaction | null {
    const memory = this.memories.get(of);
    const row = memory?.get(key);
    if (row?.['dueAt'] !== dueAt) return null;
    memory?.set(key, withoutTimer(row));
    const type = String(row['dueType']);
    const commandId = idFrom(`${of.name}/${key}/${dueAt}/${type}`);
    return {
      command: hydrate(this.classOf(type), row['dueCommand'] as object),
      envelope: {
        ...{ commandId, correlationId: commandId, now: dueAt, source: 'TIMER' },
        actor: { id: of.name, role: 'POLICY' },
      },
    };
  }

  /** Lets go of what is remembered of one key: nothing will be heard of it any more. */
  forget(key: string): void {
    for (const memory of this.memories.values()) memory.delete(key);
  }

  /** What each policy remembers. */
  remembered(): readonly (readonly [policy: Policy, rows: Iterable<Row>])[] {
    return [...this.memories].map(([policy, rows]) => [policy, rows.values()]);
  }

  private react(of: Policy, key: string, event: RecordedEvent): readonly Reaction[] {
    const memory = this.memories.get(of);
    const before = memory?.get(key) ?? null;
    const { row, send } = reactionTo(of, before, key, event);
    if (row === null) memory?.delete(key);
    else memory?.set(key, row);
    const dueAt = row?.['dueAt'] as string | null | undefined;
    if (dueAt != null && dueAt !== before?.['dueAt']) this.onTimer({ of, key, dueAt });
    return send.map((command, n) => ({
      command,
      envelope: {
        commandId: idFrom(`${event.id}/${of.name}/${key}/${n}`),
        correlationId: event.meta.$correlationId,
        causationId: event.id,
        actor: { id: of.name, role: 'POLICY' },
        source: 'POLICY',
        now: event.occurredAt,
      },
    }));
  }
}
