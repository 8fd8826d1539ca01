import { scenario } from '@rapport/kernel/spec';
import { DetectUsageDecline, EndUsageDecline } from './usage.commands';
import { usage } from './usage.decider';
import { UsageDeclineDetected, UsageDeclineEnded } from './usage.events';

const NOW = '2024-03-01T00:00:00.000Z';
const { given } = scenario(usage, { now: NOW });
const customerId = 'c-1';
const ANALYTICS = [{ from: '2024-01-01T00:00:00.000Z', textVersion: 'privacy-3' }];
const known = { consent: { ANALYTICS } };
const detect = (recentSeconds: number, beforeSeconds: number) =>
  DetectUsageDecline.of({ customerId, recentSeconds, beforeSeconds });
const detected = UsageDeclineDetected.of({
  ...{ customerId, recentSeconds: 50, beforeSeconds: 100, detectedAt: NOW },
});
const ended = (how: 'RECOVERED' | 'CONSENT_WITHDRAWN') =>
  UsageDeclineEnded.of({ customerId, detectedAt: NOW, endedAt: NOW, how });

describe('the use of features', () => {
  it('has declined when it is half of before or less, once in an episode', () => {
    given().when(detect(50, 100), known).then(detected);
    given(detected).when(detect(0, 100), known).thenNothing();
    given(detected, ended('RECOVERED')).when(detect(50, 100), known).then(detected);
  });

  it('has not when it is more than that, or when there was none before', () => {
    given().when(detect(51, 100), known).thenRefused('USAGE_NOT_DECLINED');
    given().when(detect(0, 0), known).thenRefused('USAGE_NOT_DECLINED');
  });

  it('is not looked at where that is not allowed', () =>
    given().when(detect(50, 100), { consent: {} }).thenNothing());

  it('no longer declines when it has recovered, or may not be watched any more', () => {
    for (const how of ['RECOVERED', 'CONSENT_WITHDRAWN'] as const) {
      given(detected).when(EndUsageDecline.of({ customerId, how })).then(ended(how));
      given(detected, ended(how)).when(EndUsageDecline.of({ customerId, how })).thenNothing();
    }
  });
});
