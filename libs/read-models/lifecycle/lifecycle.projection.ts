import * as events from '@rapport/domain/events';
import {
  CHURN_CANDIDATE_DAYS,
  daysAfter,
  type ChurnReason,
  type DeclineReason,
  type LifecycleCause,
  type LifecycleStage,
  type ValueTier,
} from '@rapport/domain/values';
import { flag, howMany, instant, integer, maybe, projection, text, type RowOf } from '@rapport/kernel';

// prettier-ignore
const columns = {
  stage: text<LifecycleStage>('ACQUISITION').says('ACQUISITION, GROWTH, MATURITY, DECLINE or CHURNED (R-48, SYS-06)'),
  since: instant().says('When this stage began (SYS-06.6)'),
  previousStage: maybe(text<LifecycleStage>()).says('The stage before; null: it is the first (SYS-06.3)'),
  previousStageMs: maybe(integer()).says('How long the stage before had lasted; null: it is the first (SYS-65.1)', 'ms'),
  cause: maybe(text<LifecycleCause>()).says('What began this stage, such as FIRST_PURCHASE or SILENCE; null: it is the first (SYS-06.1)'),
  causeEventId: maybe(text()).says('The event that began it; null: a person did, or it is the first (SYS-06.1)'),
  manual: flag().says('A person moved it here (SYS-06.5)'),
  tier: text<ValueTier>('STANDARD').says('What the customer is worth: HIGH_VALUE, GROWTH or STANDARD (SYS-36.2)'),
  registeredAt: maybe(instant()).says('When the relationship began (SYS-01.1)'),
  silentSince: maybe(instant()).says('When the customer turned silent: 30, 60 or 90 days after the last activity, by tier; null: not silent (SYS-40.1)'),
  churnCandidateAt: maybe(instant()).says('180 days after turning silent: from then on a person is asked whether the customer is lost (SYS-43.1)'),
  silences: howMany().says('Episodes of silence, this one included (SYS-40.1)'),
  wakeUpActions: howMany().says('Attempts to wake the customer up, in all episodes (SYS-40.2)'),
  wakeUpsAnswered: howMany().says('Episodes that ended within 30 days of such an attempt (SYS-40.3)'),
  declineReason: maybe(text<DeclineReason>()).says('Why the customer declines, such as PRICE; null: nobody has found out in this stage (SYS-06.7)'),
  churnReason: maybe(text<ChurnReason>()).says('Why the customer left: PRICE, SERVICE, PRODUCT, COMPETITOR, NEED_ENDED or RELATION; null: not left (SYS-43.1)'),
  competitor: maybe(text()).says('To whom the customer went; null: not left, or not known (SYS-43.1)'),
  churnedAt: maybe(instant()).says('When a person confirmed that the customer is lost; null: not lost (SYS-43.1)'),
  wonBack: flag().says('The customer had left and bought again, at any time (SYS-06.4, SYS-43.3)'),
  firstPurchaseAt: maybe(instant()).says('The first purchase; null: none yet (SYS-06.1)'),
  lastPurchaseAt: maybe(instant()).says('The latest purchase; null: none yet (SYS-10.3)'),
  purchases: howMany().says('Purchases ever, refunded or not (SYS-10.3)'),
  refunds: howMany().says('Times that money of a purchase went back (SYS-10.3)'),
  lastActivityAt: maybe(instant()).says('The latest registration, purchase, ticket or use: silence is counted from here (SYS-40.1)'),
};
export type LifecycleRow = RowOf<typeof columns>;

/** Where does the relationship with each customer stand, since when and why; and where did it stand then (SYS-06.6)? */
export const lifecycle = projection(events, {
  name: 'lifecycle',
  version: 2,
  about: 'Where the relationship with each customer stands, since when and why.',
  history: true,
  columns,
  indexes: [['stage', 'tier'], ['churnCandidateAt'], ['silentSince']],
  key: 'customerId',
}).on({
  CustomerRegistered: (row, { registeredAt }) => ({
    since: row.since === '' ? registeredAt : row.since,
    registeredAt,
    ...activeAt(row, registeredAt),
  }),
  TicketRegistered: (row, { raisedAt }) => activeAt(row, raisedAt),
  BehaviourRecorded: (row, { happenedAt }) => activeAt(row, happenedAt),
  PurchaseRecorded: (row, { purchasedAt }) => ({
    purchases: row.purchases + 1,
    firstPurchaseAt: earlier(row.firstPurchaseAt, purchasedAt),
    lastPurchaseAt: later(row.lastPurchaseAt, purchasedAt),
    ...activeAt(row, purchasedAt),
  }),
  RefundRecorded: ({ refunds }) => ({ refunds: refunds + 1 }),

  LifecycleStageChanged: (
    row,
    { from, to, cause, causeEventId = null, manual, wonBack },
    { occurredAt },
  ) => ({
    ...{ stage: to, since: occurredAt, previousStage: from, cause, causeEventId, manual },
    previousStageMs: row.since === '' ? null : Date.parse(occurredAt) - Date.parse(row.since),
    wonBack: row.wonBack || wonBack,
    declineReason: null,
  }),
  DeclineReasonRecorded: (_, { reason: declineReason }) => ({ declineReason }),
  ValueTierChanged: (_, { to: tier }) => ({ tier }),

  CustomerTurnedSilent: ({ silences }, { silentSince }) => ({
    ...{
      silentSince,
      silences: silences + 1,
      churnCandidateAt: daysAfter(silentSince, CHURN_CANDIDATE_DAYS),
    },
  }),
  CustomerReawakened: (row, { wakeUpActionId }) => ({
    ...{ silentSince: null, churnCandidateAt: null },
    wakeUpsAnswered: row.wakeUpsAnswered + (wakeUpActionId === undefined ? 0 : 1),
  }),
  WakeUpActionTaken: ({ wakeUpActions }) => ({ wakeUpActions: wakeUpActions + 1 }),

  CustomerChurned: (_, { reason: churnReason, competitor = null }, { occurredAt: churnedAt }) => ({
    ...{ churnReason, competitor, churnedAt, silentSince: null, churnCandidateAt: null },
  }),
  CustomerWonBack: () => ({ churnReason: null, competitor: null, churnedAt: null }),
});

const earlier = (one: string | null, other: string): string => (one !== null && one < other ? one : other);
const later = (one: string | null, other: string): string => (one !== null && one > other ? one : other);
const activeAt = ({ lastActivityAt }: LifecycleRow, at: string) => ({
  lastActivityAt: later(lastActivityAt, at),
});
