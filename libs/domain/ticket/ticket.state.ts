import { refuse, reject, type Aggregate, type DataOf } from '@rapport/kernel';
import { analysisMoves, type Analysis } from './ticket.analysis.state';
import { deviationMoves, type Planned } from './ticket.deviation.state';
import type { CustomerGrade } from '../customer/customer.values';
import type { TicketRegistered } from './ticket.events';
import { greenMoves, type Green } from './ticket.greenchannel.state';
import type { Known } from './ticket.known';
import type { commands, events } from './ticket.language';
import { priorityMoves, type Prioritised } from './ticket.priority.state';
import { progressMoves, type Progress } from './ticket.progress.state';
import { strategyMoves, type Strategy } from './ticket.strategy.state';
import { taskMoves, told, type Tasks } from './ticket.tasks.state';
import type { ClosureOutcome, ServicePhase, TicketManifest, TicketType, Urgency } from './ticket.values';

/** What topics of their own know of a ticket. */
interface Topics {
  readonly analysis: Analysis;
  readonly prioritised: Prioritised;
  readonly strategy: Strategy;
  readonly green: Green;
  readonly progress: Progress;
  readonly tasks: Tasks;
  readonly planned: Planned;
}
/** What every registered ticket has. Spread into an event, it fills in the fields that the event declares. */
export interface Facts extends Partial<Topics> {
  readonly ticketId: string;
  readonly customerId: string;
  readonly type?: TicketType;
  readonly urgency: Urgency;
  readonly priority?: number;
  readonly raisedAt: string;
  /** When no time of that day was known. */
  readonly raisedOn?: string;
  readonly servicePhase?: ServicePhase;
  readonly isEnquiry: boolean;
  readonly channel: DataOf<typeof TicketRegistered>['channel'];
  readonly grade?: CustomerGrade;
  readonly ownerId?: string;
  readonly department?: string;
  /** 1 until a solution fails, a second one follows or the ticket is reopened. */
  readonly round: number;
  readonly steps: number;
  readonly lastStepAt?: string;
  /** By a person. */
  readonly acknowledgedAt?: string;
  /** By a machine. */
  readonly receiptAt?: string;
  readonly respondedAt?: string;
  /** Since when the customer waits anew, for a first response too, and in which round; absent: since it was raised. */
  readonly again?: Again;
  /** The last round in which the customer got a first response. */
  readonly answeredRound?: number;
  /** When the last plan was presented. */
  readonly plannedAt?: string;
  /** When it was last entered that somebody acknowledged, answered, planned or solved it: no earlier than that anybody knew. */
  readonly enteredAt?: Entered;
  /** The tickets its parts became. */
  readonly splitInto: readonly string[];
  /** What lies in it beside its steps, for the manifest of the archive. */
  readonly filed: Filed;
  /** The last reminder about the solution it stands on, by its days. */
  readonly remindedDays?: number;
  /** As it was taken in. */
  readonly isComplex: boolean;
  /** The contact who raised it, or who was named later. */
  readonly raisedBy?: string;
  /** The department leads because of the type, and follows it. */
  readonly ledByType?: boolean;
  /** A solution or a plan did not satisfy, and no adjusted plan has come yet. */
  readonly adjusting?: boolean;
  /** Promises that were made for it, whatever became of them. */
  readonly commitmentIds?: readonly string[];
}
type Again = { readonly round: number; readonly at: string };
type Entered = Partial<Readonly<Record<'acknowledged' | 'responded' | 'planned' | 'solved', string>>>;
type Filed = Pick<TicketManifest, 'attachments' | 'plans' | 'solutions' | 'splitFrom' | 'recurrenceOf'>;
/** A ticket that may still move. */
export type OpenTicket =
  | { readonly stage: 'new' | 'working'; readonly of: Facts }
  /** `solvedAt`: a solution had been delivered before the question went out. */
  | {
      readonly stage: 'waiting';
      readonly of: Facts;
      readonly waitingSince: string;
      readonly solvedAt?: string;
    }
  | { readonly stage: 'solved' | 'confirmed'; readonly of: Facts; readonly solvedAt: string };
export type ClosedTicket = {
  readonly stage: 'closed';
  readonly of: Facts;
  readonly closedAt: string;
  readonly outcome: ClosureOutcome;
  readonly archivedAt?: string;
};
export type Ticket =
  | { readonly stage: 'unregistered' }
  | OpenTicket
  | ClosedTicket
  | { readonly stage: 'withdrawn'; readonly of: Facts; readonly withdrawnAt: string };

export type { Known } from './ticket.known';
type Rules = Aggregate<Ticket, typeof events, typeof commands, Known>;
export type Decide = Rules['decide'];

type Moves<Slice> = Readonly<Record<string, (was: Slice | undefined, data: never) => Slice>>;
/** A topic moves its own slice of the facts, and whatever follows from it. */
const topic = <K extends keyof Topics, M extends Moves<Topics[K]>>(
  field: K,
  moves: M,
  beside: (slice: Topics[K]) => Partial<Facts> = () => ({}),
) =>
  Object.fromEntries(
    Object.entries(moves).map(([type, move]) => [
      type,
      (ticket: Ticket, data: never) => {
        const of: Partial<Topics> = factsOf(ticket);
        const slice = move(of[field], data);
        return having(ticket, { [field]: slice, ...beside(slice) });
      },
    ]),
  ) as { readonly [T in keyof M]: (ticket: Ticket, data: Parameters<M[T]>[1]) => Ticket };

export const evolve: Rules['evolve'] = {
  TicketRegistered: (_, data) => ({ stage: 'new', of: firstFacts(data) }),
  TicketDetailsAmended: (ticket, { contactId }) => having(ticket, present({ raisedBy: contactId })),
  TicketAttachmentAdded: (ticket, { attachment }) =>
    filing(ticket, ({ attachments }) => ({ attachments: [...attachments, attachment.name] })),
  TicketClassified: (ticket, { to: type, isEnquiry, servicePhase }) =>
    having(ticket, { type, isEnquiry, ...present({ servicePhase }) }),
  TicketSplit: (ticket, { newTicketIds }) =>
    having(ticket, { splitInto: [...factsOf(ticket).splitInto, ...newTicketIds] }),
  TicketPartSplitOff: (ticket) => ticket,
  TicketUrgencyChanged: (ticket, { urgency, priority }) => having(ticket, present({ urgency, priority })),
  TicketWithdrawn: (ticket, { withdrawnAt }) => ({ stage: 'withdrawn', of: factsOf(ticket), withdrawnAt }),
  TicketOwnerAssigned: (ticket, { to: ownerId }) => having(ticket, { ownerId }),
  LeadDepartmentAssigned: (ticket, { to: department, byType: ledByType = false }) =>
    having(ticket, { department, ledByType }),
  TicketAcknowledged: (ticket, { acknowledgedAt: at, automatic, notedAt = at }) =>
    automatic
      ? having(ticket, { receiptAt: at })
      : begun(having(entered(ticket, { acknowledged: notedAt }), { acknowledgedAt: at })),
  FirstResponseRecorded: (ticket, { respondedAt, round: answeredRound = 1, notedAt = respondedAt }) =>
    begun(having(entered(ticket, { responded: notedAt }), { respondedAt, answeredRound })),
  ExecutionStepRecorded: (ticket, { step: steps, executedAt }) =>
    begun(having(ticket, { steps, lastStepAt: later(executedAt, factsOf(ticket).lastStepAt) })),
  PlanPresented: (ticket, { presentedAt, notedAt }) =>
    planFiled(begun(toldOfTasks(ticket)), presentedAt, notedAt),
  TicketWaitingForCustomer: (ticket, { waitingSince }) => ({
    ...{ stage: 'waiting', of: factsOf(ticket), waitingSince },
    ...present({ solvedAt: solvedAtOf(ticket) }),
  }),
  TicketResumed: (ticket) => {
    const solvedAt = solvedAtOf(ticket);
    const of = factsOf(ticket);
    return solvedAt === undefined ? { stage: 'working', of } : { stage: 'solved', of, solvedAt };
  },
  SolutionDelivered: (was, { deliveredAt: solvedAt, round, notedAt: solved = solvedAt }) => {
    const ticket = entered(was, { solved });
    const delivered = factsOf(filing(toldOfTasks(ticket), ({ solutions }) => ({ solutions: solutions + 1 })));
    return { stage: 'solved', of: { ...delivered, round, remindedDays: 0 }, solvedAt };
  },
  ClosureReminderDue: (ticket, { afterDays: remindedDays }) => having(ticket, { remindedDays }),
  CustomerConfirmedSatisfied: (ticket, { confirmedAt }) => ({
    ...{ stage: 'confirmed', of: factsOf(toldOfTasks(ticket)), solvedAt: solvedAtOf(ticket) ?? confirmedAt },
  }),
  CustomerReportedDissatisfied: (ticket) => ({ stage: 'working', of: factsOf(ticket) }),
  SecondCommunicationStarted: (ticket, { round, startedAt: at }) => ({
    stage: 'working',
    of: { ...factsOf(ticket), round, again: { round, at }, adjusting: true },
  }),
  TicketClosed: (ticket, { closedAt, outcome }) => ({
    stage: 'closed',
    of: factsOf(ticket),
    closedAt,
    outcome,
  }),
  TicketArchived: (ticket, { archivedAt }) =>
    ticket.stage === 'closed' ? { ...ticket, archivedAt } : ticket,
  CommitmentTied: (ticket, { commitmentId }) =>
    having(ticket, { commitmentIds: [...(factsOf(ticket).commitmentIds ?? []), commitmentId] }),
  ...topic('analysis', analysisMoves),
  ...topic('prioritised', priorityMoves, ({ level: priority }) => ({ priority })),
  ...topic('strategy', strategyMoves),
  ...topic('green', greenMoves),
  ...topic('progress', progressMoves),
  ...topic('tasks', taskMoves),
  ...topic('planned', deviationMoves),
  ProgressSynced: (ticket, synced) =>
    toldOfTasks(having(ticket, { progress: progressMoves.ProgressSynced(factsOf(ticket).progress, synced) })),
  RevisedPlanIssued: (ticket, issued) =>
    planFiled(
      having(ticket, { planned: deviationMoves.RevisedPlanIssued(factsOf(ticket).planned, issued) }),
      issued.issuedAt,
      issued.notedAt,
    ),
  TicketReopened: (ticket, { round, reopenedAt: at }) => ({
    stage: 'working',
    of: { ...factsOf(ticket), round, again: { round, at } },
  }),
};

const firstFacts = (data: DataOf<typeof TicketRegistered>): Facts => ({
  ...{ ticketId: data.ticketId, customerId: data.customerId, urgency: data.urgency, raisedAt: data.raisedAt },
  ...{ isEnquiry: data.isEnquiry, channel: data.channel, round: 1, steps: 0, splitInto: [] },
  ...{ filed: firstFiled(data) },
  ...present({ type: data.type, priority: data.priority, raisedBy: data.contactId, grade: data.grade }),
  ...present({ servicePhase: data.servicePhase, raisedOn: data.raisedOn }),
  isComplex: data.isComplex,
});
const firstFiled = ({
  attachments = [],
  splitFrom,
  recurrenceOf,
}: DataOf<typeof TicketRegistered>): Filed => ({
  ...{ attachments: attachments.map(({ name }) => name), plans: 0, solutions: 0 },
  ...present({ splitFrom, recurrenceOf }),
});
const filing = (ticket: Ticket, more: (filed: Filed) => Partial<Filed>): Ticket => {
  const { filed } = factsOf(ticket);
  return having(ticket, { filed: { ...filed, ...more(filed) } });
};
const entered = (ticket: Ticket, more: Entered): Ticket =>
  having(ticket, { enteredAt: { ...factsOf(ticket).enteredAt, ...more } });
const having = (ticket: Ticket, change: Partial<Facts>): Ticket =>
  ticket.stage === 'unregistered' ? ticket : { ...ticket, of: { ...ticket.of, ...change } };
/** A plan was laid before the customer: it is filed, and an adjusted one is no longer missing. */
function planFiled(ticket: Ticket, plannedAt: string, planned = plannedAt): Ticket {
  const filed = filing(entered(ticket, { planned }), ({ plans }) => ({ plans: plans + 1 }));
  return having(filed, { plannedAt, adjusting: false });
}
/** The customer has heard what came of the tasks of the departments. */
function toldOfTasks(ticket: Ticket): Ticket {
  const { tasks } = factsOf(ticket);
  return tasks ? having(ticket, { tasks: told(tasks) }) : ticket;
}
const begun = (ticket: Ticket): Ticket => (ticket.stage === 'new' ? { ...ticket, stage: 'working' } : ticket);

/** The facts of a ticket that is known to exist: the log holds nothing before its registration. */
const factsOf = (ticket: Ticket): Facts => {
  if (ticket.stage === 'unregistered') throw new Error('the ticket has a history but was never registered');
  return ticket.of;
};
/** When the solution was delivered that the ticket stands on, if it stands on one. */
export const solvedAtOf = (ticket: Ticket): string | undefined =>
  'solvedAt' in ticket ? ticket.solvedAt : undefined;

/** The ticket, if it can still move at `now`. */
export const openTicket = (ticket: Ticket, now: string): OpenTicket => {
  const found = registered(ticket, now);
  if (found.stage === 'closed') assertNotArchived(found);
  if (found.stage === 'closed') return refuse('TICKET_CLOSED', 'the ticket is closed: reopen it first');
  if (found.stage === 'withdrawn') return refuse('TICKET_WITHDRAWN', 'the customer has withdrawn the ticket');
  return found;
};
/** An archive is read-only: what comes back is told by a new ticket (SYS-19). */
export const assertNotArchived = ({ archivedAt, of }: ClosedTicket): void => {
  if (archivedAt !== undefined)
    refuse('TICKET_ARCHIVED', 'the ticket is archived and read-only: register a new one that names it', {
      recurrenceOf: of.ticketId,
      archivedAt,
    });
};
/** The ticket, if there is one; nothing can happen to it before it was raised. */
export const registered = (ticket: Ticket, now: string): Exclude<Ticket, { stage: 'unregistered' }> => {
  if (ticket.stage === 'unregistered') return refuse('TICKET_UNKNOWN', 'there is no such ticket');
  if (now < ticket.of.raisedAt)
    return refuse('BEFORE_RAISED', 'nothing can happen to a ticket before it was raised', {
      raisedAt: ticket.of.raisedAt,
    });
  return ticket;
};
/** A time that the sender names: not before the ticket was raised and not in the future. */
export const timely = ({ of }: OpenTicket, field: string, at: string, now: string): string => {
  if (at < of.raisedAt) return reject('BEFORE_RAISED', field, `${field} lies before the ticket was raised`);
  if (at > now) return reject('IN_FUTURE', field, `${field} lies in the future`);
  return at;
};

/** Only the fields that say something. */
export const present = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
const DAY_MS = 86_400_000;
export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS;
export const later = (one: string, other: string | undefined): string =>
  other === undefined || one > other ? one : other;
