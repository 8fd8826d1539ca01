import { idFrom, refuse, reject } from '@rapport/kernel';
import { hoursAfter } from '../commitment/commitment.values';
import { zoneOf } from './ticket.days';
import {
  assertBars,
  assertItems,
  assertKnownItems,
  assertMatrix,
  assertMilestones,
  assertPhases,
  assertTaskForce,
} from './ticket.deviation.rules';
import * as events from './ticket.deviation.events';
import type { Deviation, RevisedPlan } from './ticket.deviation.state';
import { REVISED_PLAN_WITHIN_HOURS, type MatrixEntry, type PlanDate } from './ticket.deviation.values';
import { SecondCommunicationStarted } from './ticket.events';
import { assertCauseKnown, noted, resumed } from './ticket.execution';
import { phasesDefined } from './ticket.phases';
import { revisingForce } from './ticket.taskforce';
import { later, openTicket, present, timely, type Decide, type Facts } from './ticket.state';

/** The customer needs something else than was planned: sorted, checked, planned anew and answered (SYS-18). */
export const deviation = {
  DeclareRequirementDeviation: (ticket, { items, taskForce, ...told }, context) => {
    const { now, actor } = context;
    const { of } = openTicket(ticket, now);
    const before = of.planned?.deviation;
    assertItems(items);
    assertTaskForce(taskForce);
    if (before && isOpen(before)) return declaredAlready(before, items);
    if (of.filed.plans === 0)
      return refuse('PLAN_REQUIRED', 'there is no plan that the customer’s need could depart from');
    const { leaderId = actor.id, agreed = before?.revised?.milestones ?? [] } = told;
    assertBars(agreed, 'agreed');
    const when = { declaredAt: now, planDueAt: hoursAfter(now, REVISED_PLAN_WITHIN_HOURS) };
    const what = { deviation: (before?.deviation ?? 0) + 1, items, taskForce, leaderId, agreed };
    const force = revisingForce(of, { leaderId, taskForce }, context);
    return [events.RequirementDeviationDeclared.of({ ...of, ...what, ...when }), ...force];
  },

  RecordRequirementMatrix: (ticket, { entries }, { now }) => {
    const { of } = openTicket(ticket, now);
    const { deviation: n, itemIds, matrix } = openDeviation(of);
    assertMatrix(itemIds, entries);
    if (matrix && isSame(matrix, entries)) return [];
    const coreItems = entries.filter(({ itemClass }) => itemClass === 'CORE').length;
    const sorted = { deviation: n, entries, coreItems, additionalItems: entries.length - coreItems };
    return [events.RequirementMatrixRecorded.of({ ...of, ...sorted, recordedAt: now })];
  },

  AssessFeasibility: (ticket, { itemId, ...found }, { now, actor }) => {
    const { of } = openTicket(ticket, now);
    const { deviation: n, itemIds } = openDeviation(of);
    assertKnownItems(itemIds, [itemId]);
    const assessed = { deviation: n, itemId, assessedById: actor.id, assessedAt: now, ...found };
    return [events.FeasibilityAssessed.of({ ...of, ...assessed })];
  },

  IssueRevisedPlan: (ticket, command, { now, actor, known }) => {
    const found = openTicket(ticket, now);
    const { of } = found;
    const { milestones, phases = [], cause, evidenceId } = command;
    const open = openDeviation(of);
    assertFeasible(open);
    const issuedAt = timely(found, 'issuedAt', command.issuedAt ?? now, now);
    assertMilestones(milestones, now, zoneOf(known.customer));
    assertPhases(phases, now);
    assertKnownItems(
      open.itemIds,
      phases.flatMap(({ itemIds = [] }) => itemIds),
    );
    assertCauseKnown(of, cause);
    const { deviation: n, agreed, planDueAt } = open;
    const plan = { deviation: n, plan: (open.revised?.plan ?? 0) + 1, milestones, agreed, phases, planDueAt };
    const told = {
      issuedById: actor.id,
      issuedAt,
      ...noted(issuedAt, now),
      ...present({ cause, evidenceId }),
    };
    return [events.RevisedPlanIssued.of({ ...of, ...plan, ...told }, issuedAt)];
  },

  AnswerRevisedPlan: (ticket, { plan, accepted, reason, ...told }, { now }) => {
    const found = openTicket(ticket, now);
    const { of } = found;
    const { deviation: n, revised } = deviationOf(of);
    if (revised?.plan !== plan)
      return refuse('PLAN_UNKNOWN', 'this is not the revised plan that was issued last', {
        plan: revised?.plan,
      });
    const answer = accepted ? 'ACCEPTED' : 'REJECTED';
    if (revised.answer === answer) return [];
    if (revised.answer !== null)
      return refuse('PLAN_ANSWERED', `the customer has ${revised.answer.toLowerCase()} it`);
    const about = { deviation: n, plan, milestoneIds: revised.milestones.map((each) => each.milestoneId) };
    const answered = { ...of, ...about, ...told, answeredAt: now };
    if (accepted) return acceptedPlan(of, revised, answered, now);
    if (reason === undefined)
      return reject('REASON_REQUIRED', 'reason', 'whoever does not accept a plan says why');
    const round = of.round + 1;
    const second = SecondCommunicationStarted.of({ ...of, startedAt: now, round });
    return [...resumed(found, now), events.RevisedPlanRejected.of({ ...answered, reason }), second];
  },
} satisfies Partial<Decide>;

/** The same items again are nothing new; others wait until this deviation is settled. */
const declaredAlready = ({ itemIds }: Deviation, items: readonly { readonly itemId: string }[]): [] =>
  items.length === itemIds.length && items.every(({ itemId }) => itemIds.includes(itemId))
    ? []
    : refuse('DEVIATION_OPEN', 'a deviation is being planned already: settle it first', { itemIds });

const deviationOf = ({ planned }: Facts): Deviation =>
  planned?.deviation ?? refuse('DEVIATION_UNKNOWN', 'no deviation has been declared');
const openDeviation = (of: Facts): Deviation => {
  const found = deviationOf(of);
  return isOpen(found)
    ? found
    : refuse('DEVIATION_SETTLED', 'the customer has accepted the revised plan: declare another deviation');
};
const isOpen = ({ revised }: Deviation): boolean => revised?.answer !== 'ACCEPTED';

/** No plan before every core item is known to be possible (R-16, SYS-18.3). */
const assertFeasible = ({ matrix, assessed }: Deviation): void => {
  if (!matrix) return refuse('MATRIX_REQUIRED', 'sort the items into core and additional first');
  const core = matrix.filter(({ itemClass }) => itemClass === 'CORE').map(({ itemId }) => itemId);
  const itemIds = core.filter((itemId) => !assessed.includes(itemId));
  if (itemIds.length > 0)
    refuse('FEASIBILITY_REQUIRED', 'every core item is assessed before a plan is issued', { itemIds });
};
/** The order in which the entries stand says nothing. */
const isSame = (some: readonly MatrixEntry[], others: readonly MatrixEntry[]): boolean => {
  const told = (entries: readonly MatrixEntry[]) =>
    entries
      .map(({ itemId, urgent, important, itemClass }) => [itemId, urgent, important, itemClass].join('/'))
      .sort();
  return told(some).join() === told(others).join();
};

type Answered = Omit<events.RevisedPlanAccepted, 'dates' | 'makerId' | 'replacedCommitmentIds'>;
/** Its dates are promised: those of its phases or, where it has none, of its milestones. */
const acceptedPlan = (of: Facts, revised: RevisedPlan, answered: Answered, now: string) => {
  const { phases, milestones, issuedById: makerId } = revised;
  const replacedCommitmentIds = (of.planned?.promised ?? []).map(({ commitmentId }) => commitmentId);
  const due =
    phases.length > 0
      ? phases.map(({ name: what, dueAt }, n) => ({ what, dueAt, phase: n + 1 }))
      : milestones.map(({ task: what, endsAt: dueAt }) => ({ what, dueAt }));
  const last = due.reduce((latest, { dueAt }) => later(dueAt, latest), '');
  const dates: PlanDate[] = due.map((date, n) => ({
    ...{ ...date, final: date.dueAt === last },
    commitmentId: idFrom(`${of.ticketId}/${answered.deviation}/${answered.plan}/${n}`),
  }));
  const accepted = events.RevisedPlanAccepted.of({ ...answered, dates, makerId, replacedCommitmentIds });
  return [accepted, ...(phases.length > 0 ? [phasesDefined(of, phases, now)] : [])];
};
