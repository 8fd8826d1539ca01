import { MemoryEventLog, MemoryKeyRing } from '@rapport/adapters/memory';
import { aggregates } from '@rapport/domain';
import {
  assertValid,
  EventStore,
  folded,
  idFrom,
  kernelEvents,
  type Actor,
  type Envelope,
  type Projection,
  type RecordedEvent,
  type Refusal,
  type Row,
} from '@rapport/kernel';
import { policies } from '@rapport/policies';
import { Reactions, type Timer } from './imagined/reactions';
import { World } from './imagined/world';

/** What happened when somebody wanted something: the events by name, those of policies too; or the code of the refusal. */
export type Happened = readonly string[] | string;

/**
 * The whole business on a table: all aggregates, all policies with their timers, and a clock that is moved by hand.
 * Stories of the handbook are played on it step by step; what travels over HTTP and what is kept is tested elsewhere.
 */
export class Stage {
  readonly events: RecordedEvent[] = [];
  private now = '';
  private commands = 0;
  private timers: Timer[] = [];
  private readonly world = new World(
    new EventStore(new MemoryEventLog(), new MemoryKeyRing(), [
      kernelEvents,
      ...aggregates.map(({ events }) => events),
    ]),
    aggregates,
  );
  private readonly reactions = new Reactions(
    policies,
    (type) => this.world.classOf(type),
    (timer) => void this.timers.push(timer),
  );

  /** Moves the clock on: what falls due until then, that moment included, happens first and at its own time. */
  async at(now: string): Promise<this> {
    for (;;) {
      this.timers.sort((one, other) => (one.dueAt < other.dueAt ? -1 : Number(one.dueAt > other.dueAt)));
      const [next] = this.timers;
      if (!next || next.dueAt > now) break;
      this.timers = this.timers.slice(1);
      const due = this.reactions.due(next);
      if (due) await this.carryOut(due.command, due.envelope);
    }
    this.now = now;
    return this;
  }
  /** Somebody wants something now. What clocks and messages say to it is told by `all`. */
  async wants(actor: Actor, command: object): Promise<Happened> {
    assertValid(command);
    const before = this.events.length;
    const commandId = idFrom(`stage/${this.commands++}`);
    const envelope = { commandId, correlationId: commandId, actor, source: 'STORY', now: this.now };
    const refused = await this.carryOut(command, envelope);
    return refused?.code ?? this.events.slice(before).flatMap(({ type }) => (isBeside(type) ? [] : [type]));
  }
  /** All that happened of one kind, in the order in which it was stored. */
  all<T extends object>(messageClass: new () => T): readonly Readonly<T>[] {
    return this.events.filter(({ type }) => type === messageClass.name).map(({ data }) => data as T);
  }
  /** A row that a read model has by now. */
  row(of: Projection, key: string): Row | null {
    const about = this.events.filter((event) => of.on[event.type] && of.keysOf(event).includes(key));
    return about.reduce<Row | null>((row, event) => folded(of, row, key, event), null);
  }

  /** A command, the reactions to its events, the reactions to theirs. What policies are refused is part of the story. */
  private async carryOut(command: object, envelope: Envelope): Promise<Refusal | null> {
    const asked: { readonly command: object; readonly envelope: Envelope }[] = [{ command, envelope }];
    let first: Refusal | null = null;
    for (const each of asked) {
      const events = await this.world.send(each.command, each.envelope);
      if (events === null && each.command === command) first = this.world.refusal;
      this.events.push(...(events ?? []));
      asked.push(...(events ?? []).flatMap((event) => this.reactions.to(event)));
    }
    return first;
  }
}

/** Clocks of SYS-21, calls of SYS-22 and messages of SYS-23 go along with almost everything. */
const isBeside = (type: string): boolean =>
  /^(SlaClock|ProgressNotification|TicketEscalated|EscalationResolved)/.test(type);
