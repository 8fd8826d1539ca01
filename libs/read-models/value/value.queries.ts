import { ValueTier } from '@rapport/domain/values';
import { keptGroups, Optional, question, reject, Text, type Asking, type Group } from '@rapport/kernel';
import { groupedBy, shareOf, sumOf } from '../figures';
import { cohortsOf } from './cohorts.rules';
import { purchaseRhythm } from './purchase-rhythm.projection';
import { revenue } from './revenue.projection';
import { idleAt, repurchaseAt } from './rhythm.queries';
import { value } from './value.projection';
import { revenueFigures, valueCohorts, valueTiers } from './value.rollups';

const IDLE_DAYS = '90,180';
const IDLE_LIST_MAX = 20;
const IDLE_DAYS_MAX = 36_500;

export class ValueParams {
  /** Days without a purchase to count customers by, such as `90,180`. */
  @Optional() @Text(200) idle?: string;
}

/** What customers are worth together: tiers, revenue, who buys again, who stopped buying (SYS-36, SYS-65). */
export const valueReport = question({
  name: 'value',
  about: 'Buying customers, revenue per currency, tiers, cohorts, repurchase rate and idle customers.',
  params: ValueParams,
  reads: [value, revenue, purchaseRhythm],
  answer: async ({ idle = IDLE_DAYS }: Readonly<ValueParams>, { rows, now }: Asking) => {
    const days = daysIn(idle);
    const tiers = await keptGroups(rows, valueTiers);
    return {
      asOf: now,
      customers: sumOf(tiers, 'buying'),
      customersBuyingAgain: sumOf(tiers, 'buyingAgain'),
      purchases: sumOf(tiers, 'purchases'),
      revenue: (await keptGroups(rows, revenueFigures)).map(earned).sort(byCurrency),
      tiers: tiersOf(tiers),
      repurchase: await repurchaseAt({ rows, now }),
      idle: await idleAt({ rows, now }, days),
      cohorts: cohortsOf(await keptGroups(rows, valueCohorts)),
      note: 'money stands in minor units of its currency; currencies are never added up; months are UTC',
    };
  },
});

const earned = (group: Group) => {
  const [gross, refunded] = [Number(group['grossMinor']), Number(group['refundedMinor'])];
  return {
    ...{ currency: String(group['currency']), customers: group.rows, purchases: Number(group['purchases']) },
    ...{ grossMinor: gross, refundedMinor: refunded, netMinor: gross - refunded },
  };
};
const byCurrency = (one: { currency: string }, other: { currency: string }) =>
  one.currency < other.currency ? -1 : 1;

const tiersOf = (groups: readonly Group[]) => {
  const customers = sumOf(groups, 'rows');
  const found = new Map(groupedBy(groups, ({ tier }) => String(tier)));
  return Object.keys(ValueTier).map((tier) => {
    const some = found.get(tier) ?? [];
    const mine = sumOf(some, 'rows');
    return {
      ...{ tier, customers: mine, share: shareOf(mine, customers), purchases: sumOf(some, 'purchases') },
      downgradePending: sumOf(some, 'downgradePending'),
    };
  });
};

const daysIn = (list: string): readonly number[] => {
  const days = list.split(',').map((each) => Number(each.trim()));
  const sound = days.every((each) => Number.isInteger(each) && each >= 1 && each <= IDLE_DAYS_MAX);
  if (!sound || days.length > IDLE_LIST_MAX)
    reject(
      'IDLE_DAYS_UNKNOWN',
      'idle',
      `idle must be at most ${IDLE_LIST_MAX} numbers of days such as 90,180`,
    );
  return days;
};
