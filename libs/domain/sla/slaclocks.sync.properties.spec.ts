import fc from 'fast-check';
import { at, clocks, customer, MONDAY, type Facts, type Look } from './slaclocks.story';

const vip = { customer: { ...customer, profile: { GRADE: 'VIP' } } };
const FIRST = at(11, 14);
/** Answered on Monday at 14:00, and perhaps told how it stands since; at a VIP's every 24 hours. */
const of = (heard: number, syncedAt?: string): Facts => ({
  heard,
  reached: [
    { moment: 'FIRST_RESPONSE', at: FIRST, heard: 2 },
    ...(syncedAt === undefined ? [] : [{ moment: 'PROGRESS_SYNC' as const, at: syncedAt, heard }]),
  ],
});

describe('whatever is told and whenever it is looked at', () => {
  const hour = (n: number) => new Date(Date.parse(FIRST) + n * 3_600_000).toISOString();
  const word = fc.record({ after: fc.integer({ min: 1, max: 60 }), look: fc.boolean() });

  it('each missed stretch of 24 hours is one breach, and no clock is lost', () =>
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        let now = 0;
        let heard = 2;
        const looks: Look[] = [[FIRST, of(2), vip]];
        let expected = 0;
        let due = 24;
        for (const { after, look } of words) {
          now += after;
          if (look) looks.push([hour(now), of(heard), vip]);
          const misses = Math.max(0, Math.ceil((now - due) / 24));
          expected += misses;
          due = misses > 0 ? due + 24 * misses : now + 24;
          heard += 1;
          looks.push([hour(now), of(heard, hour(now)), vip]);
        }
        const events = clocks([MONDAY, {}, vip], ...looks).filter(
          ({ data: found }) => (found as { moment?: string }).moment === 'PROGRESS_SYNC',
        );
        const count = (type: string) =>
          events.filter(({ messageClass }) => messageClass.name === type).length;
        expect(count('SlaClockBreached')).toBe(expected);
        expect(count('SlaClockMetLate')).toBe(expected);
        expect(count('SlaClockStarted')).toBe(count('SlaClockMet') + count('SlaClockMetLate') + 1);
      }),
    ));
});
