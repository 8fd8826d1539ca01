import * as events from '@rapport/domain/events';
import { daysAfter, type LifecycleCause, type LifecycleStage } from '@rapport/domain/values';
import { givenEventId, givenPlace, rowsOf } from '@rapport/kernel/spec';
import { lifecycleMoves } from './lifecycle-moves.projection';
import { lifecycle } from './lifecycle.projection';

const { CustomerChurned, CustomerReawakened, CustomerRegistered, CustomerTurnedSilent, CustomerWonBack } =
  events;
const { DeclineReasonRecorded, LifecycleStageChanged, PurchaseRecorded, RefundRecorded } = events;
const { TicketRegistered, ValueTierChanged, WakeUpActionTaken } = events;
const { given } = rowsOf(lifecycle);

const customerId = 'c-1';
const START = '2024-01-02T00:00:00.000Z';
const day = (n: number) => daysAfter(START, n);
const yuan = (minor: number) => ({ minor, currency: 'CNY' });
const registered = CustomerRegistered.of(
  {
    ...{ customerId, name: 'ACME', industry: 'Retail', source: 'REFERRAL', grade: 'PROSPECT', zone: 'UTC' },
    ...{ keyAccount: false, strategicPartner: false, registeredAt: START },
  },
  START,
);
const bought = (n: number) =>
  PurchaseRecorded.of({ purchaseId: `p-${n}`, customerId, amount: yuan(100), purchasedAt: day(n) }, day(n));
const moved = (from: LifecycleStage, to: LifecycleStage, cause: LifecycleCause, n: number, wonBack = false) =>
  LifecycleStageChanged.of(
    {
      customerId,
      from,
      to,
      cause,
      causeEventId: `because-${n}`,
      manual: cause === 'MANUAL_OVERRIDE',
      wonBack,
    },
    day(n),
  );
const silent = CustomerTurnedSilent.of(
  {
    ...{ customerId, lastActivityAt: START, lastActivityEventId: 'e-1', tier: 'STANDARD' },
    ...{ thresholdDays: 90, silentSince: day(90) },
  },
  day(90),
);
const grown = moved('ACQUISITION', 'GROWTH', 'FIRST_PURCHASE', 10);

describe('the relationship with a customer', () => {
  it('begins in acquisition when the customer is registered', () => {
    const start = { stage: 'ACQUISITION', since: START, registeredAt: START, lastActivityAt: START } as const;
    given(registered)
      .row(customerId)
      .is({
        ...start,
        previousStage: null,
        previousStageMs: null,
        cause: null,
        tier: 'STANDARD',
        wonBack: false,
      });
  });

  it('says where it stands, since when, why, and how long the stage before lasted', () =>
    given(registered, grown)
      .row(customerId)
      .is({
        ...{
          stage: 'GROWTH',
          since: day(10),
          previousStage: 'ACQUISITION',
          previousStageMs: 10 * 86_400_000,
        },
        ...{ cause: 'FIRST_PURCHASE', causeEventId: 'because-10', manual: false },
      }));

  it('does not guess how long a stage lasted that it did not see begin', () =>
    given(grown)
      .row(customerId)
      .is({ previousStageMs: null, since: day(10) }));

  it('counts purchases and refunds, and knows the first and the last however late they arrive', () => {
    const refund = RefundRecorded.of({
      ...{ purchaseId: 'p-5', refundId: 'r-1', customerId, amount: yuan(1), refundedTotal: yuan(1) },
      ...{ purchaseAmount: yuan(100), purchasedAt: day(5), refundedAt: day(6) },
    });
    given(registered, bought(7), bought(9), bought(5), refund)
      .row(customerId)
      .is({
        ...{
          purchases: 3,
          refunds: 1,
          firstPurchaseAt: day(5),
          lastPurchaseAt: day(9),
          lastActivityAt: day(9),
        },
      });
  });

  it('takes what the customer does without a word for an activity', () => {
    const seen = { sourceEventId: 'web:1', customerId, kind: 'PAGE_VIEW', subject: '/prices' } as const;
    given(registered, events.BehaviourRecorded.of({ ...seen, happenedAt: day(8) }))
      .row(customerId)
      .is({ lastActivityAt: day(8) });
  });

  it('takes an inbound contact for an activity', () => {
    const called = (n: number) =>
      TicketRegistered.of({
        ...{ ticketId: 't-1', customerId, isEnquiry: true, isComplex: false, urgency: 'ROUTINE' },
        ...{ channel: 'PHONE', verbatim: 'hello', collectorId: 'ann', raisedAt: day(n) },
      });
    given(registered, called(8))
      .row(customerId)
      .is({ lastActivityAt: day(8) });
    given(registered, bought(9), called(8))
      .row(customerId)
      .is({ lastActivityAt: day(9) });
  });

  it('knows the tier and the reason of a decline, until the stage changes again', () => {
    const tier = ValueTierChanged.of({
      ...{
        customerId,
        from: 'STANDARD',
        to: 'HIGH_VALUE',
        month: '2024-01',
        ruleScope: 'default',
        ruleVersion: 1,
      },
    });
    const reason = DeclineReasonRecorded.of({ customerId, reason: 'SERVICE' });
    const declined = moved('GROWTH', 'DECLINE', 'RISK_HIGH', 20);
    const known = given(registered, tier, grown, declined, reason).row(customerId);
    known.is({ tier: 'HIGH_VALUE', declineReason: 'SERVICE', stage: 'DECLINE' });
    const back = moved('DECLINE', 'GROWTH', 'RISK_NO_LONGER_HIGH', 30);
    given(registered, tier, grown, declined, reason, back).row(customerId).is({ declineReason: null });
  });

  it('shows a silence and when it makes a churn candidate, until the customer acts', () => {
    const tried = WakeUpActionTaken.of({
      ...{ customerId, actionId: 'a-1', kind: 'LIMITED_TIME_OFFER', attempt: 1, automatic: false },
    });
    const back = { customerId, activityAt: day(95), activityEventId: 'e-9', activity: 'PURCHASE' } as const;
    const spontaneous = CustomerReawakened.of({ ...back, silentSince: day(90) });
    const answered = CustomerReawakened.of({ ...back, silentSince: day(90), wakeUpActionId: 'a-1' });
    const awake = { silentSince: null, churnCandidateAt: null, silences: 1 };
    given(registered, silent)
      .row(customerId)
      .is({ silentSince: day(90), churnCandidateAt: day(270), silences: 1 });
    given(registered, silent, tried, answered)
      .row(customerId)
      .is({ ...awake, wakeUpActions: 1, wakeUpsAnswered: 1 });
    given(registered, silent, tried, spontaneous)
      .row(customerId)
      .is({ ...awake, wakeUpActions: 1, wakeUpsAnswered: 0 });
  });

  it('shows a loss with its reason, and its end', () => {
    const churned = CustomerChurned.of(
      { customerId, reason: 'PRICE', competitor: 'X', stageBefore: 'DECLINE' },
      day(300),
    );
    const lost = moved('DECLINE', 'CHURNED', 'CHURN', 300);
    given(registered, silent, churned, lost)
      .row(customerId)
      .is({
        ...{ stage: 'CHURNED', churnReason: 'PRICE', competitor: 'X', churnedAt: day(300) },
        ...{ silentSince: null, churnCandidateAt: null, wonBack: false },
      });
    const wonBack = CustomerWonBack.of({ customerId, purchaseId: 'p-310' });
    const back = moved('CHURNED', 'GROWTH', 'WON_BACK', 310, true);
    const later = moved('GROWTH', 'MATURITY', 'THIRD_PURCHASE_IN_365_DAYS', 320);
    given(registered, churned, lost, wonBack, back, later)
      .row(customerId)
      .is({ wonBack: true, churnReason: null, competitor: null, churnedAt: null });
  });
});

it('every move between stages is a row of its own', () => {
  const override = moved('GROWTH', 'MATURITY', 'MANUAL_OVERRIDE', 12);
  const moves = rowsOf(lifecycleMoves).given(grown, override);
  moves.row(givenPlace(0)).is({
    ...{ customerId, from: 'ACQUISITION', to: 'GROWTH', cause: 'FIRST_PURCHASE', causeEventId: 'because-10' },
    ...{ at: day(10), manual: false, wonBack: false, reason: null, eventId: givenEventId(0) },
  });
  moves.row(givenPlace(1)).is({ customerId, cause: 'MANUAL_OVERRIDE', manual: true });
});
