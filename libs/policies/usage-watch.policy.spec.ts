import fc from 'fast-check';
import { DetectUsageDecline, EndUsageDecline } from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import { daysAfter, type BehaviourKind } from '@rapport/domain/values';
import { reactionTo, type NewEvent, type Row } from '@rapport/kernel';
import { reactionsOf, recorded } from '@rapport/kernel/spec';
import { usageWatch } from './usage-watch.policy';

const { given } = reactionsOf(usageWatch);
const customerId = 'c-1';
const DAY_0 = '2024-01-01T00:00:00.000Z';
const midnight = (day: number) => daysAfter(DAY_0, day);
const noon = (day: number) => daysAfter(DAY_0, day + 0.5);
const used = (day: number, seconds: number, kind: BehaviourKind = 'FEATURE_USE') => {
  const what = { sourceEventId: `web:${day}`, customerId, kind, subject: 'export' };
  return e.BehaviourRecorded.of({ ...what, seconds, happenedAt: noon(day) }, noon(day));
};
const detect = (recentSeconds: number, beforeSeconds: number) =>
  DetectUsageDecline.of({ customerId, recentSeconds, beforeSeconds });
const detected = (day: number) =>
  e.UsageDeclineDetected.of(
    { customerId, detectedAt: midnight(day), recentSeconds: 0, beforeSeconds: 1 },
    midnight(day),
  );
const end = (how: 'RECOVERED' | 'CONSENT_WITHDRAWN') => EndUsageDecline.of({ customerId, how });
const withdrawn = (purpose: 'ANALYTICS' | 'MARKETING', day: number) =>
  e.ConsentWithdrawn.of(
    {
      ...{ customerId, purpose, channel: 'EMAIL', textVersion: 'privacy-3' },
      ...{ grantedAt: DAY_0, withdrawnAt: noon(day) },
    },
    noon(day),
  );

describe('a decline of use', () => {
  it('is there at the first midnight at which 30 days hold half of the 30 before, or less', () => {
    given(used(0, 100)).waits(customerId, midnight(31), detect(0, 100));
    given(used(0, 100), used(20, 50)).waits(customerId, midnight(31), detect(50, 100));
    given(used(0, 100), used(20, 51)).waits(customerId, midnight(51), detect(0, 151));
  });

  it('is put off by what is used meanwhile', () =>
    given(used(0, 100), used(25, 200)).waits(customerId, midnight(56), detect(0, 300)));

  it('is about the use of features alone', () => {
    given(used(0, 100, 'PAGE_VIEW')).waitsNoMore(customerId);
    given(used(0, 0)).waitsNoMore(customerId);
  });

  it('is told once in an episode, which ends when more than half is used again', () => {
    given(used(0, 100), detected(31)).waitsNoMore(customerId);
    given(used(0, 100), detected(31), used(40, 50)).waits(customerId, midnight(61), end('RECOVERED'));
    given(used(0, 100), detected(31), used(40, 51)).waits(customerId, midnight(41), end('RECOVERED'));
  });

  it('may follow another', () => {
    const ended = { customerId, detectedAt: midnight(31), endedAt: midnight(41), how: 'RECOVERED' } as const;
    const recovered = e.UsageDeclineEnded.of(ended, midnight(41));
    const story = [used(0, 100), detected(31), used(40, 51), recovered];
    given(...story).waits(customerId, midnight(71), detect(0, 51));
  });

  it('is no longer looked for when the customer does not allow it', () => {
    given(used(0, 100), withdrawn('ANALYTICS', 5)).waitsNoMore(customerId);
    given(used(0, 100), withdrawn('ANALYTICS', 5)).then();
    given(used(0, 100), detected(31), withdrawn('ANALYTICS', 35)).then(end('CONSENT_WITHDRAWN'));
    given(used(0, 100), withdrawn('MARKETING', 5)).waits(customerId, midnight(31), detect(0, 100));
  });
});

const memoryAfter = (events: readonly NewEvent[]): Row | null =>
  events
    .map(recorded)
    .reduce<Row | null>((row, event) => reactionTo(usageWatch, row, customerId, event).row, null);

describe('whatever is used, and in whatever order it is told', () => {
  const uses = fc.array(fc.tuple(fc.nat(59), fc.integer({ min: 1, max: 500 })), { maxLength: 25 });

  it('the same is remembered and waited for', () =>
    fc.assert(
      fc.property(
        uses.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([one, other]) => {
          const told = (list: typeof one) => list.map(([day, seconds]) => used(day, seconds));
          expect(memoryAfter(told(one))).toEqual(memoryAfter(told(other)));
        },
      ),
    ));

  it('the midnight that is waited for is the first at which it has declined', () =>
    fc.assert(
      fc.property(uses, (all) => {
        const sum = (from: number, until: number) =>
          all
            .filter(([day]) => day >= from && day < until)
            .reduce((total, [, seconds]) => total + seconds, 0);
        const last = Math.max(-1, ...all.map(([day]) => day));
        const expected = Array.from({ length: 61 }, (_, n) => last + 1 + n).find(
          (day) => sum(day - 60, day - 30) > 0 && sum(day - 30, day) * 2 <= sum(day - 60, day - 30),
        );
        const inOrder = [...all].sort(([one], [another]) => one - another);
        const due = memoryAfter(inOrder.map(([day, seconds]) => used(day, seconds)))?.['dueAt'] ?? null;
        expect(due).toBe(expected === undefined ? null : midnight(expected));
      }),
    ));
});
