import { daysAfter, RFM_WINDOW_DAYS } from '@rapport/domain/values';
import type { Asking, Condition, RowReader } from '@rapport/kernel';
import { shareOf } from '../figures';
import { purchaseRhythm } from './purchase-rhythm.projection';

/** Customers with two purchases or more in the last 365 days, of those with one or more (handbook 9). */
export const repurchaseAt = async ({ rows, now }: Asking) => {
  const from = daysAfter(now, -RFM_WINDOW_DAYS);
  const customers = await count(rows, ['lastAt', '>=', from]);
  const again = await count(rows, ['previousAt', '>=', from]);
  return { days: RFM_WINDOW_DAYS, customers, again, rate: shareOf(again, customers) };
};

/** Of all customers who ever bought: how many have not for so many days or more. */
export const idleAt = async ({ rows, now }: Asking, days: readonly number[]) => {
  const customers = await count(rows);
  const figures = await Promise.all(
    days.map(async (each) => {
      const idle = await count(rows, ['lastAt', '<=', daysAfter(now, -each)]);
      return { days: each, customers: idle, share: shareOf(idle, customers) };
    }),
  );
  return { customers, figures };
};

const count = (rows: RowReader, ...where: readonly Condition[]): Promise<number> =>
  rows.count(purchaseRhythm.table, where);
