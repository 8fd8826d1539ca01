import { AdvanceLifecycle, HoldWakeUps, ReleaseWakeUps } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import type { RiskLevel, TicketType } from '@rapport/domain/values';
import { givenEventId, reactionsOf } from '@rapport/kernel/spec';
import { whenChurnRiskChangedThenAdvanceLifecycle } from './when-churn-risk-changed-then-advance-lifecycle.policy';
import { whenComplaintOpenThenHoldWakeUps } from './when-complaint-open-then-hold-wake-ups.policy';
import { whenUsageDeclinedThenAdvanceLifecycle } from './when-usage-declined-then-advance-lifecycle.policy';

const { ChurnRiskLevelChanged, TicketClassified, TicketClosed, TicketRegistered } = events;
const { TicketReopened, TicketWithdrawn } = events;
const customerId = 'c-1';

describe('a churn risk', () => {
  const { given } = reactionsOf(whenChurnRiskChangedThenAdvanceLifecycle);
  const changed = (from: RiskLevel, to: RiskLevel) =>
    ChurnRiskLevelChanged.of({ customerId, from, to, score: 50 });
  const advance = (cause: 'RISK_HIGH' | 'RISK_NO_LONGER_HIGH') =>
    AdvanceLifecycle.of({ customerId, cause, causeEventId: givenEventId(0) });

  it('that turns high leads to decline', () => {
    given(changed('LOW', 'HIGH')).then(advance('RISK_HIGH'));
    given(changed('MEDIUM', 'HIGH')).then(advance('RISK_HIGH'));
  });
  it('that is high no longer leads back', () =>
    given(changed('HIGH', 'LOW')).then(advance('RISK_NO_LONGER_HIGH')));
  it('that changes below high leads nowhere', () => given(changed('LOW', 'MEDIUM')).then());
});

describe('the use of features', () => {
  const { given } = reactionsOf(whenUsageDeclinedThenAdvanceLifecycle);
  const detectedAt = '2024-03-01T00:00:00.000Z';
  const advance = (cause: 'USAGE_DECLINED' | 'USAGE_DECLINE_ENDED') =>
    AdvanceLifecycle.of({ customerId, cause, causeEventId: givenEventId(0) });

  it('that falls by half leads to decline', () => {
    const sums = { recentSeconds: 1, beforeSeconds: 2 };
    given(events.UsageDeclineDetected.of({ customerId, detectedAt, ...sums })).then(
      advance('USAGE_DECLINED'),
    );
  });
  it('whose decline is over leads back', () => {
    const ended = { customerId, detectedAt, endedAt: detectedAt };
    for (const how of ['RECOVERED', 'CONSENT_WITHDRAWN'] as const)
      given(events.UsageDeclineEnded.of({ ...ended, how })).then(advance('USAGE_DECLINE_ENDED'));
  });
});

describe('a complaint', () => {
  const { given } = reactionsOf(whenComplaintOpenThenHoldWakeUps);
  const at = '2024-03-01T09:00:00.000Z';
  const ids = { customerId, ticketId: 't-1' };
  const ticket = (type: TicketType) =>
    ({ ...ids, type, urgency: 'ROUTINE', raisedAt: at, round: 2 }) as const;
  const intake = {
    isEnquiry: false,
    isComplex: false,
    channel: 'PHONE',
    verbatim: 'no',
    collectorId: 'ann',
  } as const;
  const hold = HoldWakeUps.of(ids);
  const release = ReleaseWakeUps.of(ids);
  const classified = (from: TicketType, to: TicketType) =>
    TicketClassified.of({ ...ticket(to), ...intake, from, to });

  it('holds the wake-ups of the customer until it is closed or withdrawn', () => {
    given(TicketRegistered.of({ ...ticket('COMPLAINT'), ...intake })).then(hold);
    given(TicketClosed.of({ ...ticket('COMPLAINT'), outcome: 'CONFIRMED', closedAt: at })).then(release);
    given(TicketWithdrawn.of({ ...ticket('COMPLAINT'), reason: 'mistake', withdrawnAt: at })).then(release);
  });
  it('holds them again when it opens again', () => {
    const again = { reason: 'no better', reopenedAt: at, withinRecurrence: true } as const;
    given(TicketReopened.of({ ...ticket('COMPLAINT'), ...intake, ...again })).then(hold);
  });
  it('is also what becomes one, until it turns out to be none', () => {
    given(classified('SERVICE', 'COMPLAINT')).then(hold);
    given(classified('COMPLAINT', 'SERVICE')).then(release);
    given(classified('FUNCTIONAL', 'SERVICE')).then();
  });
  it('is what it takes: other tickets hold nothing', () => {
    given(TicketRegistered.of({ ...ticket('SERVICE'), ...intake })).then();
    given(TicketClosed.of({ ...ticket('SERVICE'), outcome: 'CONFIRMED', closedAt: at })).then();
  });
});
