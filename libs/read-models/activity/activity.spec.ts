import fc from 'fast-check';
import * as e from '@rapport/domain/events';
import { daysAfter, type BehaviourKind } from '@rapport/domain/values';
import { rowsOf } from '@rapport/kernel/spec';
import { ticketStory } from '../ticket.story';
import { lastActivity } from './last-activity.projection';
import { usageTrend } from './usage-trend.projection';

const customerId = 'c-1';
const START = '2024-01-01T00:00:00.000Z';
const at = (day: number) => daysAfter(START, day);
const did = (day: number, kind: BehaviourKind, seconds?: number) =>
  e.BehaviourRecorded.of({
    ...{ sourceEventId: `web:${day}`, customerId, kind, subject: 'x', happenedAt: at(day) },
    ...(seconds !== undefined && { seconds }),
  });
const withdrawn = (purpose: 'ANALYTICS' | 'MARKETING') =>
  e.ConsentWithdrawn.of({
    ...{ customerId, purpose, channel: 'EMAIL', textVersion: 'privacy-3' },
    ...{ grantedAt: START, withdrawnAt: at(99) },
  });
const episode = { customerId, detectedAt: at(40) } as const;
const declined = e.UsageDeclineDetected.of({ ...episode, recentSeconds: 0, beforeSeconds: 9 });
const ended = e.UsageDeclineEnded.of({ ...episode, endedAt: at(50), how: 'RECOVERED' });

describe('the trend of use', () => {
  const { given } = rowsOf(usageTrend);
  it('adds up by kind, and by day for features', () =>
    given(
      did(0, 'FEATURE_USE', 40),
      did(1, 'PAGE_VIEW', 5),
      did(2, 'DOCUMENT_VISIT'),
      did(0, 'FEATURE_USE', 2),
    )
      .row(customerId)
      .is({
        ...{ featureSeconds: 42, featureUses: 2, pageViews: 1, documentVisits: 1, lastAt: at(2) },
        byDay: [['2024-01-01', 42]],
      }));

  it('keeps the days of two windows', () =>
    given(did(0, 'FEATURE_USE', 1), did(1, 'FEATURE_USE', 2), did(60, 'FEATURE_USE', 3))
      .row(customerId)
      .is({
        featureSeconds: 6,
        byDay: [
          ['2024-01-02', 2],
          ['2024-03-01', 3],
        ],
      }));

  it('says whether it declines', () => {
    given(did(0, 'FEATURE_USE', 9), declined)
      .row(customerId)
      .is({ decliningSince: at(40) });
    given(did(0, 'FEATURE_USE', 9), declined, ended)
      .row(customerId)
      .is({ decliningSince: null });
  });

  it('drops who does not allow it, and nothing brings them back', () => {
    given(did(0, 'FEATURE_USE', 9), declined, withdrawn('ANALYTICS'))
      .row(customerId)
      .isGone();
    given(did(0, 'FEATURE_USE', 9), declined, withdrawn('ANALYTICS'), ended)
      .row(customerId)
      .isGone();
    given(did(0, 'FEATURE_USE', 9), withdrawn('MARKETING'))
      .row(customerId)
      .is({ featureSeconds: 9 });
  });

  it('is the same in whatever order it is told', () => {
    const uses = fc.array(fc.tuple(fc.nat(59), fc.nat(500)), { minLength: 1, maxLength: 20 });
    const twice = uses.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    const rowOf = (list: readonly (readonly [number, number])[]) =>
      given(...list.map(([day, seconds]) => did(day, 'FEATURE_USE', seconds)))
        .row(customerId)
        .value();
    fc.assert(fc.property(twice, ([one, other]) => expect(rowOf(one)).toEqual(rowOf(other))));
  });
});

describe('the last activity', () => {
  const { given } = rowsOf(lastActivity);
  const registered = e.CustomerRegistered.of({
    ...{ customerId, name: 'Acme', industry: 'Retail', source: 'REFERRAL', grade: 'REGULAR', zone: 'UTC' },
    ...{ keyAccount: false, strategicPartner: false, registeredAt: START },
  });
  const bought = (day: number) =>
    e.PurchaseRecorded.of({
      ...{ purchaseId: `p-${day}`, customerId, amount: { minor: 1, currency: 'CNY' } },
      purchasedAt: at(day),
    });

  it('is the latest of all, whatever is told late', () => {
    given(registered).row(customerId).is({ last: 'REGISTRATION', lastAt: START });
    const called = ticketStory('t-1', at(3)).registered;
    given(registered, bought(5), called)
      .row(customerId)
      .is({ last: 'PURCHASE', lastAt: at(5), contactAt: at(3) });
    given(registered, bought(5), bought(4))
      .row(customerId)
      .is({ purchaseAt: at(5) });
    given(registered, bought(5), did(6, 'PAGE_VIEW'))
      .row(customerId)
      .is({ last: 'BEHAVIOUR', lastAt: at(6) });
  });

  it('leaves out what may no longer be watched', () => {
    const before = [registered, bought(5), did(6, 'PAGE_VIEW')];
    given(...before, withdrawn('ANALYTICS'))
      .row(customerId)
      .is({ last: 'PURCHASE', lastAt: at(5), behaviourAt: null });
    given(...before, withdrawn('MARKETING'))
      .row(customerId)
      .is({ behaviourAt: at(6) });
  });
});
