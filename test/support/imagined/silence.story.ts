import { RecordChurn, RecordDeclineReason, RecordWakeUpAction, StartWakeUp } from '@rapport/domain/commands';
import type { ValueTier } from '@rapport/domain/values';
import { DAY, instant } from './calendar';
import { CRM_MANAGERS } from './cast';
import type { Client } from './customer.story';
import { send, wait, type Story } from './story';

interface Relationship {
  readonly stage?: string;
  readonly silence?: { readonly tier: ValueTier } | null;
}
const LOOK_EVERY = 15 * DAY;
const LOOKS_MAX = 40;

/** Beside a customer who will do nothing for so long: somebody looks in, tries to wake them up, or gives them up. */
export function* silenceStory({ stage, customerId }: Client, untilMs: number): Story {
  const { dice, now, world } = stage;
  const [end, by] = [now() + untilMs, dice.of(CRM_MANAGERS)];
  let attempts = 0;
  for (let look = 0; look < LOOKS_MAX && now() + LOOK_EVERY < end; look++) {
    yield wait(LOOK_EVERY);
    const seen = world.look(`lifecycle-${customerId}`) as Relationship | undefined;
    if (!seen?.silence || dice.chance(0.8)) continue;
    if (seen.stage === 'DECLINE' && dice.chance(0.2))
      yield send(RecordDeclineReason.of({ customerId, reason: dice.of(REASONS) }), by);
    if (attempts >= 2 && dice.chance(0.5)) {
      yield send(RecordChurn.of({ customerId, reason: dice.of(REASONS) }), by);
      return;
    }
    const action = actionFor(dice, customerId, seen.silence.tier, now());
    yield send(attempts === 0 ? StartWakeUp.of(action) : RecordWakeUpAction.of(action), by);
    attempts++;
  }
}
const actionFor = (dice: Client['stage']['dice'], customerId: string, tier: ValueTier, now: number) => {
  const actionId = dice.uuid();
  return tier === 'STANDARD'
    ? { customerId, actionId, kind: 'LIMITED_TIME_OFFER' as const, offerEndsAt: instant(now + 14 * DAY) }
    : { customerId, actionId, kind: 'PERSONAL_CALL' as const };
};
const REASONS = ['PRICE', 'SERVICE', 'PRODUCT', 'COMPETITOR', 'NEED_ENDED', 'RELATION'] as const;
