import {
  evolve,
  hydrate,
  nameOf,
  reactionTo,
  Refusal,
  withoutTimer,
  type Class,
  type RecordedEvent,
  type Row,
} from '@rapport/kernel';
import { EvaluateSlaClocks, PauseSlaClock, ResumeSlaClock } from '@rapport/domain/commands';
import { GreenChannelOpened, TicketRegistered, TicketUrgencyChanged } from '@rapport/domain/events';
import type { PastRulebook } from './candidate';
import { aggregateNamed, policyNamed } from './named';

/** Turns of the clocks of one ticket: more than any ticket takes; what turns longer turns in a circle. */
const TURNS_MAX = 100_000;
const HOUSE = { id: 'sla-watch', role: 'SYSTEM' } as const;

/** A clock as far as a report tells it. */
export interface PastClock {
  readonly moment: string;
  readonly round: number;
  readonly times: { readonly dueAt: string };
  readonly winner: { readonly rule: string };
  readonly breachedAt?: string;
  readonly end?: 'MET' | 'MET_LATE' | 'CANCELLED';
  readonly endedAt?: string;
}
interface Clocks {
  readonly clocks: readonly PastClock[];
}

/**
 * The clocks that one past ticket would have had under other rules: the product's own policy and decider, fed with what
 * happened, with timers that fire between the events. Nothing is stored. A ticket that an import brought is taken as if
 * it had been raised here.
 */
export class PastClocks {
  private readonly watch = policyNamed('sla-watch');
  private readonly rules = aggregateNamed('slaclocks');
  /** The streams that the decider asks. */
  private readonly beside = ['ticket', 'complaint', 'customer', 'value'].map(aggregateNamed);
  private readonly states = new Map<string, unknown>(this.beside.map(({ name, initial }) => [name, initial]));
  private memory: Row | null = null;
  private clocks: Clocks;
  private now = '';
  private turns = 0;
  private imported = false;

  constructor(
    private readonly ticketId: string,
    private readonly rulebook: PastRulebook,
  ) {
    this.clocks = this.rules.initial as Clocks;
  }

  /** One more thing that happened, to the ticket, its customer or its promises, in the order of the log. */
  hear(event: RecordedEvent): void {
    if (event.stream.startsWith(`${this.rules.name}-`)) return this.byHand(event);
    this.until(event.occurredAt);
    for (const of of this.beside)
      if (event.stream.startsWith(`${of.name}-`) && of.evolve[event.type])
        this.states.set(of.name, evolve(of, this.states.get(of.name), event));
    const isBrought = event.meta.actorRole === 'MIGRATION';
    if (event.type === TicketRegistered.name) this.imported = isBrought;
    this.react(isBrought ? asOurs(event) : event);
    if (this.imported && isBrought && isFirst(event)) this.react(channelOf(event));
  }
  /** What a person did to a clock is done here too, where there is such a clock that lets it be done. */
  private byHand({ type, data, meta, occurredAt }: RecordedEvent): void {
    const wanted = BY_HAND.get(type);
    if (!wanted || meta.actorRole === 'POLICY') return;
    this.until(occurredAt);
    try {
      this.turn(wanted.of(data as PauseSlaClock));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  /** All that falls due until then, that moment included. What became of the clocks by then. */
  until(time: string): readonly PastClock[] {
    for (let due = this.due(); due !== null && due.at <= time; due = this.due()) {
      this.memory = withoutTimer(this.memory as Row);
      this.now = later(this.now, due.at);
      this.turn(due.command);
    }
    this.now = later(this.now, time);
    return this.clocks.clocks;
  }

  private due(): { readonly at: string; readonly command: object } | null {
    const at = this.memory?.['dueAt'];
    if (typeof at !== 'string') return null;
    return { at, command: hydrate(EvaluateSlaClocks, this.memory?.['dueCommand'] as EvaluateSlaClocks) };
  }
  private react(event: RecordedEvent): void {
    if (!this.watch.on[event.type] || !this.watch.keysOf(event).includes(this.ticketId)) return;
    const { row, send } = reactionTo(this.watch, this.memory, this.ticketId, event);
    this.memory = row;
    for (const command of send) this.turn(command);
  }
  private turn(command: object): void {
    if (++this.turns > TURNS_MAX) throw new Error(`the clocks of ${this.ticketId} do not come to rest`);
    const known = { ...Object.fromEntries(this.states), rulebook: this.rulebook };
    const context = { now: this.now, actor: HOUSE, known: known as never, eventId: () => '' };
    const decide = this.rules.decide[nameOf(command.constructor as Class)];
    for (const { messageClass, data, at = this.now } of decide?.(this.clocks, command as never, context) ??
      []) {
      const event = { type: messageClass.name, data, occurredAt: at };
      this.clocks = evolve(this.rules, this.clocks, event) as Clocks;
      this.react(event as RecordedEvent);
    }
  }
}

/** The commands of people behind the events of clocks; those of the product's own come about here by themselves. */
type ByHand = typeof PauseSlaClock | typeof ResumeSlaClock;
const BY_HAND: ReadonlyMap<string, ByHand> = new Map<string, ByHand>([
  ['SlaClockPaused', PauseSlaClock],
  ['SlaClockResumed', ResumeSlaClock],
]);
/** The policy leaves tickets alone whose deadlines another system kept. */
const asOurs = (event: RecordedEvent, of: Partial<RecordedEvent> = {}): RecordedEvent => {
  const meta = { ...event.meta, actorRole: HOUSE.role };
  const ours = Object.entries({ ...of, meta }).map(([field, value]) => [field, { value }] as const);
  return Object.create(event, Object.fromEntries(ours)) as RecordedEvent;
};
/** Here a ticket of its first priority would have gone through the green channel at once (R-13, SYS-14.2). */
const isFirst = ({ type, data }: RecordedEvent): boolean =>
  PRIORITY_BROUGHT.has(type) && (data as TicketRegistered).priority === 1;
const PRIORITY_BROUGHT: ReadonlySet<string> = new Set([TicketRegistered.name, TicketUrgencyChanged.name]);
const channelOf = (event: RecordedEvent): RecordedEvent =>
  asOurs(event, { type: GreenChannelOpened.name, data: { ...event.data, openedAt: event.occurredAt } });
const later = (one: string, other: string): string => (one > other ? one : other);
