import * as events from '@rapport/domain/events';
import { json, maybe, projection, text, type RowOf } from '@rapport/kernel';
import { withMoment } from './value.rules';

const columns = {
  firstAt: maybe(text()),
  /** The purchase before the last one. */
  previousAt: maybe(text()),
  lastAt: maybe(text()),
  /** Milliseconds since 1970, oldest first. */
  moments: json<readonly number[]>([]),
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
    const [first, previous, last] = [all[0], all.at(-2), all.at(-1)].map(instant);
    return { moments: all, firstAt: first ?? null, previousAt: previous ?? null, lastAt: last ?? null };
  },
});

const instant = (moment: number | undefined): string | null =>
  moment === undefined ? null : new Date(moment).toISOString();
