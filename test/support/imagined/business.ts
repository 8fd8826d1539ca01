import { aggregates } from '@rapport/domain';
import type { EventStore, RecordedEvent, Envelope } from '@rapport/kernel';
import { policies } from '@rapport/policies';
import { Agenda } from './agenda';
import { BEGINNING, DAY, instant, SPAN } from './calendar';
import { clientOf, customerStory } from './customer.story';
import { Dice } from './dice';
import { houseStory } from './house.story';
import { Reactions, type Timer } from './reactions';
import type { Move, Stage, Story } from './story';
import { World } from './world';

interface Size {
  readonly events: number;
  readonly seed: number;
  readonly late: number;
}
/** One customer for so many events of the log. */
const EVENTS_PER_CUSTOMER = 200;
const CUSTOMERS_MIN = 20;
/** What one thing that a customer does comes to in the log, with all that follows: found by trying. */
const EVENTS_PER_DEED = 11;
/** Flattens the top: the first customers do about the same. */
const EVENNESS = 0.01;

/** The imagined years: customers and their stories, the policies of the product, and the clock. */
export class Business {
  /** The imagined moment. */
  now = BEGINNING;
  customersKnown = 0;
  readonly customerIds: readonly string[];
  private readonly agenda = new Agenda();
  private readonly world: World;
  private readonly reactions: Reactions;
  private readonly dice: Dice;
  private readonly counted = { ticket: 0, order: 0, promise: 0 };

  constructor(store: EventStore, { events, seed, late }: Size) {
    this.dice = new Dice(seed);
    this.world = new World(store, aggregates);
    this.reactions = new Reactions(
      policies,
      (type) => this.world.classOf(type),
      (timer) => this.wait(timer),
    );
    const stage = this.stage(late);
    this.agenda.note(BEGINNING, () => this.tell(houseStory(stage)));
    this.customerIds = this.invite(stage, events);
  }

  /** The next thing that happens, with all that follows at once. False: nothing will ever happen again. */
  async goOn(): Promise<boolean> {
    const next = this.agenda.next();
    if (!next) return false;
    this.now = Math.max(this.now, next.at);
    await next.turn();
    return true;
  }
  get refused(): number {
    return this.world.refused;
  }
  remembered(): ReturnType<Reactions['remembered']> {
    return this.reactions.remembered();
  }

  private stage(late: number): Stage {
    return {
      ...{ dice: this.dice, world: this.world, late, now: () => this.now },
      number: (of) => ++this.counted[of],
      ticketIsOver: (ticketId) => {
        for (const name of ['ticket', 'complaint', 'escalation', 'slaclocks'])
          this.world.forget(`${name}-${ticketId}`);
        this.reactions.forget(ticketId);
      },
    };
  }

  /** A few customers do most of what is done: the n-th a share of 1/(n + evenness), whenever they came. */
  private invite(stage: Stage, events: number): readonly string[] {
    const count = Math.max(CUSTOMERS_MIN, Math.round(events / EVENTS_PER_CUSTOMER));
    const shares = Array.from({ length: count }, (_, n) => 1 / (n + 1 + EVENNESS * count));
    const all = shares.reduce((sum, share) => sum + share, 0);
    const deeds = events / EVENTS_PER_DEED;
    return shares.map((share, n) => {
      const registeredAt = Math.round(BEGINNING + this.arrival());
      const client = clientOf(stage, n + 1, registeredAt, (SPAN * all) / (share * deeds));
      this.agenda.note(registeredAt, () => this.tell(customerStory(client)));
      return client.customerId;
    });
  }
  /** Two in five were there in the first month, the others came over the years. */
  private arrival(): number {
    return this.dice.chance(0.4) ? this.dice.next() * 30 * DAY : this.dice.next() * 0.85 * SPAN;
  }

  private async tell(story: Story, accepted = true): Promise<void> {
    for (let next = story.next(accepted); !next.done; next = story.next(accepted)) {
      const move: Move = next.value;
      if ('waitMs' in move) return this.agenda.note(this.now + move.waitMs, () => this.tell(story));
      if ('begin' in move) this.agenda.note(this.now, () => this.tell(move.begin));
      else accepted = await this.send(move.command, this.envelope(move));
    }
  }

  private envelope({ by: actor, source }: Extract<Move, { command: object }>): Envelope {
    const commandId = this.dice.uuid();
    return { commandId, correlationId: commandId, actor, source, now: instant(this.now) };
  }

  /** A command, the reactions to its events, the reactions to theirs, in the order in which they come. */
  private async send(command: object, envelope: Envelope): Promise<boolean> {
    const first = await this.world.send(command, envelope);
    const events: RecordedEvent[] = [...(first ?? [])];
    for (const event of events) {
      if (event.type === 'CustomerRegistered') this.customersKnown++;
      for (const reaction of this.reactions.to(event))
        events.push(...((await this.world.send(reaction.command, reaction.envelope)) ?? []));
    }
    return first !== null;
  }

  private wait(timer: Timer): void {
    this.agenda.note(Date.parse(timer.dueAt), async () => {
      const due = this.reactions.due(timer);
      if (due) await this.send(due.command, due.envelope);
    });
  }
}
