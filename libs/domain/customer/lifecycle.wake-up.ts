import { refuse, reject } from '@rapport/kernel';
import type { StartWakeUp } from './lifecycle.commands';
import { WakeUpActionTaken } from './lifecycle.events';
import type { Lifecycle, Silence } from './lifecycle.state';
import { ATTRIBUTION_DAYS, daysAfter, UNANSWERED_MAX, WAKE_UP_KINDS } from './lifecycle.values';

/** One more attempt, if the silence, the tier, open complaints and the number of attempts allow it (SYS-40.2, 40.4). */
export const takeWakeUpAction = (state: Lifecycle, command: Readonly<StartWakeUp>, now: string) => {
  const { silence, heldBy } = state;
  const { actionId, automatic = false } = command;
  if (!silence) return refuse('CUSTOMER_NOT_SILENT', 'only a silent customer can be woken up');
  if (silence.actions.some((taken) => taken.actionId === actionId)) return [];
  if (heldBy.length > 0)
    refuse('COMPLAINT_OPEN', 'settle the open complaint before you wake this customer up', {
      ticketIds: heldBy,
    });
  if (automatic && silence.actions.length >= UNANSWERED_MAX)
    refuse('WAKE_UP_UNANSWERED', `${UNANSWERED_MAX} attempts had no answer: a person decides on any other`);
  suits(silence, command, now);
  return [WakeUpActionTaken.of({ ...command, attempt: silence.actions.length + 1, automatic })];
};

const suits = ({ tier }: Silence, { kind, offerEndsAt }: Readonly<StartWakeUp>, now: string): void => {
  if (!WAKE_UP_KINDS[tier].includes(kind))
    refuse('WAKE_UP_UNFIT', `${kind} is not for ${tier} customers`, { allowed: WAKE_UP_KINDS[tier] });
  if (kind !== 'LIMITED_TIME_OFFER') return;
  if (offerEndsAt === undefined)
    reject('OFFER_WITHOUT_END', 'offerEndsAt', 'an offer says until when it holds');
  else if (offerEndsAt <= now) reject('OFFER_ENDED', 'offerEndsAt', 'the offer would have ended already');
};

/** The last attempt before the activity, if it is no more than 30 days old; otherwise the activity was spontaneous. */
export const attributedTo = ({ actions }: Silence, activityAt: string): { wakeUpActionId?: string } => {
  const last = actions.filter(({ at }) => at <= activityAt).at(-1);
  return last && activityAt <= daysAfter(last.at, ATTRIBUTION_DAYS) ? { wakeUpActionId: last.actionId } : {};
};
