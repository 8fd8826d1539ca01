import {
  daysAfter,
  type ChurnSignalCode,
  type ComplaintLevel,
  type SentSignal,
} from '@rapport/domain/values';

/** What is remembered of a customer between two assessments. */
export interface Watched {
  readonly silence: Silence | null;
  readonly manualFlag: Source | null;
  /** The use of features declines. */
  readonly decline: Source | null;
  /** The last commitment that was broken. */
  readonly broken: Source | null;
  /** The last two deadlines that were missed, the earlier one first. */
  readonly breaches: readonly Source[];
  readonly tickets: readonly WatchedTicket[];
  /** A customer who left gives no signals. */
  readonly churned: boolean;
}
export interface Source {
  readonly eventId: string;
  readonly since: string;
}
interface Silence extends Source {
  readonly longSince: string;
}
export interface WatchedTicket {
  readonly ticketId: string;
  /** When it was graded as a serious or major complaint, and by which event. */
  readonly serious?: Source;
  readonly closedAt?: string;
}

/** A serious complaint still counts so long after it was closed (handbook 2.5). */
const AFTER_CLOSING_DAYS = 30;
/** A broken commitment counts so long (handbook 2.5). */
const AFTER_BREACH_DAYS = 30;
/** Two missed deadlines within so many days are a signal, as long as both lie within them (handbook 2.5). */
const BREACHES_WITHIN_DAYS = 30;
/** As many missed deadlines make the signal; earlier ones say no more. */
const BREACHES_THAT_COUNT = 2;
/** Closed tickets that are remembered, so that a late grade or a reopening finds them. */
const CLOSED_MAX = 100;
/** More signals than this say no more: each kind counts once. */
const SIGNALS_MAX = 100;

/** The signals that count at a moment or will count later, those that last longest first. */
export const signalsOf = (
  { silence, manualFlag, decline, broken, breaches, tickets, churned }: Watched,
  moment: string,
): readonly SentSignal[] => {
  if (churned) return [];
  const silences: SentSignal[] =
    silence === null
      ? []
      : [
          { code: 'SILENCE', sourceEventId: silence.eventId, since: silence.since },
          { code: 'LONG_SILENCE', sourceEventId: silence.eventId, since: silence.longSince },
        ];
  const lasting = [...signal('MANUAL_FLAG', manualFlag), ...signal('USAGE_DECLINE', decline)];
  const passing = [
    ...signal('BROKEN_COMMITMENT', broken, AFTER_BREACH_DAYS),
    ...breachesSignal(breaches),
    ...tickets.flatMap(complaintSignal),
  ];
  const ending = passing.filter(({ expiresAt }) => lasts(expiresAt) > moment).sort(longestFirst);
  return [...silences, ...lasting, ...ending].slice(0, SIGNALS_MAX);
};
const signal = (code: ChurnSignalCode, source: Source | null, days?: number): readonly SentSignal[] => {
  if (source === null) return [];
  const { eventId: sourceEventId, since } = source;
  return [{ code, sourceEventId, since, ...(days !== undefined && { expiresAt: daysAfter(since, days) }) }];
};
/** From the second one on, until the first lies too far back. */
const breachesSignal = ([first, second]: readonly Source[]): readonly SentSignal[] => {
  if (!first || !second) return [];
  const expiresAt = daysAfter(first.since, BREACHES_WITHIN_DAYS);
  return [{ code: 'SLA_BREACHES', sourceEventId: second.eventId, since: second.since, expiresAt }];
};
/** Deadlines may be told in another order than they passed: the last two by their own time count. */
export const breachedToo = (breaches: readonly Source[], another: Source): readonly Source[] =>
  [...breaches, another]
    .sort((one, other) => Date.parse(one.since) - Date.parse(other.since))
    .slice(-BREACHES_THAT_COUNT);
const longestFirst = (one: SentSignal, other: SentSignal): number => {
  const [mine, others] = [lasts(one.expiresAt), lasts(other.expiresAt)];
  if (mine === others) return 0;
  return mine > others ? -1 : 1;
};
/** Text that sorts after every instant. */
const lasts = (expiresAt: string | undefined): string => expiresAt ?? '~';

const complaintSignal = ({ serious, closedAt }: WatchedTicket): readonly SentSignal[] => {
  if (!serious) return [];
  const { eventId, since } = serious;
  const end = closedAt === undefined ? {} : { expiresAt: daysAfter(closedAt, AFTER_CLOSING_DAYS) };
  return [{ code: 'SERIOUS_COMPLAINT', sourceEventId: eventId, since, ...end }];
};

/** The next moment after this one at which a signal begins or ends; null: the score stays as it is by itself. */
export const nextTurn = (signals: readonly SentSignal[], moment: string): string | null =>
  signals
    .flatMap(({ since, expiresAt }) => (expiresAt === undefined ? [since] : [since, expiresAt]))
    .filter((turn) => turn > moment)
    .sort()[0] ?? null;

export const opened = (tickets: readonly WatchedTicket[], ticketId: string): readonly WatchedTicket[] => {
  const known = tickets.find((ticket) => ticket.ticketId === ticketId);
  const serious = known?.serious;
  return put(tickets, { ticketId, ...(serious && { serious }) });
};
export const closed = (tickets: readonly WatchedTicket[], ticketId: string, closedAt: string) => {
  const known = tickets.find((ticket) => ticket.ticketId === ticketId) ?? { ticketId };
  return bounded(put(tickets, { ...known, closedAt }));
};
/** A ticket that is no longer remembered was closed so long ago that its grade counts no more. */
export const graded = (
  tickets: readonly WatchedTicket[],
  ticketId: string,
  level: ComplaintLevel,
  source: Source,
): readonly WatchedTicket[] =>
  tickets.map((ticket) => {
    if (ticket.ticketId !== ticketId) return ticket;
    const { serious, ...rest } = ticket;
    return level === 'ORDINARY' ? rest : { ...rest, serious: serious ?? source };
  });

const put = (tickets: readonly WatchedTicket[], ticket: WatchedTicket): readonly WatchedTicket[] => [
  ...tickets.filter(({ ticketId }) => ticketId !== ticket.ticketId),
  ticket,
];
const bounded = (tickets: readonly WatchedTicket[]): readonly WatchedTicket[] => {
  const over = tickets.filter(({ closedAt }) => closedAt !== undefined).slice(0, -CLOSED_MAX);
  return over.length === 0 ? tickets : tickets.filter((ticket) => !over.includes(ticket));
};
