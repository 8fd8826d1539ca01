import * as events from '@rapport/domain/events';
import { instant, json, maybe, projection, type RowOf } from '@rapport/kernel';
import { withMoment } from './value.rules';

// prettier-ignore
const columns = {
  firstAt: maybe(instant()).says('The first purchase (SYS-65.1)'),
  previousAt: maybe(instant()).says('The purchase before the latest; null: there was only one (SYS-65.1)'),
  lastAt: maybe(instant()).says('The latest purchase (SYS-65.1)'),
  moments: json<readonly number[]>([]).says('The purchases, oldest first; of a day with more than four the first and last two (SYS-65.1)', 'ms since 1970'),
};
export type RhythmRow = RowOf<typeof columns>;

/** When each customer bought: it knows the past by itself, so it needs no versions. */
export const purchaseRhythm = projection(events, {
  name: 'purchase-rhythm',
  version: 1,
  about: 'When did each customer buy, and who has not for long?',
  columns,
  indexes: [['firstAt'], ['previousAt'], ['lastAt']],
  key: 'customerId',
}).on({
  PurchaseRecorded: ({ moments }, { purchasedAt }) => {
    const all = withMoment(moments, Date.parse(purchasedAt));
    const [first, previous, last] = [all[0], all.at(-2), all.at(-1)].map(instantOf);
    return { moments: all, firstAt: first ?? null, previousAt: previous ?? null, lastAt: last ?? null };
  },
});

const instantOf = (moment: number | undefined): string | null =>
  moment === undefined ? null : new Date(moment).toISOString();
