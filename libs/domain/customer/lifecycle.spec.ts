import { scenario, specEventId } from '@rapport/kernel/spec';
import type { Customer } from './customer.decider';
import {
  AdvanceLifecycle,
  ChangeLifecycleStage,
  RecordChurn,
  RecordDeclineReason,
} from './lifecycle.commands';
import { DetectSilence, NoteActivity, RecordWinBack } from './lifecycle.commands';
import { lifecycle } from './lifecycle.decider';
import {
  CustomerChurned,
  CustomerReawakened,
  CustomerTurnedSilent,
  CustomerWonBack,
} from './lifecycle.events';
import { DeclineReasonRecorded, LifecycleStageChanged } from './lifecycle.events';
import { AdvanceCause, type LifecycleCause, type LifecycleStage } from './lifecycle.values';
import type { Purchase } from './purchase.decider';

const START = '2024-01-02T00:00:00.000Z';
const SILENT = '2024-04-01T00:00:00.000Z';
const customerId = 'c-1';
const manager = { id: 'mia', role: 'CRM_MANAGER' };
const at = (now: string, actor = manager) => scenario(lifecycle, { now, actor });
const { given } = at(SILENT);
const known = { customer: { stage: 'known', profile: {}, contacts: {} } satisfies Customer };
const unknown = { customer: { stage: 'unknown' } satisfies Customer };

const moved = (
  from: LifecycleStage,
  to: LifecycleStage,
  cause: LifecycleCause,
  causeEventId: string,
  at = START,
) =>
  LifecycleStageChanged.of({ customerId, from, to, cause, causeEventId, manual: false, wonBack: false }, at);
const byHand = (from: LifecycleStage, to: LifecycleStage, at = START) =>
  LifecycleStageChanged.of(
    { customerId, from, to, cause: 'MANUAL_OVERRIDE', manual: true, wonBack: false, reason: 'they said so' },
    at,
  );
const advance = (cause: AdvanceCause) => AdvanceLifecycle.of({ customerId, cause, causeEventId: 'e-1' });
const grown = moved('ACQUISITION', 'GROWTH', 'FIRST_PURCHASE', 'e-1');
const mature = moved('GROWTH', 'MATURITY', 'THIRD_PURCHASE_IN_365_DAYS', 'e-3');
const atRisk = moved('GROWTH', 'DECLINE', 'RISK_HIGH', 'e-4');
const last = { customerId, lastActivityAt: START, lastActivityEventId: 'e-1', tier: 'STANDARD' } as const;
const detect = DetectSilence.of(last);
const silent = CustomerTurnedSilent.of({ ...last, thresholdDays: 90, silentSince: SILENT }, SILENT);
const declined = moved('GROWTH', 'DECLINE', 'SILENCE', specEventId(0), SILENT);
const BACK = '2024-04-15T10:00:00.000Z';
const acted = { customerId, activityAt: BACK, activityEventId: 'e-9', activity: 'PURCHASE' } as const;
const reawakened = CustomerReawakened.of({ ...acted, silentSince: SILENT }, BACK);
const churned = CustomerChurned.of({ customerId, reason: 'PRICE', stageBefore: 'GROWTH' }, SILENT);
const lost = moved('GROWTH', 'CHURNED', 'CHURN', specEventId(0), SILENT);

describe('a relationship moves on', () => {
  it('from acquisition to growth with the first purchase, which is named as its cause', () => {
    given().when(advance('FIRST_PURCHASE')).then(grown);
    given(grown).when(advance('FIRST_PURCHASE')).thenNothing();
  });

  it('from growth to maturity with the third purchase in 365 days, never straight from acquisition', () => {
    given(grown)
      .when(advance('THIRD_PURCHASE_IN_365_DAYS'))
      .then(moved('GROWTH', 'MATURITY', 'THIRD_PURCHASE_IN_365_DAYS', 'e-1'));
    given().when(advance('THIRD_PURCHASE_IN_365_DAYS')).thenNothing();
    given(grown, atRisk).when(advance('THIRD_PURCHASE_IN_365_DAYS')).thenNothing();
  });

  it('from any active stage to decline when the risk turns high, and back when it is high no longer', () => {
    const back = advance('RISK_NO_LONGER_HIGH');
    given()
      .when(advance('RISK_HIGH'))
      .then(moved('ACQUISITION', 'DECLINE', 'RISK_HIGH', 'e-1'));
    given(grown, mature)
      .when(advance('RISK_HIGH'))
      .then(moved('MATURITY', 'DECLINE', 'RISK_HIGH', 'e-1'));
    given(grown, atRisk).when(advance('RISK_HIGH')).thenNothing();
    given(grown, atRisk)
      .when(back)
      .then(moved('DECLINE', 'GROWTH', 'RISK_NO_LONGER_HIGH', 'e-1'));
    given(grown).when(back).thenNothing();
  });

  it('to decline when the use falls by half, and back when that is over, whatever the risk does', () => {
    const declining = moved('GROWTH', 'DECLINE', 'USAGE_DECLINED', 'e-1');
    given(grown).when(advance('USAGE_DECLINED')).then(declining);
    given(grown, declining)
      .when(advance('USAGE_DECLINE_ENDED'))
      .then(moved('DECLINE', 'GROWTH', 'USAGE_DECLINE_ENDED', 'e-1'));
    given(grown, declining).when(advance('RISK_NO_LONGER_HIGH')).thenNothing();
    given(grown, atRisk).when(advance('USAGE_DECLINE_ENDED')).thenNothing();
  });

  it('but a silence or a loss is not ended by a risk that fell', () => {
    given(grown, silent, declined).when(advance('RISK_NO_LONGER_HIGH')).thenNothing();
    given(grown, atRisk, silent).when(advance('RISK_NO_LONGER_HIGH')).thenNothing();
    for (const cause of Object.values(AdvanceCause))
      given(grown, churned, lost).when(advance(cause)).thenNothing();
  });

  it('to growth when somebody in decline buys for the first time', () =>
    given(moved('ACQUISITION', 'DECLINE', 'RISK_HIGH', 'e-0'))
      .when(advance('FIRST_PURCHASE'))
      .then(moved('DECLINE', 'GROWTH', 'FIRST_PURCHASE', 'e-1')));
});

describe('an override by hand', () => {
  const override = (to: LifecycleStage) =>
    ChangeLifecycleStage.of({ customerId, to, reason: 'they said so' });

  it('is kept as such, with its reason', () =>
    given(grown).when(override('MATURITY'), known).then(byHand('GROWTH', 'MATURITY')));

  it('is for CRM managers and for customers that are known', () => {
    const { given: givenToAnn } = at(SILENT, { id: 'ann', role: 'ACCOUNT_MANAGER' });
    givenToAnn(grown).when(override('MATURITY'), known).thenRefused('OVERRIDE_NOT_ALLOWED');
    given().when(override('GROWTH'), unknown).thenRefused('CUSTOMER_UNKNOWN');
  });

  it('gives a reason', () =>
    expect(() =>
      given(grown)
        .when(ChangeLifecycleStage.of({ ...override('DECLINE'), reason: ' ' }))
        .decided(),
    ).toThrow('reason'));

  it('to the stage that holds already changes nothing', () =>
    given(grown).when(override('GROWTH'), known).thenNothing());

  it('makes legal moves only, and neither loses nor wins back a customer', () => {
    given().when(override('MATURITY'), known).thenRefused('ILLEGAL_STAGE_MOVE');
    given(grown).when(override('ACQUISITION'), known).thenRefused('ILLEGAL_STAGE_MOVE');
    given(grown).when(override('CHURNED'), known).thenRefused('ILLEGAL_STAGE_MOVE');
    given(grown, churned, lost).when(override('GROWTH'), known).thenRefused('ILLEGAL_STAGE_MOVE');
  });

  it('keeps everything still for 30 days, to the millisecond', () => {
    const held = byHand('MATURITY', 'GROWTH');
    at('2024-01-31T23:59:59.999Z').given(held).when(advance('RISK_HIGH')).thenNothing();
    at('2024-02-01T00:00:00.000Z')
      .given(held)
      .when(advance('RISK_HIGH'))
      .then(moved('GROWTH', 'DECLINE', 'RISK_HIGH', 'e-1'));
  });

  it('does not hide a silence nor its end: the stage stays, the facts are told', () => {
    given(grown, byHand('GROWTH', 'MATURITY', '2024-03-20T00:00:00.000Z'))
      .when(detect)
      .then(silent);
    given(grown, silent, declined, byHand('DECLINE', 'MATURITY', SILENT))
      .when(NoteActivity.of(acted))
      .then(reawakened);
  });
});

describe('a decline', () => {
  const because = { customerId, reason: 'SERVICE' } as const;
  it('gets a reason while it lasts, the same one once', () => {
    const told = DeclineReasonRecorded.of(because);
    given(grown).when(RecordDeclineReason.of(because)).thenRefused('CUSTOMER_NOT_IN_DECLINE');
    given(grown, atRisk).when(RecordDeclineReason.of(because)).then(told);
    given(grown, atRisk, told).when(RecordDeclineReason.of(because)).thenNothing();
    const noted = { ...because, note: 'slow replies' };
    given(grown, atRisk, told).when(RecordDeclineReason.of(noted)).then(DeclineReasonRecorded.of(noted));
  });
});

describe('a customer that is lost', () => {
  const churn = RecordChurn.of({ customerId, reason: 'PRICE', competitor: 'X' });

  it('is recorded by a person with reason, competitor and the stage before', () =>
    given(grown)
      .when(churn, known)
      .then(CustomerChurned.of({ ...churned.data, competitor: 'X' }), lost));

  it('is lost once, and was a customer', () => {
    given(grown, churned, lost).when(churn, known).thenRefused('CUSTOMER_ALREADY_CHURNED');
    given().when(churn, unknown).thenRefused('CUSTOMER_UNKNOWN');
  });

  const bought = (of: string, purchasedAt: string): { purchase: Purchase } => ({
    purchase: {
      ...{ stage: 'recorded', customerId: of, amount: { minor: 1, currency: 'CNY' }, purchasedAt },
      ...{ refunded: 0, refundIds: [] },
    },
  });
  const winBack = RecordWinBack.of({ customerId, purchaseId: 'p-9' });
  const LATER = '2024-05-01T00:00:00.000Z';

  it('is won back by a purchase: growth again, with a flag, even while an override holds', () => {
    const wonBack = CustomerWonBack.of({ customerId, purchaseId: 'p-9' }, LATER);
    const events = given(byHand('ACQUISITION', 'GROWTH', '2024-04-30T00:00:00.000Z'), churned, lost)
      .when(winBack, bought(customerId, LATER))
      .decided();
    const back = moved('CHURNED', 'GROWTH', 'WON_BACK', specEventId(0), LATER).data;
    expect(events).toEqual([wonBack, LifecycleStageChanged.of({ ...back, wonBack: true }, LATER)]);
    given(grown, churned, lost, ...events)
      .when(winBack, bought(customerId, LATER))
      .thenNothing();
  });

  it('is not won back without a purchase of their own after the loss', () => {
    const won = (answer: object) => given(grown, churned, lost).when(winBack, answer);
    won({ purchase: { stage: 'unknown' } }).thenRefused('WIN_BACK_WITHOUT_PURCHASE');
    won(bought('c-2', LATER)).thenRefused('WIN_BACK_WITHOUT_PURCHASE');
    won(bought(customerId, SILENT)).thenRefused('WIN_BACK_WITHOUT_PURCHASE');
    given(grown).when(winBack, bought(customerId, LATER)).thenRefused('CUSTOMER_NOT_CHURNED');
  });

  it('who was silent before is not found silent by the same quiet again', () => {
    const wonBack = CustomerWonBack.of({ customerId, purchaseId: 'p-9' }, LATER);
    const back = moved('CHURNED', 'GROWTH', 'WON_BACK', 'e-1', LATER);
    given(grown, silent, declined, churned, lost, wonBack, back).when(detect).thenNothing();
  });
});
