import fc from 'fast-check';
import { AdvanceLifecycle, DetectSilence, NoteActivity, RecordWinBack } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import {
  daysAfter,
  SILENCE_DAYS,
  ValueTier,
  type ActivityKind,
  type AdvanceCause,
  type LifecycleStage,
} from '@rapport/domain/values';
import { givenEventId, reactionsOf } from '@rapport/kernel/spec';
import { relationship } from './relationship.policy';

const { BehaviourRecorded, CustomerChurned, CustomerRegistered, CustomerTurnedSilent, CustomerWonBack } =
  events;
const { LifecycleStageChanged, PurchaseRecorded, TicketRegistered, ValueTierChanged } = events;
const { given } = reactionsOf(relationship);
const customerId = 'c-1';
const DAY_0 = '2024-01-02T00:00:00.000Z';
const day = (n: number) => daysAfter(DAY_0, n);

const registered = CustomerRegistered.of(
  {
    ...{ customerId, name: 'ACME', industry: 'Retail', source: 'REFERRAL', grade: 'PROSPECT', zone: 'UTC' },
    ...{ keyAccount: false, strategicPartner: false, registeredAt: DAY_0 },
  },
  DAY_0,
);
const bought = (n: number, purchaseId = `p-${n}`) =>
  PurchaseRecorded.of(
    { purchaseId, customerId, amount: { minor: 1, currency: 'CNY' }, purchasedAt: day(n) },
    day(n),
  );
const called = (n: number) =>
  TicketRegistered.of(
    {
      ...{
        ticketId: 't-1',
        customerId,
        isEnquiry: true,
        isComplex: false,
        urgency: 'ROUTINE',
        channel: 'PHONE',
      },
      ...{ verbatim: 'hello', collectorId: 'ann', raisedAt: day(n) },
    },
    day(n),
  );
const used = (n: number) =>
  BehaviourRecorded.of(
    { sourceEventId: 'web:1', customerId, kind: 'PAGE_VIEW', subject: '/prices', happenedAt: day(n) },
    day(n),
  );
const tier = (to: ValueTier) =>
  ValueTierChanged.of({
    customerId,
    from: 'STANDARD',
    to,
    month: '2024-01',
    ruleScope: 'default',
    ruleVersion: 1,
  });
const entered = (to: LifecycleStage) =>
  LifecycleStageChanged.of({
    ...{ customerId, from: 'ACQUISITION', to, cause: 'MANUAL_OVERRIDE', manual: true, wonBack: false },
  });
const silence = (n: number, event: number, of: ValueTier = 'STANDARD') =>
  ({ customerId, lastActivityAt: day(n), lastActivityEventId: givenEventId(event), tier: of }) as const;
const detect = (n: number, event: number, of?: ValueTier) => DetectSilence.of(silence(n, event, of));
const turnedSilent = (n: number, event: number) =>
  CustomerTurnedSilent.of({ ...silence(n, event), thresholdDays: 90, silentSince: day(n + 90) }, day(n + 90));
const advance = (cause: AdvanceCause, event: number) =>
  AdvanceLifecycle.of({ customerId, cause, causeEventId: givenEventId(event) });
const note = (n: number, event: number, activity: ActivityKind = 'PURCHASE') =>
  NoteActivity.of({ customerId, activityAt: day(n), activityEventId: givenEventId(event), activity });
const churned = CustomerChurned.of({ customerId, reason: 'PRICE', stageBefore: 'DECLINE' }, day(200));

describe('a silence', () => {
  it('is waited for from the registration on', () =>
    given(registered).waits(customerId, day(90), detect(0, 0)));

  it('is waited for anew after a purchase and after an inbound contact', () => {
    given(registered, bought(10)).waits(customerId, day(100), detect(10, 1));
    given(registered, called(20)).waits(customerId, day(110), detect(20, 1));
  });

  it('is waited for as long as the tier says, from a change of tier on too', () => {
    given(registered, tier('HIGH_VALUE')).waits(customerId, day(30), detect(0, 0, 'HIGH_VALUE'));
    given(registered, tier('GROWTH')).waits(customerId, day(60), detect(0, 0, 'GROWTH'));
    given(registered, tier('GROWTH'), bought(1)).waits(customerId, day(61), detect(1, 2, 'GROWTH'));
    given(tier('GROWTH')).waitsNoMore(customerId);
  });

  it('does not begin earlier for an older activity that arrives late', () => {
    given(registered, bought(50), bought(10)).waits(customerId, day(140), detect(50, 1));
    given(registered, bought(50), called(10)).waits(customerId, day(140), detect(50, 1));
  });

  it('counts from the first of two activities of one instant', () => {
    given(registered, bought(50), called(50)).waits(customerId, day(140), detect(50, 1));
  });

  it('is waited for no more once it is there, or the customer is lost', () => {
    given(registered, turnedSilent(0, 0)).waitsNoMore(customerId);
    given(registered, turnedSilent(0, 0), tier('GROWTH')).waitsNoMore(customerId);
    given(registered, churned).waitsNoMore(customerId);
    given(registered, churned, called(210)).waitsNoMore(customerId);
    given(registered, churned, tier('GROWTH')).waitsNoMore(customerId);
  });

  it('ends with the next activity, which is then what the next silence counts from', () => {
    given(registered, turnedSilent(0, 0), called(95)).then(note(95, 2, 'INBOUND_CONTACT'));
    given(registered, turnedSilent(0, 0), called(95)).waits(customerId, day(185), detect(95, 2));
    given(registered, turnedSilent(0, 0), called(95), called(96)).then();
  });

  it('ends with what the customer does without a word, too', () => {
    given(registered, turnedSilent(0, 0), used(95)).then(note(95, 2, 'BEHAVIOUR'));
    given(registered, used(8)).waits(customerId, day(98), detect(8, 1));
  });

  it('that lay between two activities is told before its end, though no timer has fired', () => {
    given(registered, called(90)).then(detect(0, 0), note(90, 1, 'INBOUND_CONTACT'));
    given(registered, called(89)).then();
  });

  it('that was found after it had been broken is ended at once', () => {
    given(registered, called(89), turnedSilent(0, 0)).then(note(89, 1, 'INBOUND_CONTACT'));
    given(registered, called(89), turnedSilent(0, 0)).waits(customerId, day(179), detect(89, 1));
  });

  it('whatever the activities and their order: the timer stands at the newest one plus the days of the tier', () =>
    fc.assert(
      fc.property(
        fc.array(fc.nat(300), { minLength: 1 }),
        fc.constantFrom(...Object.values(ValueTier)),
        (days, of) => {
          const newest = Math.max(...days);
          const command = detect(newest, days.indexOf(newest) + 1, of);
          given(tier(of), ...days.map((n) => called(n))).waits(
            customerId,
            day(newest + SILENCE_DAYS[of]),
            command,
          );
        },
      ),
    ));
});

describe('a purchase', () => {
  it('moves somebody new on', () => given(registered, bought(1)).then(advance('FIRST_PURCHASE', 1)));

  it('the third within 365 days leads to maturity', () => {
    const grown = entered('GROWTH');
    given(registered, bought(1), grown, bought(2)).then();
    given(registered, bought(1), grown, bought(2), called(300), bought(366)).then(
      advance('THIRD_PURCHASE_IN_365_DAYS', 5),
    );
    given(registered, bought(1), grown, bought(2), called(300), bought(367)).then();
    given(registered, bought(3), grown, bought(2), bought(1)).then(advance('THIRD_PURCHASE_IN_365_DAYS', 4));
  });

  it('asks for both steps when the first has not been seen yet', () =>
    given(registered, bought(1), bought(2), bought(3)).then(
      advance('FIRST_PURCHASE', 3),
      advance('THIRD_PURCHASE_IN_365_DAYS', 3),
    ));

  it('of somebody mature asks for nothing more', () =>
    given(registered, bought(1), bought(2), bought(3), entered('MATURITY'), bought(4)).then());

  it('after a silence wakes up first and then moves on', () =>
    given(registered, turnedSilent(0, 0), entered('DECLINE'), bought(95)).then(
      note(95, 3),
      advance('FIRST_PURCHASE', 3),
    ));

  it('of a lost customer wins back, once, and the wait for silence begins', () => {
    const lost = [registered, churned, entered('CHURNED')];
    given(...lost, bought(210)).then(RecordWinBack.of({ customerId, purchaseId: 'p-210' }));
    given(...lost, bought(210)).waits(customerId, day(300), detect(210, 3));
    given(...lost, bought(210), entered('GROWTH'), bought(211)).then();
    given(...lost, called(220), bought(210), CustomerWonBack.of({ customerId, purchaseId: 'p-210' })).waits(
      ...([customerId, day(310), detect(220, 3)] as const),
    );
  });

  it('that a lost customer had made before does not win back', () => {
    given(registered, churned, entered('CHURNED'), bought(199)).then();
    given(registered, churned, entered('CHURNED'), bought(200)).then();
  });
});
