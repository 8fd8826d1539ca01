import { reject } from '@rapport/kernel';
import { SlaMoment } from '@rapport/domain/values';
import type { Application } from '../application';
import { rulebookOf, type Candidate } from './candidate';
import { PastClocks, type PastClock } from './past-clocks';
import { PastTickets, type PastTicket, type Span } from './past-tickets';

/** The moments that a clock may be about, in the order in which they come. */
export const SLA_MOMENTS: readonly string[] = Object.keys(SlaMoment);
/** Most breaches that one report lists; all are counted. */
export const BREACHES_LISTED_MAX = 10_000;
const EXAMPLES = 5;

export interface Wish extends Candidate, Span {
  /** Until when it is looked at what became of the tickets; `now`, as a rule. */
  readonly asOf: string;
  /** Most breaches that are listed, those that would have taken longest first. */
  readonly listed: number;
  /** Only the clocks of this moment; what the source said is compared all the same. */
  readonly moment?: string;
  /** About so many tickets are looked at: those of one moment together; absent: all. */
  readonly ticketsMax?: number;
}
export interface Watching {
  /** After every ticket: how many of how many. */
  readonly onProgress?: (done: number, all: number) => void;
  readonly stopped?: () => boolean;
}

/** Of the clocks of one kind: how many were kept. */
export interface Attainment {
  readonly month: string;
  /** null: never assigned. */
  readonly priority: number | null;
  readonly moment: string;
  readonly started: number;
  readonly met: number;
  /** Reached, too late. */
  readonly metLate: number;
  /** Missed and not reached by `asOf`. */
  readonly missed: number;
  /** Neither reached nor missed by `asOf`. */
  readonly open: number;
  readonly cancelled: number;
  /** Met, of all that were met or missed; null: none was. */
  readonly attainment: number | null;
}
export interface WouldBeBreach {
  readonly ticketId: string;
  readonly priority: number | null;
  readonly moment: string;
  readonly round: number;
  readonly rule: string;
  readonly dueAt: string;
  /** null: not reached by `asOf`. */
  readonly reachedAt: string | null;
  /** By how much, until it was reached or `asOf`. */
  readonly overdueMs: number;
}
/** What the source said of its own deadline beside what the policy says of the solution. */
export interface Compared {
  readonly source: 'MET' | 'MISSED';
  readonly policy: 'MET' | 'MISSED' | 'UNDECIDED';
  readonly tickets: number;
  readonly examples: readonly string[];
}
export interface SlaWhatIf extends Span {
  readonly asOf: string;
  readonly tickets: number;
  /** Everything in the span was looked at. */
  readonly complete: boolean;
  /** Where to go on from if it is not; null: nowhere. */
  readonly next: string | null;
  readonly attainment: readonly Attainment[];
  readonly breaches: { readonly count: number; readonly longest: readonly WouldBeBreach[] };
  readonly againstSource: readonly Compared[];
}

/** Which tickets there are, by when they were raised. */
const TICKETS = 'ticket-timeliness';
const pastIn = ({ store, rows, plan }: Application): PastTickets => {
  const tickets = plan.readModels.find(({ question }) => question === TICKETS);
  if (!tickets) throw new Error(`the read model ${TICKETS} is missing from the product`);
  return new PastTickets(store, rows, tickets.table);
};

/**
 * What a policy would have meant for past tickets: nothing is written. Each ticket is told anew to the product's own
 * clocks. Throws `Invalid` or `Refusal` where the policy could not be published.
 */
export const slaWhatIf = async (
  application: Application,
  wish: Wish,
  watching: Watching = {},
): Promise<SlaWhatIf> => {
  const { from, to, asOf, listed, ticketsMax = Number.MAX_SAFE_INTEGER } = wish;
  if (from >= to) reject('SPAN_EMPTY', 'to', 'to lies before from, or is the same moment');
  const rulebook = await rulebookOf(application.store, wish, asOf);
  const tickets = pastIn(application);
  const all = await tickets.count({ from, to });
  const tally = new Tally(asOf, Math.min(listed, BREACHES_LISTED_MAX), wish.moment);
  let [done, last, next] = [0, '', null as string | null];
  for await (const ticket of tickets.all({ from, to })) {
    // between two moments only, so that whoever goes on from `next` leaves out none and sees none twice
    if (ticket.raisedAt !== last && (done >= ticketsMax || watching.stopped?.())) {
      next = ticket.raisedAt;
      break;
    }
    const clocks = new PastClocks(ticket.ticketId, rulebook);
    for (const event of ticket.events) if (event.occurredAt <= asOf) clocks.hear(event);
    tally.note(ticket, clocks.until(asOf));
    [done, last] = [done + 1, ticket.raisedAt];
    watching.onProgress?.(done, all);
  }
  return { ...{ from, to, asOf, tickets: done, complete: next === null, next }, ...tally.told() };
};

type Counts = { -readonly [K in 'started' | 'met' | 'metLate' | 'missed' | 'open' | 'cancelled']: number };

class Tally {
  private readonly cells = new Map<string, Pick<Attainment, 'month' | 'priority' | 'moment'> & Counts>();
  private readonly compared = new Map<string, { tickets: number; examples: string[] }>();
  private longest: WouldBeBreach[] = [];
  private breaches = 0;

  constructor(
    private readonly asOf: string,
    private readonly listed: number,
    private readonly moment: string | undefined,
  ) {}

  note(ticket: PastTicket, clocks: readonly PastClock[]): void {
    for (const clock of clocks.filter(({ moment }) => moment === (this.moment ?? moment))) {
      const cell = this.cellOf(ticket, clock.moment);
      cell.started++;
      cell[outcomeOf(clock)]++;
      if (clock.breachedAt !== undefined) this.breach(ticket, clock);
    }
    if (ticket.sourceVerdict) this.compare(ticket, ticket.sourceVerdict, clocks);
  }
  told(): Pick<SlaWhatIf, 'attainment' | 'breaches' | 'againstSource'> {
    this.prune();
    return {
      attainment: [...this.cells.values()]
        .map((cell) => ({ ...cell, attainment: shareOf(cell) }))
        .sort(byPlace),
      breaches: { count: this.breaches, longest: this.longest },
      againstSource: [...this.compared].sort().map(([key, { tickets, examples }]) => {
        const [source, policy] = key.split('|') as [Compared['source'], Compared['policy']];
        return { source, policy, tickets, examples };
      }),
    };
  }

  private cellOf({ raisedAt, priority }: PastTicket, moment: string) {
    const month = raisedAt.slice(0, 7);
    const key = `${month}|${priority}|${moment}`;
    const cell = this.cells.get(key) ?? { month, priority, moment, ...NOTHING };
    this.cells.set(key, cell);
    return cell;
  }
  private breach({ ticketId, priority }: PastTicket, clock: PastClock): void {
    this.breaches++;
    const { moment, round, winner, times, endedAt } = clock;
    const reachedAt = clock.end === 'MET_LATE' ? (endedAt ?? null) : null;
    const overdueMs = Date.parse(endedAt ?? this.asOf) - Date.parse(times.dueAt);
    this.longest.push({
      ...{ ticketId, priority, moment, round, rule: winner.rule, dueAt: times.dueAt, reachedAt, overdueMs },
    });
    if (this.longest.length > 2 * this.listed + 1_000) this.prune();
  }
  private prune(): void {
    this.longest = this.longest
      .sort((one, other) => other.overdueMs - one.overdueMs || (one.ticketId < other.ticketId ? -1 : 1))
      .slice(0, this.listed);
  }
  /** The solution that held last is what the source judged. */
  private compare({ ticketId }: PastTicket, source: 'MET' | 'MISSED', clocks: readonly PastClock[]): void {
    const solution = clocks.filter(({ moment, end }) => moment === 'RESOLVE' && end !== 'CANCELLED').at(-1);
    const key = `${source}|${verdictOf(solution)}`;
    const cell = this.compared.get(key) ?? { tickets: 0, examples: [] };
    cell.tickets++;
    if (cell.examples.length < EXAMPLES) cell.examples.push(ticketId);
    this.compared.set(key, cell);
  }
}
const NOTHING: Counts = { started: 0, met: 0, metLate: 0, missed: 0, open: 0, cancelled: 0 };

const outcomeOf = ({ end, breachedAt }: PastClock): Exclude<keyof Counts, 'started'> => {
  if (end === 'MET') return 'met';
  if (end === 'CANCELLED') return 'cancelled';
  if (end === 'MET_LATE') return 'metLate';
  return breachedAt === undefined ? 'open' : 'missed';
};
const verdictOf = (clock: PastClock | undefined): Compared['policy'] => {
  if (clock?.breachedAt !== undefined) return 'MISSED';
  return clock?.end === 'MET' ? 'MET' : 'UNDECIDED';
};
const shareOf = ({ met, metLate, missed }: Counts): number | null => {
  const judged = met + metLate + missed;
  return judged === 0 ? null : Math.round((met / judged) * 10_000) / 10_000;
};
const byPlace = (one: Attainment, other: Attainment): number => (placeOf(one) < placeOf(other) ? -1 : 1);
const placeOf = ({ month, priority, moment }: Attainment): string =>
  `${month}|${priority ?? 9}|${SLA_MOMENTS.indexOf(moment)}`;
