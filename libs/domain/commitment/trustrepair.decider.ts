import { refuse, reject, stateOf, type Aggregate, type DataOf } from '@rapport/kernel';
import { customer, knownWithContact, type Customer } from '../customer/customer.decider';
import { isPriority } from '../customer/customer.priority';
import { mayAccept } from '../sla/escalation.values';
import { ticket, type Ticket } from '../ticket/ticket.decider';
import { isAutomatic } from '../ticket/ticket.roles';
import { value, type Value } from '../value/value.decider';
import { hoursAfter } from './commitment.values';
import * as commands from './trustrepair.commands';
import * as events from './trustrepair.events';
import { assertMadeGood, assertPlanFits, toldPlan } from './trustrepair.plan';
import type { Facts, OpenRepair, Plan, TrustRepair } from './trustrepair.state';
import { EMERGENCY_PLAN_WITHIN_HOURS, type EmergencyStep } from './trustrepair.values';

interface Known {
  OpenTrustRepair: { customer: Customer; value: Value; ticket?: Ticket };
}
const { TrustRepairOpened, EmergencyPlanActivated, EmergencyPlanOverdue, RepairCauseStated } = events;
const { SupervisorCallMade, RepairImprovementNamed, TrustRepairRaised, TrustRepairClosed } = events;

/** What is done after a broken promise, until the customer says that it is made good (SYS-27). */
export const trustRepair: Aggregate<TrustRepair, typeof events, typeof commands, Known> = {
  name: 'trustrepair',
  id: 'repairId',
  events,
  commands,
  initial: { stage: 'none' },

  evolve: {
    TrustRepairOpened: (_, opened) => ({
      ...{ stage: 'open', of: factsIn(opened), openedAt: opened.openedAt, planBy: opened.planBy },
      ...{ overdue: false, calls: [], improvements: [], brokenPromises: 1 },
    }),
    EmergencyPlanActivated: (state, plan) => ({ ...open(state), plan: planIn(plan) }),
    EmergencyPlanOverdue: (state) => ({ ...open(state), overdue: true }),
    RepairCauseStated: (state, { cause }) => ({ ...open(state), cause }),
    SupervisorCallMade: (state, { calledAt }) => ({
      ...open(state),
      calls: [...open(state).calls, calledAt],
    }),
    RepairImprovementNamed: (state, { improvementId, kind }) => ({
      ...open(state),
      improvements: [...open(state).improvements, { improvementId, kind }],
    }),
    TrustRepairRaised: (state, { brokenPromises }) => ({ ...open(state), brokenPromises }),
    TrustRepairClosed: (state) => ({ stage: 'closed', of: open(state).of }),
  },

  needs: {
    OpenTrustRepair: (_, { customerId, ticketId }) => ({
      ...{ customer: stateOf(customer, customerId), value: stateOf(value, customerId) },
      ...(ticketId !== undefined && { ticket: stateOf(ticket, ticketId) }),
    }),
  },

  decide: {
    OpenTrustRepair: (state, { cause, ...command }, { now, actor, known }) => {
      if (state.stage !== 'none') return [];
      if (isAutomatic(actor) && nobodyWaited(command, known.ticket)) return [];
      knownWithContact(known.customer, undefined);
      const brokenAt = command.brokenAt ?? now;
      if (brokenAt > now) reject('DATED_IN_FUTURE', 'brokenAt', 'brokenAt lies in the future');
      const priorityCustomer = isPriority(known.customer, known.value.tier);
      const of = { ...command, brokenAt, priorityCustomer };
      const openedAt = isAutomatic(actor) ? brokenAt : now;
      const planBy = hoursAfter(openedAt, EMERGENCY_PLAN_WITHIN_HOURS);
      const begun = { openedAt, planBy, supervisorCalls: priorityCustomer };
      const opened = TrustRepairOpened.of({ ...of, ...begun }, openedAt);
      return cause === undefined ? [opened] : [opened, RepairCauseStated.of({ ...of, cause, statedAt: now })];
    },

    ActivateEmergencyPlan: (state, wanted, { now }) => {
      const repair = open(state);
      const { of, planBy, plan } = repair;
      const told = toldPlan(wanted, now);
      assertPlanFits(told.steps, of.priorityCustomer, repair.cause);
      if (plan && isSame(plan, told)) return [];
      const late = !plan && now > planBy;
      const version = (plan?.version ?? 0) + 1;
      const activated = EmergencyPlanActivated.of({
        ...of,
        ...told,
        version,
        planBy,
        activatedAt: now,
        late,
      });
      return late && !repair.overdue ? [overdue(repair), activated] : [activated];
    },

    StateRepairCause: (state, { cause, text }, { now }) => {
      if (state.stage === 'closed') return [];
      const { of, cause: from } = open(state);
      if (cause === 'OTHER' && text === undefined)
        return reject('REASON_TEXT_MISSING', 'text', 'another cause needs words');
      if (cause === from) return [];
      const said = { cause, statedAt: now, ...(text !== undefined && { text }), ...(from && { from }) };
      return [RepairCauseStated.of({ ...of, ...said })];
    },

    RecordSupervisorCall: (state, { interactionId, calledAt: given }, { now, actor }) => {
      const { of, calls } = open(state);
      if (!mayAccept(actor.role, 'SUPERVISOR'))
        refuse('ROLE_NOT_ALLOWED', 'a supervisor calls, or somebody above');
      const calledAt = since(of, 'calledAt', given ?? now, now);
      if (calls.includes(calledAt)) return [];
      const how = interactionId === undefined ? {} : { interactionId };
      return [SupervisorCallMade.of({ ...of, ...how, calledById: actor.id, calledAt }, calledAt)];
    },

    NameRepairImprovement: (state, { improvementId, kind }, { now }) => {
      const { of, improvements } = open(state);
      if (improvements.some((each) => each.improvementId === improvementId)) return [];
      return [RepairImprovementNamed.of({ ...of, improvementId, kind, namedAt: now })];
    },

    RaiseTrustRepair: (state, { level, brokenPromises }, { now }) => {
      if (state.stage !== 'open' || state.brokenPromises >= brokenPromises) return [];
      return [TrustRepairRaised.of({ ...state.of, level, brokenPromises, raisedAt: now })];
    },

    NoteEmergencyPlanOverdue: (state, { planBy }, { now }) => {
      if (state.stage !== 'open' || state.plan || state.overdue || state.planBy !== planBy) return [];
      if (now <= planBy) refuse('PLAN_NOT_OVERDUE', 'there is still time for the plan', { planBy });
      return [overdue(state)];
    },

    CloseTrustRepair: (state, { customerWordId, acceptedAt: given }, { now }) => {
      if (state.stage === 'closed') return [];
      const repair = open(state);
      const { of, openedAt, cause } = repair;
      if (customerWordId === undefined)
        return reject(
          'CUSTOMER_WORD_MISSING',
          'customerWordId',
          'only the customer can say that it is made good',
        );
      assertMadeGood(repair);
      const acceptedAt = since(of, 'acceptedAt', given ?? now, now);
      const told = { customerWordId, openedAt, acceptedAt, ...(cause && { cause }) };
      return [TrustRepairClosed.of({ ...of, ...told }, acceptedAt)];
    },
  },
};

const factsIn = (opened: DataOf<typeof TrustRepairOpened>): Facts => {
  const { openedAt: _, planBy: __, supervisorCalls: ___, ...of } = opened;
  return of;
};
const planIn = (plan: Plan): Plan => {
  const { version, planOwnerId, dueAt, steps, summary, compensation, compensates } = plan;
  return {
    ...{ version, planOwnerId, dueAt, steps, compensates },
    ...(summary !== undefined && { summary }),
    ...(compensation !== undefined && { compensation }),
  };
};
const isSame = ({ version: _, ...plan }: Plan, told: Omit<Plan, 'version'>): boolean =>
  textOf(plan) === textOf(told);
const textOf = ({ steps, ...plan }: Omit<Plan, 'version'>): string =>
  JSON.stringify([steps.map(stepText), Object.entries(plan).sort()]);
const stepText = ({ kind, staffId, dueAt }: EmergencyStep): string => JSON.stringify([kind, staffId, dueAt]);

/** The need was taken back before the time that everybody is promised had passed: a stricter rule was missed, no promise. */
const nobodyWaited = (
  { breach, brokenAt = '' }: Pick<commands.OpenTrustRepair, 'breach' | 'brokenAt'>,
  of: Ticket | undefined,
): boolean => breach === 'PUBLISHED_PROMISE' && of?.stage === 'withdrawn' && of.withdrawnAt <= brokenAt;

/** The repair, if it is not over. */
const open = (state: TrustRepair): OpenRepair => {
  if (state.stage === 'none') return refuse('REPAIR_UNKNOWN', 'there is no such repair');
  return state.stage === 'closed' ? refuse('REPAIR_CLOSED', 'the customer has accepted it') : state;
};
const overdue = ({ of, planBy }: OpenRepair) => EmergencyPlanOverdue.of({ ...of, planBy }, planBy);

/** A time that the sender names: not before the promise was broken and not in the future. */
const since = ({ brokenAt }: Facts, field: string, at: string, now: string): string => {
  if (at > now) return reject('DATED_IN_FUTURE', field, `${field} lies in the future`);
  return at < brokenAt ? reject('BEFORE_BROKEN', field, `${field} lies before the promise was broken`) : at;
};
