import * as events from '@rapport/domain/events';
import type { Milestone } from '@rapport/domain/values';
import { instant, integer, maybe, projection, real, text } from '@rapport/kernel';

export type BarChange = 'KEPT' | 'MOVED' | 'ADDED' | 'DROPPED';
export type RevisedPlanState = 'ISSUED' | 'ACCEPTED' | 'REJECTED';

interface OfPlan {
  readonly ticketId: string;
  readonly deviation: number;
  readonly plan: number;
}
/** Bars are told apart within their plan: `t-1|1|2|api`. */
const keyOf = ({ ticketId, deviation, plan }: OfPlan, milestoneId: string): string =>
  `${ticketId}|${deviation}|${plan}|${milestoneId}`;
const barsOf = ({ milestones, agreed }: Both): readonly string[] => [
  ...new Set([...agreed, ...milestones].map(({ milestoneId }) => milestoneId)),
];
interface Both {
  readonly milestones: readonly Milestone[];
  readonly agreed: readonly Milestone[];
}
const answered = (data: OfPlan & { readonly milestoneIds: readonly string[] }): readonly string[] =>
  data.milestoneIds.map((milestoneId) => keyOf(data, milestoneId));

/** The bars of a Gantt chart: each task of the agreed plan beside the same task of the revised one. */
export const planComparison = projection(events, {
  name: 'plan-comparison',
  version: 1,
  about: 'How do the milestones of a revised plan differ from those that were agreed, and by how many days?',
  // prettier-ignore
  columns: {
    ticketId: text().says('The ticket whose plan was revised (SYS-18.4)'),
    customerId: text().says('Whose ticket it is (SYS-18.4)'),
    deviation: integer(1).says('1 for the first deviation of the ticket, and so on (SYS-18.1)', 'ordinal'),
    plan: integer(1).says('1 for the first revised plan of the deviation, and so on (SYS-18.4)', 'ordinal'),
    milestoneId: text().says('What the bar is called in both plans (SYS-18.4)'),
    task: text().says('What is done in that time, as the revised plan says it (SYS-18.4)'),
    change: text<BarChange>('KEPT').says('KEPT, MOVED, ADDED or DROPPED by the revised plan (SYS-18.4)'),
    oldStartsAt: maybe(instant()).says('Its beginning in the agreed plan; null: it was not in it (SYS-18.4)'),
    oldEndsAt: maybe(instant()).says('Its end in the agreed plan; null: it was not in it (SYS-18.4)'),
    newStartsAt: maybe(instant()).says('Its beginning in the revised plan; null: it is not in it (SYS-18.4)'),
    newEndsAt: maybe(instant()).says('Its end in the revised plan; null: it is not in it (SYS-18.4)'),
    shiftDays: maybe(real()).says('How much later its end is now; below zero: earlier; null: it is in one plan only (SYS-18.4)', 'days'),
    state: text<RevisedPlanState>('ISSUED').says('ISSUED, ACCEPTED or REJECTED by the customer (SYS-18.6)'),
    issuedAt: instant().says('When the customer was given the revised plan (R-15)'),
    answeredAt: maybe(instant()).says('When the customer accepted or rejected it; null: not yet (SYS-18.6)'),
  },
  indexes: [['ticketId', 'deviation', 'plan'], ['customerId'], ['state']],
  history: true,
  key: 'ticketId',
  per: 'milestone of a revised plan',
  keys: {
    RevisedPlanIssued: (data) => barsOf(data).map((milestoneId) => keyOf(data, milestoneId)),
    RevisedPlanAccepted: answered,
    RevisedPlanRejected: answered,
  },
}).on({
  RevisedPlanIssued: ({ key }, data) => {
    const { ticketId, customerId, deviation, plan, issuedAt, agreed, milestones } = data;
    const isThis = ({ milestoneId }: Milestone) => keyOf(data, milestoneId) === key;
    const bars = { before: agreed.find(isThis), after: milestones.find(isThis) };
    return { ticketId, customerId, deviation, plan, issuedAt, ...beside(bars) };
  },
  RevisedPlanAccepted: (_, { answeredAt }) => ({ state: 'ACCEPTED', answeredAt }),
  RevisedPlanRejected: (_, { answeredAt }) => ({ state: 'REJECTED', answeredAt }),
});

const DAY_MS = 86_400_000;

const beside = ({ before, after }: { before: Milestone | undefined; after: Milestone | undefined }) => {
  const [from, to] = [timesOf(before), timesOf(after)];
  return {
    ...{ milestoneId: (after ?? before)?.milestoneId ?? '', task: (after ?? before)?.task ?? '' },
    ...{ change: changeOf(before, after), shiftDays: before && after ? shift(before, after) : null },
    ...{ oldStartsAt: from.startsAt, oldEndsAt: from.endsAt },
    ...{ newStartsAt: to.startsAt, newEndsAt: to.endsAt },
  };
};
const timesOf = (bar: Milestone | undefined): Readonly<Record<'startsAt' | 'endsAt', string | null>> =>
  bar ?? { startsAt: null, endsAt: null };
const changeOf = (before: Milestone | undefined, after: Milestone | undefined): BarChange => {
  if (!before) return 'ADDED';
  if (!after) return 'DROPPED';
  return before.startsAt === after.startsAt && before.endsAt === after.endsAt ? 'KEPT' : 'MOVED';
};
const shift = (before: Milestone, after: Milestone): number =>
  (Date.parse(after.endsAt) - Date.parse(before.endsAt)) / DAY_MS;
