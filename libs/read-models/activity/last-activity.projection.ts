import * as events from '@rapport/domain/events';
import type { ActivityKind } from '@rapport/domain/values';
import { instant, maybe, projection, text, type RowOf } from '@rapport/kernel';

// prettier-ignore
const columns = {
  registeredAt: maybe(instant()).says('When the relationship began (SYS-01.1)'),
  purchaseAt: maybe(instant()).says('The latest purchase; null: none yet (SYS-10.3)'),
  contactAt: maybe(instant()).says('The latest ticket that the customer raised; null: none yet (SYS-40.1)'),
  behaviourAt: maybe(instant()).says('The latest use or visit; null: none, or ANALYTICS is not allowed (SYS-10.1, SYS-10.2)'),
  lastAt: instant().says('The latest of them: silence is counted from here (SYS-40.1)'),
  last: text<ActivityKind>('REGISTRATION').says('Which it is: REGISTRATION, PURCHASE, INBOUND_CONTACT or BEHAVIOUR (SYS-40.1)'),
};
type Activity = RowOf<typeof columns>;

/** When each customer was last heard of, and how. */
export const lastActivity = projection(events, {
  name: 'last-activity',
  version: 1,
  about: 'When did each customer last buy, call or use something?',
  columns,
  indexes: [['lastAt'], ['behaviourAt']],
  key: 'customerId',
}).on({
  CustomerRegistered: (row, { registeredAt }) => noting(row, 'registeredAt', registeredAt),
  PurchaseRecorded: (row, { purchasedAt }) => noting(row, 'purchaseAt', purchasedAt),
  TicketRegistered: (row, { raisedAt }) => noting(row, 'contactAt', raisedAt),
  BehaviourRecorded: (row, { happenedAt }) => noting(row, 'behaviourAt', happenedAt),
  ConsentWithdrawn: (row, { purpose }) =>
    purpose === 'ANALYTICS' && row.behaviourAt !== null ? latest({ ...row, behaviourAt: null }) : undefined,
});

const KINDS = [
  ['REGISTRATION', 'registeredAt'],
  ['PURCHASE', 'purchaseAt'],
  ['INBOUND_CONTACT', 'contactAt'],
  ['BEHAVIOUR', 'behaviourAt'],
] as const;
type Moment = (typeof KINDS)[number][1];

/** What is told late does not take the place of what came after it. */
const noting = (row: Activity, moment: Moment, at: string): Partial<Activity> => {
  const known = row[moment];
  return latest({ ...row, [moment]: known !== null && known > at ? known : at });
};

const latest = ({ key: _, ...row }: Activity): Partial<Activity> => {
  let [last, lastAt]: [ActivityKind, string] = ['REGISTRATION', ''];
  for (const [kind, moment] of KINDS) {
    const at = row[moment];
    if (at !== null && at > lastAt) [last, lastAt] = [kind, at];
  }
  return { ...row, last, lastAt };
};
