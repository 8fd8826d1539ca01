import * as events from '@rapport/domain/events';
import type {
  BreachReason,
  EmergencyStep,
  EscalationLevel,
  ImprovementKind,
  SlaMoment,
  TrustBreach,
} from '@rapport/domain/values';
import { flag, howMany, instant, integer, json, maybe, projection, text } from '@rapport/kernel';

/** OPEN: no plan yet. */
export type RepairState = 'OPEN' | 'PLANNED' | 'CLOSED';
interface Improvement {
  readonly improvementId: string;
  readonly kind: ImprovementKind;
}

/** What is done after broken promises. What the plan and the customer say stays in the events: it is in the words of persons. */
export const trustRepairBoard = projection(events, {
  name: 'trust-repair-board',
  version: 1,
  about: 'Whose trust is to be repaired after which broken promise, is there a plan, and what is still owed?',
  // prettier-ignore
  columns: {
    customerId: text().says('To whom the promise was broken (SYS-27.1)'),
    ticketId: maybe(text()).says('The ticket it was about; null: none was named (SYS-27.1)'),
    state: text<RepairState>('OPEN').says('OPEN (no plan yet), PLANNED, or CLOSED with the word of the customer (SYS-27.4)'),
    breach: text<TrustBreach>('BROKEN_COMMITMENT').says('BROKEN_COMMITMENT or PUBLISHED_PROMISE (SYS-27.1)'),
    commitmentId: maybe(text()).says('The commitment that was broken; null: a promise to everybody was (SYS-27.1)'),
    rule: maybe(text()).says('The promise to everybody, such as SLA-ANY; null: a commitment was broken (R-18)'),
    moment: maybe(text<SlaMoment>('FIRST_RESPONSE')).says('What had been promised, such as FIRST_RESPONSE; null: a commitment was broken (R-18)'),
    makerId: maybe(text()).says('Who had promised it, or answers for the ticket; null: not known (SYS-25.6)'),
    department: maybe(text()).says('Where that is; null: not named (SYS-25.6)'),
    priorityCustomer: flag().says('VIP, key account, strategic partner or of high value (C-11)'),
    brokenAt: instant().says('When the promise was broken (SYS-27.1)'),
    openedAt: instant().says('When the repair began (SYS-27.1)'),
    planBy: instant().says('Until when the emergency plan is there (SYS-27.1)'),
    planOverdue: flag().says('It was not there by then (SYS-27.1)'),
    planVersion: integer().says('0: no plan yet; one more each time it is changed (SYS-27.1)', 'ordinal'),
    planOwnerId: maybe(text()).says('Who answers for the plan; null: no plan yet (SYS-27.1)'),
    planDueAt: maybe(instant()).says('Until when it is carried out; null: no plan yet (SYS-27.1)'),
    steps: json<readonly EmergencyStep[]>([]).says('What it does: STAFFING, SUPERVISOR_CALL and so on (SYS-27.2)'),
    compensates: flag().says('The customer is offered something for it (SYS-27.1)'),
    cause: maybe(text<BreachReason>('OTHER')).says('Why the promise was broken, such as STAFF_SHORTAGE; null: not known yet (SYS-27.2)'),
    supervisorCalls: flag().says('The supervisor owes the customer a call (SYS-27.1)'),
    calledAt: maybe(instant()).says('When a supervisor, or somebody above, called last; null: nobody has (SYS-27.1)'),
    improvements: json<readonly Improvement[]>([]).says('What is changed so that it does not happen again (SYS-27.2)'),
    capacityOwed: flag().says('There were too few people, and no improvement of capacity is named yet (SYS-27.2)'),
    level: maybe(text<EscalationLevel>('SUPERVISOR')).says('The level that was called: it was not the first one; null: nobody was (SYS-27.3)'),
    brokenPromises: howMany(1).says('Broken promises to this customer in 30 days, this one included (SYS-27.3)'),
    acceptedAt: maybe(instant()).says('When the customer accepted what was done; null: not yet (SYS-27.4)'),
  },
  indexes: [['state', 'planBy'], ['customerId', 'brokenAt'], ['ticketId'], ['commitmentId'], ['planOwnerId']],
  history: true,
  key: 'repairId',
}).on({
  TrustRepairOpened: (_, opened) => {
    const { customerId, ticketId = null, breach, commitmentId = null, rule = null, moment = null } = opened;
    const { makerId = null, department = null, priorityCustomer, brokenAt, openedAt, planBy } = opened;
    return {
      ...{ customerId, ticketId, breach, commitmentId, rule, moment, makerId, department },
      ...{ priorityCustomer, brokenAt, openedAt, planBy, supervisorCalls: opened.supervisorCalls },
    };
  },
  EmergencyPlanActivated: (
    _,
    { version: planVersion, planOwnerId, dueAt: planDueAt, steps, compensates },
  ) => ({
    ...{ state: 'PLANNED', planVersion, planOwnerId, planDueAt, steps, compensates },
  }),
  EmergencyPlanOverdue: () => ({ planOverdue: true }),
  RepairCauseStated: ({ improvements }, { cause }) => ({ cause, capacityOwed: owed(cause, improvements) }),
  SupervisorCallMade: (_, { calledAt }) => ({ calledAt, supervisorCalls: false }),
  RepairImprovementNamed: ({ cause, improvements: before }, { improvementId, kind }) => {
    const improvements = [...before, { improvementId, kind }];
    return { improvements, capacityOwed: owed(cause, improvements) };
  },
  TrustRepairRaised: (_, { level, brokenPromises }) => ({ level, brokenPromises }),
  TrustRepairClosed: (_, { acceptedAt }) => ({ state: 'CLOSED', acceptedAt }),
});

const owed = (cause: BreachReason | null, improvements: readonly Improvement[]): boolean =>
  cause === 'STAFF_SHORTAGE' && !improvements.some(({ kind }) => kind === 'CAPACITY');
