import * as events from '@rapport/domain/events';
import type { KeyNode, TicketType, Urgency } from '@rapport/domain/values';
import { flag, instant, integer, json, maybe, projection, text, type RowOf } from '@rapport/kernel';
import { cadenceHoursOf, quietUntilOf } from './cadence.rules';

// prettier-ignore
const columns = {
  customerId: text().says('Whose ticket it is (SYS-16.1)'),
  ownerId: maybe(text()).says('Who answers to the customer; null: nobody yet (SYS-17.1)'),
  department: maybe(text()).says('Who faces the customer; null: not assigned (SYS-17.1)'),
  type: maybe(text<TicketType>('SERVICE')).says('FUNCTIONAL, SERVICE, COMPLAINT or COOPERATION; null: to be classified (R-41)'),
  urgency: text<Urgency>('ROUTINE').says('URGENT, IMPORTANT or ROUTINE (R-42)'),
  priority: maybe(integer()).says('1 is the highest; null: not assigned (R-40)', 'level 1–4'),
  grade: maybe(text()).says('VIP, REGULAR or PROSPECT at intake; null: not known then (C-11)'),
  priorityCustomer: flag().says('VIP, key account, strategic partner or of high value, when a clock last began (C-11)'),
  steps: integer().says('Lines of the tracking table so far (SYS-16.1)', 'count'),
  stage: maybe(text()).says('Where the work was by the latest line; null: no line yet (SYS-16.1)'),
  executorId: maybe(text()).says('Who recorded work last; null: nobody yet (SYS-16.1)'),
  nextNode: maybe(text()).says('What is expected now; null: not said, or the last line was final (SYS-16.1)'),
  nextDue: maybe(instant()).says('Until when that is expected; null: not said (SYS-16.1)'),
  lastStepAt: maybe(instant()).says('When the latest line was done; null: no line yet (SYS-16.1)'),
  progressAt: instant().says('The last progress that can be seen: a line, a response, a plan; at first the raising (SYS-16.5)'),
  agreedNodes: json<readonly string[]>([]).says('When the customer was told to hear from us: each replaces the cadence up to it (C-07)'),
  cadenceHours: integer(48).says('So long it may be quiet before it is without visible progress (C-07, SYS-16.5)', 'hours'),
  quietUntil: instant().says('Until when it may be quiet: the next agreed node, or the cadence after the last progress (C-07, SYS-16.5)'),
  waitingSince: maybe(instant()).says('Since when only the customer can go on; null: it is our turn (SYS-21.5)'),
  solvedAt: maybe(instant()).says('The solution it stands on; null: none yet, or it did not hold (SYS-19.1)'),
  toTellSince: maybe(instant()).says('Since when all tasks of departments are done and the customer is not told; null: told, or none (SYS-17.6)'),
};
type Node = RowOf<typeof columns>;

/** What each open ticket waits for now, and since when nobody has seen it move. */
export const currentNode = projection(events, {
  name: 'current-node',
  version: 3,
  about: 'What is expected next of every open ticket, from whom and until when, and when did it move last?',
  columns,
  indexes: [['ownerId', 'nextDue'], ['department', 'nextDue'], ['nextDue'], ['quietUntil'], ['customerId']],
  history: true,
  rowsGo: true,
  key: 'ticketId',
  per: 'open ticket',
}).on({
  TicketRegistered: (row, { customerId, type = null, urgency, priority = null, raisedAt, grade = null }) =>
    weighed({ ...row, customerId, type, urgency, priority, grade, progressAt: raisedAt }),
  TicketClassified: (row, { to: type }) => weighed({ ...row, type }),
  TicketUrgencyChanged: (row, { urgency, priority = null }) => weighed({ ...row, urgency, priority }),
  TicketPrioritised: (row, { level: priority }) => weighed({ ...row, priority }),
  TicketPriorityOverridden: (row, { level: priority }) => weighed({ ...row, priority }),
  SlaClockStarted: (row, { priorityCustomer }) =>
    row.customerId === '' ? undefined : weighed({ ...row, priorityCustomer }),
  CommunicationStrategySet: (row, { keyNodes }) => agreed(row, keyNodes),
  CommunicationStrategyRevised: (row, { keyNodes }) => agreed(row, keyNodes),
  TicketOwnerAssigned: (_, { to: ownerId }) => ({ ownerId }),
  LeadDepartmentAssigned: (_, { to: department }) => ({ department }),
  TicketAcknowledged: (row, { acknowledgedAt, automatic }) =>
    automatic ? undefined : moved(row, acknowledgedAt),
  FirstResponseRecorded: (row, { respondedAt }) => moved(row, respondedAt),
  ExecutionStepRecorded: (row, { step: steps, executedAt, stage, executorId, nextNode = null, ...line }) => ({
    ...{ ...moved(row, executedAt), steps },
    ...(!line.lateEntry && {
      ...{ stage, executorId, nextNode, nextDue: line.nextDue ?? null, lastStepAt: executedAt },
    }),
  }),
  PlanPresented: (row, { presentedAt }) => ({ ...moved(row, presentedAt), toTellSince: null }),
  ProgressSynced: (row, { syncedAt }) => ({ ...moved(row, syncedAt), toTellSince: null }),
  RevisedPlanIssued: (row, { issuedAt }) => moved(row, issuedAt),
  TicketWaitingForCustomer: (row, { waitingSince }) => ({ ...moved(row, waitingSince), waitingSince }),
  TicketResumed: (row, { resumedAt }) => ({ ...moved(row, resumedAt), waitingSince: null }),
  SolutionDelivered: (row, { deliveredAt: solvedAt }) => ({
    ...{ ...moved(row, solvedAt), solvedAt, toTellSince: null },
  }),
  CustomerTellingDue: (_, { since: toTellSince }) => ({ toTellSince }),
  DepartmentTaskAssigned: () => ({ toTellSince: null }),
  CustomerConfirmedSatisfied: (row, { confirmedAt }) => ({ ...moved(row, confirmedAt), toTellSince: null }),
  CustomerReportedDissatisfied: (row, { reportedAt }) => ({ ...moved(row, reportedAt), solvedAt: null }),
  SecondCommunicationStarted: (row, { startedAt }) => ({ ...moved(row, startedAt), solvedAt: null }),
  TicketClosed: () => null,
  TicketWithdrawn: () => null,
  TicketReopened: (row, { customerId, reopenedAt: progressAt, type = null, urgency, ...told }) =>
    weighed({
      ...{ ...row, customerId, type, urgency, progressAt, solvedAt: null, waitingSince: null },
      ...{ priority: told.priority ?? null, ownerId: told.ownerId ?? null, grade: told.grade ?? null },
      department: told.department ?? null,
    }),
});

/** What is seen last counts; a line that is told late does not turn it back. */
const moved = (row: Node, at: string): Pick<Node, 'progressAt' | 'quietUntil'> => {
  const progressAt = at > row.progressAt ? at : row.progressAt;
  return { progressAt, quietUntil: quietUntilOf({ ...row, progressAt }) };
};
const weighed = ({ key: _, ...row }: Node): Omit<Node, 'key'> => {
  const cadenceHours = cadenceHoursOf(row);
  return { ...row, cadenceHours, quietUntil: quietUntilOf({ ...row, cadenceHours }) };
};
const agreed = (row: Node, nodes: readonly KeyNode[]): Pick<Node, 'agreedNodes' | 'quietUntil'> => {
  const agreedNodes = nodes.filter((node) => node.agreedWithCustomer).map(({ dueAt }) => dueAt);
  return { agreedNodes, quietUntil: quietUntilOf({ ...row, agreedNodes }) };
};
