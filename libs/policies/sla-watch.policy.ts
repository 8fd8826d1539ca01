import { EvaluateSlaClocks } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { mayPauseClocks, SlaFacts } from '@rapport/domain/values';
import {
  at,
  hydrate,
  json,
  maybe,
  policy,
  text,
  type Reaction,
  type RecordedEvent,
  type RowOf,
} from '@rapport/kernel';
import {
  agreeing,
  another,
  begun,
  classed,
  deviating,
  closing,
  goingOn,
  hearing,
  momentIn,
  pledging,
  promiseIn,
  promising,
  reaching,
  risen,
  throughChannel,
  unpromising,
  waitingFor,
  type Facts,
} from './sla-watch.facts';

const columns = {
  /** null: it has no clocks. */
  facts: json<Facts | null>(null),
  /** When its clocks are to be looked at next, as they said themselves. */
  wakeAt: maybe(text()),
};
type Memory = RowOf<typeof columns>;
type Ask = Reaction<typeof columns> | undefined;

/** Promises name their ticket, if they are for one. */
const ofTicket = ({ ticketId }: { readonly ticketId?: string }): readonly string[] =>
  ticketId === undefined ? [] : [ticketId];
const keys = Object.fromEntries(Object.keys(events).map((type) => [type, ofTicket]));

/** A ticket that another system brought had its deadlines there; what became of them is its own word (SYS-64). */
const isImported = ({ meta }: RecordedEvent): boolean => meta.actorRole === 'MIGRATION';

/** Looks at the clocks of a ticket whenever something moves them, and at the moments that they name themselves (SYS-21, SYS-22). */
export const slaWatch = policy(events, {
  name: 'sla-watch',
  about:
    'Looks at the clocks of a ticket when something happens to it, and when one is to be warned of, breached or escalated.',
  key: 'customerId',
  columns,
  keys,
}).on({
  TicketRegistered: (_, data, event) =>
    isImported(event) ? undefined : asked(null, begun(data, 'RAISED', data.raisedAt), data.ticketId),
  TicketClassified: (memory, { ticketId, to: type, isEnquiry, servicePhase }, event) =>
    reclassed(memory, ticketId, event, (facts) =>
      classed(facts, { type, isEnquiry, ...(servicePhase !== undefined && { servicePhase }) }, event),
    ),
  TicketUrgencyChanged: (memory, { ticketId, urgency, priority }, event) =>
    reclassed(memory, ticketId, event, (facts) =>
      classed(facts, { urgency, ...(priority !== undefined && { priority }) }, event),
    ),
  TicketPrioritised: (memory, { ticketId, level: priority }, event) =>
    reclassed(memory, ticketId, event, (facts) => classed(facts, { priority }, event)),
  TicketPriorityOverridden: (memory, { ticketId, level: priority }, event) =>
    reclassed(memory, ticketId, event, (facts) => classed(facts, { priority }, event)),
  GreenChannelOpened: (memory, { ticketId, openedAt }) =>
    after(memory, ticketId, (facts) => throughChannel(facts, openedAt)),
  ComplaintGraded: (memory, { ticketId, from, level: complaintLevel, approverId }, event) =>
    reclassed(memory, ticketId, event, (facts) => {
      const graded = classed(facts, { complaintLevel }, event, approverId === undefined ? undefined : true);
      return risen(graded, from, event.occurredAt);
    }),
  ComplaintLevelRaised: (memory, { ticketId, from, to: complaintLevel }, event) =>
    reclassed(memory, ticketId, event, (facts) =>
      risen(classed(facts, { complaintLevel }, event), from, event.occurredAt),
    ),
  TicketOwnerAssigned: (memory, { ticketId, to: ownerId }) => noting(memory, ticketId, { ownerId }),
  LeadDepartmentAssigned: (memory, { ticketId, to: department }) => noting(memory, ticketId, { department }),

  TicketAcknowledged: (memory, { ticketId, acknowledgedAt, automatic, ...told }) =>
    automatic
      ? undefined
      : after(memory, ticketId, (facts) => reaching(facts, 'ACKNOWLEDGE', acknowledgedAt, told)),
  FirstResponseRecorded: (memory, { ticketId, respondedAt, resolutionDue, ...told }) =>
    after(memory, ticketId, (facts) =>
      pledging(
        reaching(facts, facts.isEnquiry ? 'PLAN' : 'FIRST_RESPONSE', respondedAt, told),
        resolutionDue,
      ),
    ),
  PlanPresented: (memory, { ticketId, presentedAt, ...told }) =>
    after(memory, ticketId, (facts) => reaching(facts, 'PLAN', presentedAt, told)),
  RequirementDeviationDeclared: (memory, { ticketId, declaredAt }) =>
    after(memory, ticketId, (facts) => deviating(facts, declaredAt)),
  RevisedPlanIssued: (memory, { ticketId, issuedAt, ...told }) =>
    after(memory, ticketId, (facts) => reaching(facts, 'PLAN', issuedAt, told)),
  ProgressSynced: (memory, { ticketId, syncedAt, ...told }) =>
    after(memory, ticketId, (facts) => reaching(facts, 'PROGRESS_SYNC', syncedAt, told)),
  CommunicationStrategySet: (memory, { ticketId, keyNodes }, event) =>
    after(memory, ticketId, (facts) => agreeing(facts, keyNodes, event)),
  CommunicationStrategyRevised: (memory, { ticketId, keyNodes }, event) =>
    after(memory, ticketId, (facts) => agreeing(facts, keyNodes, event)),
  SolutionDelivered: (memory, { ticketId, deliveredAt, ...told }) =>
    after(memory, ticketId, (facts) => reaching(facts, 'RESOLVE', deliveredAt, told)),

  TicketWaitingForCustomer: (memory, { ticketId, waitingSince, interactionId }, event) =>
    after(memory, ticketId, (facts) =>
      waitingFor(facts, waitingSince, mayPauseClocks(event.meta.actorRole) ? interactionId : undefined),
    ),
  TicketResumed: (memory, { ticketId, resumedAt }) =>
    after(memory, ticketId, (facts) => goingOn(facts, resumedAt)),
  SecondCommunicationStarted: (memory, { ticketId, startedAt }) =>
    after(memory, ticketId, (facts) => another(facts, startedAt)),
  TicketReopened: (memory, data, event) =>
    memory.facts || isImported(event)
      ? after(memory, data.ticketId, (facts) => another(facts, data.reopenedAt))
      : asked(memory, begun(data, 'DISSATISFIED', data.reopenedAt), data.ticketId),
  TicketClosed: (memory, { ticketId, closedAt }) =>
    after(memory, ticketId, (facts) => closing(facts, closedAt)),
  TicketWithdrawn: (memory, { ticketId, withdrawnAt }) => {
    const reaction = after(memory, ticketId, (facts) => hearing(facts, () => ({ withdrawnAt })));
    return reaction && { ...reaction, remember: null };
  },
  TicketArchived: () => ({ remember: null }),

  CommitmentMade: (memory, promised) =>
    committed(memory, promised, { inWriting: promised.writtenBy === undefined, agreedInWriting: false }),
  CommitmentConfirmedInWriting: (memory, promised) => committed(memory, promised, AGREED),
  CommitmentRescheduled: (memory, promised) =>
    promised.writtenBy === undefined ? committed(memory, promised, AGREED) : undefined,
  CommitmentWithdrawn: (memory, { ticketId = '', commitmentId }) =>
    memory.facts && promiseIn(memory.facts, commitmentId)
      ? after(memory, ticketId, (facts) => unpromising(facts, commitmentId))
      : undefined,

  SlaClockStarted: (memory, clock) => waiting(memory, clock),
  SlaClockRescheduled: (memory, clock) => waiting(memory, clock),
  SlaClockPaused: (memory, clock) => waiting(memory, clock),
  SlaClockResumed: (memory, clock) => waiting(memory, clock),
  SlaClockWarned: (memory, clock) => waiting(memory, clock),
  SlaClockBreached: (memory, clock) => waiting(memory, clock),
  SlaClockLeftOverdue: (memory, clock) => waiting(memory, clock),
  SlaClockMet: (memory, clock) => waiting(memory, clock),
  SlaClockMetLate: (memory, clock) => waiting(memory, clock),
  SlaClockCancelled: (memory, clock) => waiting(memory, clock),
});

type Promised = Pick<events.CommitmentMade, 'commitmentId' | 'ticketId' | 'kind' | 'moment' | 'dueAt'>;
/** The customer agreed in writing, to the first date or to another; a date that was only said moves nothing until then. */
const AGREED = { inWriting: true, agreedInWriting: true };
/** A promise that gives a moment of the ticket a time. */
const committed = (memory: Memory, promised: Promised, writing: typeof AGREED): Ask => {
  const { commitmentId, ticketId = '', dueAt } = promised;
  const moment = memory.facts ? momentIn(memory.facts, promised) : undefined;
  return moment === undefined
    ? undefined
    : after(memory, ticketId, (facts) => promising(facts, { commitmentId, moment, dueAt, ...writing }));
};

/** Something that may move clocks: they are looked at, and so they will be at their next moment, with what is known now. */
const after = (memory: Memory, ticketId: string, change: (facts: Facts) => Facts): Ask =>
  memory.facts ? asked(memory, change(memory.facts), ticketId) : undefined;
/** Another class: what fell due before is judged by the class of then, also where nobody was there to notice it. */
const reclassed = (
  memory: Memory,
  ticketId: string,
  { occurredAt }: RecordedEvent,
  change: (facts: Facts) => Facts,
): Ask => {
  const { facts, wakeAt } = memory;
  const reaction = after(memory, ticketId, change);
  return facts && reaction?.send && wakeAt !== null && wakeAt < occurredAt
    ? { ...reaction, send: [evaluate(ticketId, facts), ...reaction.send] }
    : reaction;
};
const asked = (memory: Memory | null, facts: Facts, ticketId: string): Ask => ({
  ...remembering(memory, facts, ticketId),
  send: [evaluate(ticketId, facts)],
});
/** Something that moves none: they only know it when they are looked at next. */
const noting = (memory: Memory, ticketId: string, change: Partial<Facts>): Ask =>
  memory.facts
    ? remembering(
        memory,
        hearing(memory.facts, () => change),
        ticketId,
      )
    : undefined;
const remembering = (memory: Memory | null, facts: Facts, ticketId: string) => {
  const wakeAt = memory?.wakeAt ?? null;
  return {
    remember: { facts },
    ...(wakeAt !== null && { wake: at(wakeAt, evaluate(ticketId, facts)) }),
  };
};

/** The clocks say themselves when they are to be looked at next. */
const waiting = (
  { facts }: Memory,
  { ticketId, ...clock }: { readonly ticketId: string; readonly wakeAt?: string },
): Ask => {
  const wakeAt = clock.wakeAt ?? null;
  return facts
    ? { remember: { wakeAt }, wake: wakeAt === null ? null : at(wakeAt, evaluate(ticketId, facts)) }
    : undefined;
};

const evaluate = (ticketId: string, facts: Facts): EvaluateSlaClocks =>
  EvaluateSlaClocks.of({ ticketId, facts: hydrate(SlaFacts, facts) });
