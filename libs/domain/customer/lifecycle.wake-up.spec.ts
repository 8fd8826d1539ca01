import { scenario, specEventId } from '@rapport/kernel/spec';
import {
  HoldWakeUps,
  NoteActivity,
  RecordWakeUpAction,
  ReleaseWakeUps,
  StartWakeUp,
} from './lifecycle.commands';
import { lifecycle } from './lifecycle.decider';
import { CustomerReawakened, CustomerTurnedSilent, LifecycleStageChanged } from './lifecycle.events';
import { WakeUpActionTaken, WakeUpsHeld, WakeUpsReleased, WakeUpStarted } from './lifecycle.events';
import type { WakeUpKind } from './lifecycle.values';
import type { ValueTier } from '../value/value.values';

const SILENT = '2024-04-01T00:00:00.000Z';
const NOW = '2024-04-02T09:00:00.000Z';
const { given } = scenario(lifecycle, { now: NOW });
const customerId = 'c-7';
const turnedSilent = (tier: ValueTier) =>
  CustomerTurnedSilent.of({
    ...{ customerId, lastActivityAt: '2024-01-02T00:00:00.000Z', lastActivityEventId: 'e-1' },
    ...{ tier, thresholdDays: 90, silentSince: SILENT },
  });
const silent = turnedSilent('STANDARD');
const survey = { customerId, actionId: 'a-1', kind: 'QUARTERLY_SURVEY_WITH_BENEFIT' } as const;
const started = WakeUpStarted.of({ customerId, tier: 'STANDARD', silentSince: SILENT });
const taken = (attempt: number, at = NOW) =>
  WakeUpActionTaken.of({ ...survey, actionId: `a-${attempt}`, attempt, automatic: false }, at);

describe('a wake-up', () => {
  it('starts with an action that suits the tier', () =>
    given(silent).when(StartWakeUp.of(survey)).then(started, taken(1)));

  it('is for silent customers, one at a time', () => {
    given().when(StartWakeUp.of(survey)).thenRefused('CUSTOMER_NOT_SILENT');
    given(silent, started, taken(1)).when(StartWakeUp.of(survey)).thenNothing();
    given(silent, started, taken(1))
      .when(StartWakeUp.of({ ...survey, actionId: 'a-2' }))
      .thenRefused('WAKE_UP_RUNNING');
  });

  it.each([
    ['HIGH_VALUE', 'PERSONAL_CALL', 'LIMITED_TIME_OFFER'],
    ['GROWTH', 'DEDICATED_TRAINING', 'QUARTERLY_SURVEY_WITH_BENEFIT'],
    ['STANDARD', 'LIMITED_TIME_OFFER', 'PERSONAL_CALL'],
  ] as const)('of a %s customer may be %s, not %s', (tier, fit, unfit) => {
    const offerEndsAt = '2024-05-01T00:00:00.000Z';
    const start = (kind: WakeUpKind) => StartWakeUp.of({ ...survey, kind, offerEndsAt });
    expect(given(turnedSilent(tier)).when(start(fit)).decided()).toHaveLength(2);
    given(turnedSilent(tier)).when(start(unfit)).thenRefused('WAKE_UP_UNFIT');
  });

  it('makes no offer without an end, nor one that has ended', () => {
    const offer = { ...survey, kind: 'LIMITED_TIME_OFFER' } as const;
    given(silent).when(StartWakeUp.of(offer)).thenRefused('OFFER_WITHOUT_END');
    given(silent)
      .when(StartWakeUp.of({ ...offer, offerEndsAt: NOW }))
      .thenRefused('OFFER_ENDED');
    const offerEndsAt = '2024-04-02T09:00:00.001Z';
    expect(
      given(silent)
        .when(StartWakeUp.of({ ...offer, offerEndsAt }))
        .decided(),
    ).toHaveLength(2);
  });

  it('goes on action by action, each once', () => {
    const next = RecordWakeUpAction.of({ ...survey, actionId: 'a-2' });
    given(silent).when(next).thenRefused('WAKE_UP_NOT_STARTED');
    given(silent, started, taken(1)).when(next).then(taken(2));
    given(silent, started, taken(1), taken(2)).when(next).thenNothing();
  });

  it('is left to a person after three actions without an answer', () => {
    const next = { ...survey, actionId: 'a-4' };
    const automatic = RecordWakeUpAction.of({ ...next, automatic: true });
    const fourth = { ...next, attempt: 4 };
    given(silent, started, taken(1), taken(2), taken(3)).when(automatic).thenRefused('WAKE_UP_UNANSWERED');
    given(silent, started, taken(1), taken(2), taken(3))
      .when(RecordWakeUpAction.of(next))
      .then(WakeUpActionTaken.of({ ...fourth, automatic: false }));
    given(silent, started, taken(1), taken(2))
      .when(RecordWakeUpAction.of({ ...survey, actionId: 'a-3', automatic: true }))
      .then(WakeUpActionTaken.of({ ...survey, actionId: 'a-3', attempt: 3, automatic: true }));
  });

  it('begins to count anew with the next silence', () => {
    const answer = CustomerReawakened.of({
      ...{ customerId, activityAt: NOW, activityEventId: 'e-9', activity: 'PURCHASE', silentSince: SILENT },
    });
    given(silent, started, taken(1), taken(2), taken(3), answer, silent)
      .when(StartWakeUp.of(survey))
      .then(started, taken(1));
  });

  it('waits while a complaint is open', () => {
    const held = WakeUpsHeld.of({ customerId, ticketId: 't-1' });
    const other = WakeUpsHeld.of({ customerId, ticketId: 't-2' });
    const released = WakeUpsReleased.of({ customerId, ticketId: 't-1' });
    given(silent).when(HoldWakeUps.of(held.data)).then(held);
    given(silent, held).when(HoldWakeUps.of(held.data)).thenNothing();
    given(silent, held).when(StartWakeUp.of(survey)).thenRefused('COMPLAINT_OPEN');
    given(silent, started, held).when(RecordWakeUpAction.of(survey)).thenRefused('COMPLAINT_OPEN');
    given(silent, held, other).when(ReleaseWakeUps.of(held.data)).then(released);
    given(silent, held, other, released).when(StartWakeUp.of(survey)).thenRefused('COMPLAINT_OPEN');
    given(silent, held, released).when(StartWakeUp.of(survey)).then(started, taken(1));
    given(silent, held, released).when(ReleaseWakeUps.of(held.data)).thenNothing();
  });
});

describe('an answer', () => {
  const answer = (activityAt: string) =>
    given(silent, started, taken(1), taken(2, '2024-04-10T09:00:00.000Z'))
      .when(NoteActivity.of({ customerId, activityAt, activityEventId: 'e-9', activity: 'INBOUND_CONTACT' }))
      .decided()[0]?.data as CustomerReawakened;

  it('is that to the last action of 30 days', () => {
    expect(answer('2024-04-15T00:00:00.000Z').wakeUpActionId).toBe('a-2');
    expect(answer('2024-05-10T09:00:00.000Z').wakeUpActionId).toBe('a-2');
  });
  it('later than that is spontaneous', () =>
    expect(answer('2024-05-10T09:00:00.001Z').wakeUpActionId).toBeUndefined());
  it('cannot be one to an action that came after it', () =>
    expect(answer('2024-04-05T00:00:00.000Z').wakeUpActionId).toBe('a-1'));
  it('before any action is spontaneous', () =>
    expect(answer('2024-04-02T08:00:00.000Z').wakeUpActionId).toBeUndefined());
  it('of somebody in decline names the reawakening as the cause of the way back', () => {
    const declined = LifecycleStageChanged.of({
      ...{ customerId, from: 'GROWTH', to: 'DECLINE', cause: 'SILENCE', manual: false, wonBack: false },
    });
    const [, back] = given(silent, declined)
      .when(NoteActivity.of({ customerId, activityAt: NOW, activityEventId: 'e-9', activity: 'PURCHASE' }))
      .decided();
    expect(back?.data).toMatchObject({ to: 'GROWTH', cause: 'REAWAKENED', causeEventId: specEventId(0) });
  });
});
