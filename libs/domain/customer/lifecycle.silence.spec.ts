import fc from 'fast-check';
import { scenario, specEventId } from '@rapport/kernel/spec';
import { DetectSilence, NoteActivity } from './lifecycle.commands';
import { lifecycle } from './lifecycle.decider';
import {
  CustomerChurned,
  CustomerReawakened,
  CustomerTurnedSilent,
  LifecycleStageChanged,
} from './lifecycle.events';
import { SILENCE_DAYS, silentFrom, type LifecycleCause, type LifecycleStage } from './lifecycle.values';

const START = '2024-01-02T00:00:00.000Z';
const SILENT = '2024-04-01T00:00:00.000Z';
const BACK = '2024-04-15T10:00:00.000Z';
const customerId = 'c-1';
const at = (now: string) => scenario(lifecycle, { now });
const { given } = at(SILENT);

const moved = (
  from: LifecycleStage,
  to: LifecycleStage,
  cause: LifecycleCause,
  causeEventId: string,
  at = START,
) =>
  LifecycleStageChanged.of({ customerId, from, to, cause, causeEventId, manual: false, wonBack: false }, at);
const grown = moved('ACQUISITION', 'GROWTH', 'FIRST_PURCHASE', 'e-1');
const mature = moved('GROWTH', 'MATURITY', 'THIRD_PURCHASE_IN_365_DAYS', 'e-3');
const atRisk = moved('GROWTH', 'DECLINE', 'RISK_HIGH', 'e-4');
const last = { customerId, lastActivityAt: START, lastActivityEventId: 'e-1', tier: 'STANDARD' } as const;
const detect = DetectSilence.of(last);
const silent = CustomerTurnedSilent.of({ ...last, thresholdDays: 90, silentSince: SILENT }, SILENT);
const declined = moved('GROWTH', 'DECLINE', 'SILENCE', specEventId(0), SILENT);
const acted = { customerId, activityAt: BACK, activityEventId: 'e-9', activity: 'PURCHASE' } as const;
const reawakened = CustomerReawakened.of({ ...acted, silentSince: SILENT }, BACK);
const churned = CustomerChurned.of({ customerId, reason: 'PRICE', stageBefore: 'GROWTH' }, SILENT);
const lost = moved('GROWTH', 'CHURNED', 'CHURN', specEventId(0), SILENT);

describe('a silence', () => {
  it('begins when the threshold is reached, at that moment, and leads to decline', () => {
    const events = given(grown).when(detect).decided();
    expect(events).toEqual([silent, declined]);
  });

  it('does not begin one millisecond earlier', () =>
    at('2024-03-31T23:59:59.999Z').given(grown).when(detect).thenNothing());

  it('found late still began when it began', () => {
    const events = at('2024-08-01T00:00:00.000Z').given(grown).when(detect).decided();
    expect(events).toEqual([silent, declined]);
  });

  it('whatever the tier: begins exactly its days after the last activity and not a millisecond before', () =>
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2010-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }),
        fc.constantFrom('HIGH_VALUE', 'GROWTH', 'STANDARD'),
        (date, tier) => {
          const lastActivityAt = date.toISOString();
          const due = silentFrom(lastActivityAt, tier);
          expect(Date.parse(due) - Date.parse(lastActivityAt)).toBe(SILENCE_DAYS[tier] * 86_400_000);
          const command = DetectSilence.of({ ...last, lastActivityAt, tier });
          const early = new Date(Date.parse(due) - 1).toISOString();
          expect(at(early).given().when(command).decided()).toEqual([]);
          expect(at(due).given().when(command).decided()[0]).toMatchObject({
            at: due,
            data: { silentSince: due },
          });
        },
      ),
    ));

  it('happens once per episode, however often it is looked for', () => {
    given(grown, silent, declined).when(detect).thenNothing();
    at(BACK)
      .given(grown, silent, declined, reawakened, moved('DECLINE', 'GROWTH', 'REAWAKENED', 'e-9'))
      .when(detect)
      .thenNothing();
  });

  it('begins anew after the customer acted and fell silent again', () => {
    const back = moved('DECLINE', 'GROWTH', 'REAWAKENED', specEventId(0), BACK);
    const again = DetectSilence.of({ ...last, lastActivityAt: BACK, lastActivityEventId: 'e-9' });
    const events = at('2024-07-14T10:00:00.000Z')
      .given(grown, silent, declined, reawakened, back)
      .when(again)
      .decided();
    expect(events.map(({ messageClass }) => messageClass.name)).toEqual([
      ...['CustomerTurnedSilent', 'LifecycleStageChanged'],
    ]);
  });

  it('leaves a customer in decline, or lost, where they are', () => {
    given(grown, atRisk).when(detect).then(silent);
    given(grown, churned, lost).when(detect).thenNothing();
  });

  it('ends with an activity: back to the stage before', () => {
    const events = given(grown, silent, declined).when(NoteActivity.of(acted)).decided();
    expect(events).toEqual([reawakened, moved('DECLINE', 'GROWTH', 'REAWAKENED', specEventId(0), BACK)]);
    const matured = moved('MATURITY', 'DECLINE', 'SILENCE', 'e-5');
    const back = given(grown, mature, silent, matured).when(NoteActivity.of(acted)).decided()[1];
    expect(back?.data).toMatchObject({ from: 'DECLINE', to: 'MATURITY' });
  });

  it('does not end twice, nor by what was known before it began', () => {
    given(grown, silent, declined, reawakened).when(NoteActivity.of(acted)).thenNothing();
    given(grown).when(NoteActivity.of(acted)).thenNothing();
    given(grown, silent, declined)
      .when(NoteActivity.of({ ...acted, activityAt: START }))
      .thenNothing();
  });
});
