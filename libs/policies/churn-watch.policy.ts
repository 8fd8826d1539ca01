import { AssessChurnRisk, ClearChurnFlag } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { daysAfter, type ComplaintLevel } from '@rapport/domain/values';
import { at, flag, json, policy, text, type Reaction, type RecordedEvent, type RowOf } from '@rapport/kernel';
import {
  breachedToo,
  closed,
  graded,
  nextTurn,
  opened,
  signalsOf,
  type Watched,
  type WatchedTicket,
} from './churn-watch.signals';

const columns = {
  silence: json<Watched['silence']>(null),
  manualFlag: json<Watched['manualFlag']>(null),
  decline: json<Watched['decline']>(null),
  broken: json<Watched['broken']>(null),
  breaches: json<Watched['breaches']>([]),
  tickets: json<readonly WatchedTicket[]>([]),
  churned: flag(),
  /** The business time of the last assessment. */
  assessedAt: text(),
};
type Memory = RowOf<typeof columns>;

/** Watches each customer's churn signals: every change is assessed, and so is every moment at which one begins or ends. */
export const churnWatch = policy(events, {
  name: 'churn-watch',
  about:
    'Assesses the churn risk whenever a signal appears or goes, and whenever one begins or ends by itself.',
  version: 3,
  key: 'customerId',
  columns,
}).on({
  CustomerTurnedSilent: (memory, { silentSince, lastActivityAt, thresholdDays }, event) => {
    const longSince = daysAfter(lastActivityAt, 2 * thresholdDays);
    return after(memory, { silence: { eventId: event.id, since: silentSince, longSince } }, event);
  },
  CustomerReawakened: (memory, _, event) => after(memory, { silence: null }, event),

  ChurnRiskFlagged: (memory, _, event) =>
    after(memory, { manualFlag: { eventId: event.id, since: event.occurredAt } }, event),
  ChurnFlagCleared: (memory, _, event) => after(memory, { manualFlag: null }, event),

  UsageDeclineDetected: (memory, { detectedAt: since }, event) =>
    after(memory, { decline: { eventId: event.id, since } }, event),
  UsageDeclineEnded: (memory, _, event) => after(memory, { decline: null }, event),
  CommitmentBroken: (memory, { brokenAt }, event) => brokenAgain(memory, brokenAt, event),
  /** A broken commitment has been counted by then; a promise to everybody counts as one to this customer (SYS-27.3). */
  TrustRepairOpened: (memory, { breach, brokenAt }, event) =>
    breach === 'PUBLISHED_PROMISE' ? brokenAgain(memory, brokenAt, event) : undefined,

  SlaClockBreached: (memory, { breachedAt: since }, event) =>
    after(memory, { breaches: breachedToo(memory.breaches, { eventId: event.id, since }) }, event),

  TicketRegistered: (memory, { ticketId }, event) =>
    after(memory, { tickets: opened(memory.tickets, ticketId) }, event),
  TicketReopened: (memory, { ticketId }, event) =>
    after(memory, { tickets: opened(memory.tickets, ticketId) }, event),
  TicketClosed: (memory, { ticketId, closedAt }, event) =>
    after(memory, { tickets: closed(memory.tickets, ticketId, closedAt) }, event),
  TicketWithdrawn: (memory, { ticketId, withdrawnAt }, event) =>
    after(memory, { tickets: closed(memory.tickets, ticketId, withdrawnAt) }, event),
  ComplaintGraded: (memory, { ticketId, level }, event) => gradedAs(memory, ticketId, level, event),
  ComplaintLevelRaised: (memory, { ticketId, to }, event) => gradedAs(memory, ticketId, to, event),

  CustomerChurned: (memory, { customerId }, event) => {
    const gone = after(memory, { churned: true, silence: null, manualFlag: null }, event);
    if (memory.manualFlag === null) return gone;
    const clear = ClearChurnFlag.of({ customerId, reason: 'the customer has churned' });
    return { ...gone, send: [...(gone.send ?? []), clear] };
  },
  CustomerWonBack: (memory, _, event) => after(memory, { churned: false }, event),

  /** Our own answer: it took place, so the next moment is waited for. */
  ChurnRiskAssessed: (memory, _, { occurredAt }) => waiting(memory, later(memory.assessedAt, occurredAt)),
});

const brokenAgain = (memory: Memory, since: string, event: RecordedEvent) =>
  memory.broken !== null && memory.broken.since > since
    ? undefined // a later one counts longer
    : after(memory, { broken: { eventId: event.id, since } }, event);
const gradedAs = (memory: Memory, ticketId: string, level: ComplaintLevel, event: RecordedEvent) => {
  const source = { eventId: event.id, since: event.occurredAt };
  return after(memory, { tickets: graded(memory.tickets, ticketId, level, source) }, event);
};

/** Assesses when the signals are others than before. An assessment never goes back behind the one before it. */
const after = (
  memory: Memory,
  change: Partial<Watched>,
  { occurredAt }: RecordedEvent,
): Reaction<typeof columns> => {
  const now = { ...memory, ...change };
  const moment = later(memory.assessedAt, occurredAt);
  const signals = signalsOf(now, moment);
  if (JSON.stringify(signals) === JSON.stringify(signalsOf(memory, moment))) return { remember: change };
  const { remember, wake } = waiting(now, moment);
  const send = [AssessChurnRisk.of({ customerId: memory.key, signals })];
  return { remember: { ...change, ...remember }, send, ...(wake !== undefined && { wake }) };
};

const waiting = (memory: Memory, moment: string): Reaction<typeof columns> => {
  const signals = signalsOf(memory, moment);
  const turn = nextTurn(signals, moment);
  const assess = AssessChurnRisk.of({ customerId: memory.key, signals });
  return { remember: { assessedAt: moment }, wake: turn === null ? null : at(turn, assess) };
};

const later = (one: string, other: string): string => (one > other ? one : other);
