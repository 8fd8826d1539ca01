import { dueOf } from './calendar.rules';
import { boundsOf, neverLater, type Tiered } from './calendarbounds.rules';
import type { ServiceTier, SlaDuration } from './sla.values';
import { BUILT_IN_CALENDAR } from './workingcalendar.builtin.rules';
import { WEEKDAYS, type WorkingCalendar } from './workingcalendar.values';

const JANUARY = '2024-01-01T00:00:00.000Z';
const BERLIN: WorkingCalendar = {
  ...{ ...BUILT_IN_CALENDAR, zone: 'Europe/Berlin' },
  standard: WEEKDAYS.map((weekday) => ({ weekday, opens: '09:00', closes: '18:00' })),
};
const of = (within: SlaDuration, tier: ServiceTier = 'STANDARD'): Tiered => ({ within, tier });
const hours = (count: number) => of({ kind: 'CONTINUOUS', minutes: count * 60 });
const calendarDays = (days: number) => of({ kind: 'CALENDAR_DAY', days });
const workingDays = (days: number) => of({ kind: 'WORKING_DAY', days });
const sure = (one: Tiered, other: Tiered, calendar = BUILT_IN_CALENDAR) =>
  neverLater(one, other, boundsOf(calendar, JANUARY));

describe('what is sure never to be later', () => {
  it('24 h than a calendar day, but not where a day may have 23 h', () => {
    expect(sure(hours(24), calendarDays(1))).toBe(true);
    expect(sure(hours(24), calendarDays(1), BERLIN)).toBe(false);
    expect(sure(hours(23), calendarDays(1), BERLIN)).toBe(true);
    const saturday = '2024-03-30T22:59:00.000Z';
    const due = ({ within, tier }: Tiered) => dueOf(saturday, { within, tier, calendar: BERLIN });
    expect([due(hours(24)), due(calendarDays(1))]).toEqual([
      '2024-03-31T22:59:00.000Z',
      '2024-03-31T22:00:00.000Z',
    ]);
  });
  it('18 h than a working day that closes at 18:00, 42 h than two, less where clocks are moved', () => {
    expect([sure(hours(18), workingDays(1)), sure(hours(18.25), workingDays(1))]).toEqual([true, false]);
    expect([sure(hours(42), workingDays(2)), sure(hours(42), workingDays(2), BERLIN)]).toEqual([true, false]);
    expect(sure(hours(40), workingDays(2), BERLIN)).toBe(true);
    const friday = '2024-03-29T22:59:00.000Z';
    const due = ({ within, tier }: Tiered) => dueOf(friday, { within, tier, calendar: BERLIN });
    expect([due(hours(42)), due(workingDays(2))]).toEqual([
      '2024-03-31T16:59:00.000Z',
      '2024-03-31T16:00:00.000Z',
    ]);
  });
  it('nor 25 h and a half than two working days of which the second closes at 01:30 after a day of 23 h', () => {
    const early: WorkingCalendar = {
      ...BERLIN,
      standard: BERLIN.standard.map((it) =>
        it.weekday === 'MONDAY' ? { ...it, opens: '00:00', closes: '01:30' } : it,
      ),
    };
    expect([sure(hours(25.5), workingDays(2), early), sure(hours(24.5), workingDays(2), early)]).toEqual([
      false,
      true,
    ]);
    expect(dueOf('2024-03-30T22:59:00.000Z', { ...workingDays(2), calendar: early })).toBe(
      '2024-03-31T23:30:00.000Z',
    );
  });
  it('9 service hours than a working day; for priority customers what is open before its close', () => {
    const service = (count: number, tier: ServiceTier) =>
      of({ kind: 'SERVICE_WINDOW', minutes: count * 60 }, tier);
    expect([
      sure(service(9, 'STANDARD'), workingDays(1)),
      sure(service(10, 'STANDARD'), workingDays(1)),
    ]).toEqual([...[true, false]]);
    expect([
      sure(service(10, 'PRIORITY'), workingDays(1)),
      sure(service(11, 'PRIORITY'), workingDays(1)),
    ]).toEqual([...[true, false]]);
    expect([
      sure(service(12, 'PRIORITY'), calendarDays(1)),
      sure(service(1, 'STANDARD'), calendarDays(1)),
    ]).toEqual([...[true, false]]);
  });
  it('a working day than nothing that goes on while holidays pile up', () => {
    expect(sure(workingDays(1), hours(8_000))).toBe(false);
    expect(sure(workingDays(1), calendarDays(300))).toBe(false);
    expect(sure(workingDays(1), workingDays(1))).toBe(true);
  });
  it('a calendar day than the next working day, not than the same one', () => {
    expect([sure(calendarDays(1), workingDays(1)), sure(calendarDays(1), workingDays(2))]).toEqual([
      false,
      true,
    ]);
    expect([sure(calendarDays(1), hours(48)), sure(calendarDays(1), hours(48), BERLIN)]).toEqual([
      true,
      false,
    ]);
  });
});
