import { daysAfter, RFM_WINDOW_DAYS } from '@rapport/domain/values';
import type { Condition, RowReader } from '@rapport/kernel';
import { shareOf } from '../figures';
import { purchaseRhythm, type RhythmRow } from './purchase-rhythm.projection';

const PAGE = 5000;

/** Customers with two purchases or more in the 365 days before a moment, of those with one or more (handbook 9). */
export const repurchaseAt = async (rows: RowReader, moment: string) => {
  const from = daysAfter(moment, -RFM_WINDOW_DAYS);
  const until: Condition = ['lastAt', '<=', moment];
  const bought = await inWindow(rows, moment, Date.parse(from));
  const customers = (await count(rows, until, ['lastAt', '>=', from])) + bought.filter((n) => n >= 1).length;
  const again = (await count(rows, until, ['previousAt', '>=', from])) + bought.filter((n) => n >= 2).length;
  return { days: RFM_WINDOW_DAYS, customers, again, rate: shareOf(again, customers) };
};

/** Of the customers who had bought by then: how many had not bought for so many days or more. */
export const idleAt = async (rows: RowReader, moment: string, days: readonly number[]) => {
  const customers = await count(rows, ['firstAt', '<=', moment]);
  const lasts = (await boughtSince(rows, moment)).map(({ moments }) =>
    lastUntil(moments, Date.parse(moment)),
  );
  const figures = await Promise.all(
    days.map(async (each) => {
      const edge = daysAfter(moment, -each);
      const idle =
        (await count(rows, ['lastAt', '<=', edge])) + lasts.filter((last) => last <= Date.parse(edge)).length;
      return { days: each, customers: idle, share: shareOf(idle, customers) };
    }),
  );
  return { customers, figures };
};

const count = (rows: RowReader, ...where: readonly Condition[]): Promise<number> =>
  rows.count(purchaseRhythm.table, where);

const lastUntil = (moments: readonly number[], end: number): number =>
  moments.findLast((each) => each <= end) ?? 0;

const inWindow = async (rows: RowReader, moment: string, from: number): Promise<readonly number[]> => {
  const end = Date.parse(moment);
  const since = await boughtSince(rows, moment);
  return since.map(({ moments }) => moments.filter((each) => each >= from && each <= end).length);
};

/** Customers who had bought by then and bought again since: only of these the single purchases have to be looked at. */
const boughtSince = async (rows: RowReader, moment: string): Promise<readonly RhythmRow[]> => {
  const where: readonly Condition[] = [
    ['lastAt', '>', moment],
    ['firstAt', '<=', moment],
  ];
  const all: RhythmRow[] = [];
  for (;;) {
    const last = all.at(-1);
    const after = last && { after: [last.key, last.key] as const };
    const page = await rows.find(purchaseRhythm.table, { where, limit: PAGE, ...after });
    all.push(...(page as readonly RhythmRow[]));
    if (page.length < PAGE) return all;
  }
};
