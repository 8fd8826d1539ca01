import { eventIdOf, evolve, Refusal, type Actor, type NewEvent, type Rules } from '@rapport/kernel';
import { ticket, type Ticket } from './ticket.decider';

export const ANN: Actor = { id: 'ann', role: 'SERVICE_SPECIALIST' };

/** One ticket from step to step, as stories are told: what is wanted, when, by whom; and what happened, or why not. */
export class TicketStory {
  readonly events: NewEvent[] = [];
  state: Ticket = ticket.initial;

  constructor(private readonly known: object = {}) {}

  /** What happens at a moment when somebody wants this. Throws the refusal; then nothing has happened. */
  when(now: string, command: object, actor: Actor = ANN, known: object = this.known): readonly NewEvent[] {
    const rules: Rules<Ticket> = ticket;
    const decide = rules.decide[command.constructor.name];
    if (!decide) throw new Error(`a ticket does not decide ${command.constructor.name}`);
    const eventId = (n: number) => eventIdOf(`${this.events.length}`, n);
    const events = decide(this.state, command as never, { now, actor, known: known as never, eventId });
    for (const { messageClass, data, at: occurredAt = now } of events)
      this.state = evolve(rules, this.state, { type: messageClass.name, data, occurredAt });
    this.events.push(...events.map((event) => ({ ...event, at: event.at ?? now })));
    return events;
  }
  /** The names of what happens; a refusal by its code. */
  names(now: string, command: object, actor?: Actor, known?: object): readonly string[] | string {
    try {
      return this.when(now, command, actor, known).map(({ messageClass }) => messageClass.name);
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      throw error;
    }
  }
  /** All that has happened of one kind. */
  all<T extends object>(messageClass: new () => T): readonly Readonly<T>[] {
    return this.events.filter((event) => event.messageClass === messageClass).map(({ data }) => data as T);
  }
}
