import {
  PROMISES_WEIGHED_MAX,
  RESOLUTION_NODE,
  SLA_CHAIN,
  type CommitmentKind,
  type KeyNode,
  type PromisedMoment,
  type SlaFacts,
  type SlaMoment,
  type SlaPromise,
  type SlaReached,
} from '@rapport/domain/values';
import type { RecordedEvent } from '@rapport/kernel';

type Plain<T> = { readonly [K in keyof T]: T[K] };
/** What is known of a ticket, as far as its clocks depend on it. */
export type Facts = Plain<SlaFacts>;
type Class = Pick<Facts, 'urgency' | 'isEnquiry'> &
  Partial<Pick<Facts, 'type' | 'servicePhase' | 'priority' | 'complaintLevel' | 'ownerId' | 'department'>>;

/** May approve that a ticket is due later than before (2.4). */
const APPROVERS = new Set(['SUPERVISOR', 'DEPARTMENT_HEAD', 'CRM_MANAGER', 'SENIOR_MANAGEMENT']);

interface Begun extends Class {
  readonly customerId: string;
  readonly raisedAt: string;
}
/** A ticket of which nothing was known: its clocks begin with `start` at `at`. */
export const begun = (
  { customerId, raisedAt, ...of }: Begun,
  start: 'RAISED' | 'DISSATISFIED',
  at: string,
): Facts => ({
  ...{ customerId, raisedAt, ...classIn(of), heard: 1, classedAt: at, classApproved: false },
  ...{ opening: { start, at, heard: 1 }, reached: [], promises: [] },
});
/** Only what says something. */
const classIn = ({ urgency, isEnquiry, ...of }: Class): Class => ({
  ...{ urgency, isEnquiry },
  ...(of.type !== undefined && { type: of.type }),
  ...(of.servicePhase !== undefined && { servicePhase: of.servicePhase }),
  ...(of.priority !== undefined && { priority: of.priority }),
  ...(of.complaintLevel !== undefined && { complaintLevel: of.complaintLevel }),
  ...(of.ownerId !== undefined && { ownerId: of.ownerId }),
  ...(of.department !== undefined && { department: of.department }),
});

/** The same with one more thing that was heard of the ticket. */
export const hearing = (facts: Facts, change: (heard: number) => Partial<Facts>): Facts => {
  const heard = facts.heard + 1;
  return { ...facts, ...change(heard), heard };
};

/** It is of another class from now on; ranked into quadrant 1, or a major complaint, it is in the green channel. */
export const classed = (
  facts: Facts,
  of: Partial<Class>,
  { type, occurredAt, meta }: RecordedEvent,
  approved = APPROVERS.has(meta.actorRole),
): Facts =>
  hearing(facts, () => ({
    ...of,
    ...{ classedAt: later(facts.classedAt, occurredAt), classApproved: approved },
    ...(opensChannel(facts, of, type) && { greenChannelAt: occurredAt }),
  }));
const opensChannel = (
  { greenChannelAt }: Facts,
  { priority, complaintLevel }: Partial<Class>,
  type: string,
): boolean =>
  greenChannelAt === undefined && ((priority === 1 && RANKINGS.has(type)) || complaintLevel === 'MAJOR');
/** Decisions that open the channel in the same breath. A priority that an import brings opens none (SYS-14.2). */
const RANKINGS = new Set(['TicketPrioritised', 'TicketPriorityOverridden']);
const later = (one: string, other: string): string => (one > other ? one : other);

/** The green channel was opened by its own decision; of each round the first time counts. */
export const throughChannel = (facts: Facts, openedAt: string): Facts =>
  hearing(facts, () => {
    const { greenChannelAt: before, opening } = facts;
    return { greenChannelAt: before !== undefined && before >= opening.at ? before : openedAt };
  });

/** Times at which the customer is to hear from us, as they stand now; only those that were agreed replace the cadence (C-07). */
export const agreeing = (
  facts: Facts,
  keyNodes: readonly KeyNode[],
  { occurredAt: agreedAt }: RecordedEvent,
): Facts => {
  const agreed = keyNodes
    .filter(({ agreedWithCustomer }) => agreedWithCustomer)
    .map(({ nodeId, dueAt }) => ({ nodeId, dueAt }));
  return hearing(facts, () => ({ nodes: { agreedAt, agreed } }));
};

/** An ordinary complaint became graver: when its time had passed, another clock begins (2.4). */
export const risen = (facts: Facts, from: string | undefined, at: string): Facts =>
  from === 'ORDINARY' && facts.complaintLevel !== 'ORDINARY'
    ? { ...facts, rise: { start: 'RISEN', at, heard: facts.heard } }
    : facts;

/** Another round begins: the customer is not satisfied, or the problem is back (SLA-2ND). */
export const another = (facts: Facts, at: string): Facts =>
  hearing(facts, (heard) => ({ opening: { start: 'DISSATISFIED', at, heard } }));

/** The need departs from the plan: a revised plan is waited for. */
export const deviating = (facts: Facts, at: string): Facts =>
  hearing(facts, (heard) => ({ deviation: { start: 'DEVIATION_DECLARED', at, heard } }));

interface Told {
  readonly notedAt?: string;
  /** Only what is named as evidence proves when it was: each answer names the interaction that brought it (SYS-16.4). */
  readonly evidenceId?: string;
}
/** A moment was reached. Of each the latest time is kept. */
export const reaching = (facts: Facts, moment: SlaMoment, at: string, told: Told = {}): Facts =>
  hearing(facts, (heard) => {
    const { notedAt, evidenceId } = told;
    const reached: SlaReached = {
      ...{ moment, at, heard },
      ...(notedAt !== undefined && { notedAt }),
      ...(evidenceId !== undefined && { evidenceId }),
    };
    return { reached: [...facts.reached.filter((other) => other.moment !== moment), reached] };
  });
/** A ticket that is over waits for nothing: what nobody noted was done when it was closed. */
export const closing = (facts: Facts, at: string): Facts =>
  facts.reached.some(({ moment, heard }) => moment === 'RESOLVE' && heard > facts.opening.heard)
    ? hearing(facts, () => ({}))
    : reaching(facts, 'RESOLVE', at);

/** A time was promised, or promised otherwise: the latest word comes last. */
export const promising = (facts: Facts, promise: Omit<SlaPromise, 'heard'>): Facts =>
  hearing(facts, (heard) => ({
    promises: [...others(facts, promise.commitmentId), { ...promise, heard }].slice(-PROMISES_WEIGHED_MAX),
  }));
/** Until when it is resolved, as the first response told the customer: it tightens, and never loosens. */
export const pledging = (facts: Facts, dueAt: string | undefined): Facts =>
  dueAt === undefined
    ? facts
    : promising(facts, {
        commitmentId: RESOLUTION_NODE,
        moment: 'RESOLVE',
        dueAt,
        inWriting: true,
        agreedInWriting: false,
      });
/** Which moment is promised, by its name or by the kind of the promise; undefined: none (2.4). What it was at first it stays. */
export const momentIn = (
  facts: Facts,
  { commitmentId, kind, moment }: Pick<SlaPromise, 'commitmentId'> & Named,
): SlaMoment | undefined => moment ?? promiseIn(facts, commitmentId)?.moment ?? BY_KIND[kind](facts);
interface Named {
  readonly kind: CommitmentKind;
  readonly moment?: PromisedMoment;
}
/** What is handed over on the way, or to make amends, solves no need; whoever means a moment by it names the moment. */
const BY_KIND: Readonly<Record<CommitmentKind, (facts: Facts) => SlaMoment | undefined>> = {
  RESOLUTION_TIME: () => 'RESOLVE',
  FEEDBACK_TIME: (facts) => nextAnswer(facts),
  DELIVERY: () => undefined,
  COMPENSATION: () => undefined,
};
/** What the customer is to hear from us next: the first response or, once it was given, the plan. */
const nextAnswer = (facts: Facts): SlaMoment | undefined => {
  const { opening, deviation = opening } = facts;
  if (isAwaited(facts, 'FIRST_RESPONSE', opening.heard)) return 'FIRST_RESPONSE';
  return isAwaited(facts, 'PLAN', Math.max(opening.heard, deviation.heard)) ? 'PLAN' : undefined;
};
/** Neither it nor a later moment was reached since then (SYS-21.2). */
const isAwaited = ({ reached }: Facts, moment: (typeof SLA_CHAIN)[number], since: number): boolean => {
  const stops: readonly SlaMoment[] = SLA_CHAIN.slice(SLA_CHAIN.indexOf(moment));
  return !reached.some((it) => it.heard > since && stops.includes(it.moment));
};
export const unpromising = (facts: Facts, commitmentId: string): Facts =>
  hearing(facts, () => ({ promises: others(facts, commitmentId) }));
const others = ({ promises }: Facts, id: string): readonly SlaPromise[] =>
  promises.filter(({ commitmentId }) => commitmentId !== id);
export const promiseIn = ({ promises }: Facts, id: string): SlaPromise | undefined =>
  promises.find(({ commitmentId }) => commitmentId === id);
/** It waits; with the question, if whoever noted it may let clocks stand still for it. */
export const waitingFor = (facts: Facts, since: string, questionId: string | undefined): Facts =>
  hearing(facts, () => ({ waiting: { since, ...(questionId !== undefined && { questionId }) } }));
/** It waits no more. */
export const goingOn = ({ waiting: _, ...facts }: Facts, resumedAt: string): Facts =>
  hearing(facts, () => ({ resumedAt }));
