import { RecordBehaviour, RecordPurchase, RecordRefund } from '@rapport/domain/commands';
import { DAY, HOUR, instant, MINUTE } from './calendar';
import { FEATURES, PAGES, PRODUCTS, SHOP, TRACKER } from './cast';
import type { Client } from './customer.story';
import { promiseStory } from './promise.story';
import { begin, send, wait, type Story } from './story';

/** Purchases of one customer that may still be given back. */
const RETURNABLE_MAX = 5;

/** A purchase, now and then some money back of an earlier one. The shop tells some of them days later. */
export function* bought(of: Client): Story {
  const { stage, customerId, currency, purchases } = of;
  const { dice, late, now } = stage;
  const purchaseId = `O-${stage.number('order')}`;
  const minor = Math.max(100, Math.round(dice.lognormal(of.usualMinor, 0.8)));
  const told = dice.chance(late) ? dice.lognormal(DAY, 1) : 0;
  const purchasedAt = instant(Math.max(of.registeredAt, now() - told));
  yield send(
    RecordPurchase.of({
      ...{ purchaseId, customerId, amount: { minor, currency }, purchasedAt },
      ...(dice.chance(0.8) && { product: dice.skewed(PRODUCTS) }),
    }),
    SHOP,
    'SHOP',
  );
  purchases.push({ id: purchaseId, minor });
  if (dice.chance(0.06)) yield begin(refundStory(of));
  for (const gone of purchases.splice(0, purchases.length - RETURNABLE_MAX))
    stage.world.forget(`purchase-${gone.id}`);
}

function* refundStory({ stage, purchases }: Client): Story {
  const { dice } = stage;
  yield wait(dice.lognormal(4 * DAY, 0.8));
  const [found] = purchases.splice(dice.int(0, purchases.length - 1), 1);
  if (!found) return;
  const minor = dice.chance(0.5) ? found.minor : Math.ceil(found.minor * dice.next());
  const currency = (stage.world.look(`purchase-${found.id}`) as Bought | undefined)?.amount?.currency;
  if (currency === undefined) return;
  const refund = { purchaseId: found.id, refundId: dice.uuid(), amount: { minor, currency } };
  yield send(RecordRefund.of(refund), SHOP, 'SHOP');
  stage.world.forget(`purchase-${found.id}`);
}
interface Bought {
  readonly amount?: { readonly currency: string };
}

/** A visit: one to a few things in a row, delivered at once or, by a tracker that was offline, much later. */
export function* watched({ stage, customerId, allows, isUser }: Client): Story {
  if (!allows) return; // a tracker does not even send it
  const { dice, late, now } = stage;
  const visits = dice.weighed(VISITS);
  for (let n = 0; n < visits; n++) {
    const sourceEventId = dice.uuid();
    const told = dice.chance(late) ? dice.lognormal(6 * HOUR, 1.2) : dice.exponential(20_000);
    const what = { sourceEventId, customerId, happenedAt: instant(now() - told), ...whatOf(dice, isUser) };
    const taken = yield send(RecordBehaviour.of(what), TRACKER, 'TRACKER');
    stage.world.forget(`behaviour-${sourceEventId}`);
    if (!taken) return; // taken back meanwhile: the whole visit is none of our business
    yield wait(dice.exponential(3 * MINUTE));
  }
}
const VISITS = [
  [0.5, 1],
  [0.3, 2],
  [0.15, 4],
  [0.05, 8],
] as const;

const KINDS = [
  [0.5, 'PAGE_VIEW'],
  [0.12, 'DOCUMENT_VISIT'],
  [0.38, 'FEATURE_USE'],
] as const;
const whatOf = (dice: Client['stage']['dice'], isUser: boolean) => {
  const kind = dice.weighed(isUser ? KINDS : KINDS.slice(0, 2));
  return kind === 'FEATURE_USE'
    ? { kind, subject: dice.skewed(FEATURES), seconds: secondsOf(dice) }
    : { kind, subject: dice.skewed(PAGES) };
};
const secondsOf = (dice: Client['stage']['dice']): number =>
  Math.min(20_000, Math.ceil(dice.lognormal(240, 1.1)));

export function* promised({ stage, customerId }: Client): Story {
  yield begin(promiseStory(stage, customerId));
}
