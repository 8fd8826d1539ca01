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
import { flag, integer, maybe, projection, text, type RowOf } from '@rapport/kernel';

const columns = {
  stage: text<LifecycleStage>('ACQUISITION'),
  since: text(),
  previousStage: maybe(text<LifecycleStage>()),
  /** How long the stage before had lasted, in milliseconds. */
  previousStageMs: maybe(integer()),
  cause: maybe(text<LifecycleCause>()),
  causeEventId: maybe(text()),
  manual: flag(),
  tier: text<ValueTier>('STANDARD'),
  registeredAt: maybe(text()),
  silentSince: maybe(text()),
  /** 180 days after turning silent: from then on a person is asked whether the customer is lost. */
  churnCandidateAt: maybe(text()),
  silences: integer(),
  wakeUpActions: integer(),
  wakeUpsAnswered: integer(),
  declineReason: maybe(text<DeclineReason>()),
  churnReason: maybe(text<ChurnReason>()),
  competitor: maybe(text()),
  churnedAt: maybe(text()),
  wonBack: flag(),
  firstPurchaseAt: maybe(text()),
  lastPurchaseAt: maybe(text()),
  purchases: integer(),
  refunds: integer(),
  lastActivityAt: maybe(text()),
};
export type LifecycleRow = RowOf<typeof columns>;

/** Where does the relationship with each customer stand, since when and why; and where did it stand then (SYS-06.6)? */
export const lifecycle = projection(events, {
  name: 'lifecycle',
  version: 1,
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
