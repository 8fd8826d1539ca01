import { SEALS, START, type Table } from '@rapport/kernel';
import type { Trial } from './crash-points';
import { send } from './jar-application';
import type { Stores } from './life';
import { CheckIn, CheckOut, hotel } from './small-hotel';

const day = (n: number): string => `2024-03-${String(n).padStart(2, '0')}T08:00:00.000Z`;

/** The story of two guests, whose names are sealed: one leaves, of the other the nights are over. */
export const hotelStory = (stores: () => Promise<Stores>): Trial => ({
  stores,
  application: (under, how) => hotel(() => day(1), { ...under, ...how }),
  async story(app) {
    await send(app, 'ann', CheckIn.of({ guestId: 'g-1', name: 'Ann', room: 'SINGLE', nights: 2 }), day(1));
    await send(app, 'bob', CheckIn.of({ guestId: 'g-2', name: 'Bob', room: 'DOUBLE', nights: 5 }), day(1));
    await app.settle();
    await send(app, 'leaves', CheckOut.of({ guestId: 'g-2' }), day(2));
    await app.settle();
    await app.timers.fire(day(4));
    await app.settle();
  },
  async kept(under) {
    const { store, plan } = hotel(() => day(1), under);
    const tables: readonly (Table | null)[] = [...plan.readModels, ...plan.policies].flatMap((one) => [
      one.table,
      'past' in one ? one.past : null,
    ]);
    const events = await store.readAll(START, 100);
    return {
      // what is sealed is sealed with other random bytes each time: only what it says can be compared, and not its digest
      log: events.map(({ id, type, data, meta: { previousHash: _, subjectKey: __, ...meta } }) => ({
        id,
        type,
        data,
        meta,
      })),
      rows: await Promise.all(
        tables.map(async (table) => (table ? under.rows.find(table, { limit: 100 }) : [])),
      ),
      sealed: (await under.rows.find(SEALS, { limit: 9 })).map(({ toPosition, count }) => [
        toPosition,
        count,
      ]),
    };
  },
});
