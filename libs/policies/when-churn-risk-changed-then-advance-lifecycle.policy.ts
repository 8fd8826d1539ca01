import { AdvanceLifecycle } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { policy } from '@rapport/kernel';

/** Only the change counts, so a customer that was brought back is not pushed down again by the same risk (SYS-06.3). */
export const whenChurnRiskChangedThenAdvanceLifecycle = policy(events, {
  name: 'when-churn-risk-changed-then-advance-lifecycle',
  about: 'Moves a customer whose churn risk turns high into decline, and back when it is high no longer.',
  key: 'customerId',
}).on({
  ChurnRiskLevelChanged: (_, { customerId, from, to }, { id: causeEventId }) => {
    if ((from === 'HIGH') === (to === 'HIGH')) return undefined;
    const cause = to === 'HIGH' ? 'RISK_HIGH' : 'RISK_NO_LONGER_HIGH';
    return { send: [AdvanceLifecycle.of({ customerId, cause, causeEventId })] };
  },
});
