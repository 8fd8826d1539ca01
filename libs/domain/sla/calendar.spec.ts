import { dueOf, elapsed, instantAtShare, type Counting, type Pause } from './calendar.rules';
import { deadlineOf, type Span } from './calendarspans.rules';
import type { SlaDuration } from './sla.values';
import { BUILT_IN_CALENDAR } from './workingcalendar.builtin.rules';
import { WEEKDAYS, type WorkingCalendar } from './workingcalendar.values';

/** A moment of 2024 by the clock in Shanghai: `at('03-01 17:00')`. */
const at = (text: string): string => new Date(`2024-${text.replace(' ', 'T')}:00+08:00`).toISOString();
const counting = (within: SlaDuration, calendar = BUILT_IN_CALENDAR): Counting => ({
  ...{ within, calendar, tier: 'STANDARD' },
});
const priority = (within: SlaDuration): Counting => ({ ...counting(within), tier: 'PRIORITY' });
const hours = (count: number): SlaDuration => ({ kind: 'CONTINUOUS', minutes: count * 60 });
const serviceHours = (count: number): SlaDuration => ({ kind: 'SERVICE_WINDOW', minutes: count * 60 });
const workingDays = (days: number): SlaDuration => ({ kind: 'WORKING_DAY', days });
const calendarDays = (days: number): SlaDuration => ({ kind: 'CALENDAR_DAY', days });

const QINGMING: WorkingCalendar = {
  ...BUILT_IN_CALENDAR,
  holidays: [
    { day: '2024-04-04', name: 'Qingming' },
    { day: '2024-04-05', name: 'Qingming' },
  ],
  makeUpDays: [{ day: '2024-04-07', name: 'for Friday the 5th' }],
};

describe('the test data for the calendar (2.4)', () => {
  it('raised Fri 2024-03-01 17:00: 24 h → Sat 2024-03-02 17:00', () =>
    expect(dueOf(at('03-01 17:00'), counting(hours(24)))).toBe(at('03-02 17:00')));
  it('3 working days → Wed 2024-03-06 18:00', () =>
    expect(dueOf(at('03-01 17:00'), counting(workingDays(3)))).toBe(at('03-06 18:00')));
  it('5 working days → Fri 2024-03-08 18:00', () =>
    expect(dueOf(at('03-01 17:00'), counting(workingDays(5)))).toBe(at('03-08 18:00')));
  it('15 working days → Fri 2024-03-22 18:00 (WE-01)', () =>
    expect(dueOf(at('03-01 17:00'), counting(workingDays(15)))).toBe(at('03-22 18:00')));
  it('raised Sat 2024-03-02 10:00: 3 working days → Wed 2024-03-06 18:00', () =>
    expect(dueOf(at('03-02 10:00'), counting(workingDays(3)))).toBe(at('03-06 18:00')));
  it('enquiry Fri 16:30, ordinary customer: 1.5 h on Friday + 2.5 h on Monday = Mon 11:30', () =>
    expect(dueOf(at('03-01 16:30'), counting(serviceHours(4)))).toBe(at('03-04 11:30')));
  it('the same enquiry on Fri at 10:00 is due Fri 14:00', () =>
    expect(dueOf(at('03-01 10:00'), counting(serviceHours(4)))).toBe(at('03-01 14:00')));
  it('priority customer, Fri 16:30: 3.5 h on Friday + 0.5 h on Saturday = Sat 08:30', () =>
    expect(dueOf(at('03-01 16:30'), priority(serviceHours(4)))).toBe(at('03-02 08:30')));
  it('holidays 4/5 April, make-up Sunday 7: raised Wed 2024-04-03 12:00, 3 working days → Tue 2024-04-09 18:00', () =>
    expect(dueOf(at('04-03 12:00'), counting(workingDays(3), QINGMING))).toBe(at('04-09 18:00')));
  it('a make-up day has the windows of the day that it is said to be like', () => {
    const standard = [
      ...BUILT_IN_CALENDAR.standard.filter(({ weekday }) => weekday !== 'FRIDAY'),
      { weekday: 'FRIDAY', opens: '09:00', closes: '15:00' } as const,
    ];
    const [day] = QINGMING.makeUpDays;
    const like = (weekday?: 'FRIDAY') => ({
      ...{ ...QINGMING, standard },
      makeUpDays: day ? [{ ...day, ...(weekday && { like: weekday }) }] : [],
    });
    expect(dueOf(at('04-03 12:00'), counting(workingDays(1), like()))).toBe(at('04-07 18:00'));
    expect(dueOf(at('04-03 12:00'), counting(workingDays(1), like('FRIDAY')))).toBe(at('04-07 15:00'));
  });
  it('calendar days are due at 24:00 of the start date + N', () =>
    expect(dueOf(at('03-01 17:00'), counting(calendarDays(3)))).toBe(at('03-05 00:00')));
});

describe('a deadline explains itself', () => {
  const told = ({ from, to, counted, why, name, amount }: Span) =>
    [from, to, counted ? amount : '-', why, ...(name === undefined ? [] : [name])].join(' ');
  const spans = (start: string, of: Counting, pauses: readonly Pause[] = []) =>
    deadlineOf(start, of, pauses).spans.map(told);
  const line = (from: string, to: string, what: string) => `${at(from)} ${at(to)} ${what}`;

  it('by the start date, each holiday, weekend and make-up day, by name', () =>
    expect(spans(at('04-03 12:00'), counting(workingDays(3), QINGMING))).toEqual([
      line('04-03 12:00', '04-04 00:00', '- START_DATE'),
      line('04-04 00:00', '04-06 00:00', '- HOLIDAY Qingming'),
      line('04-06 00:00', '04-07 00:00', '- WEEKEND'),
      line('04-07 00:00', '04-08 00:00', '1 MAKE_UP_DAY for Friday the 5th'),
      line('04-08 00:00', '04-09 00:00', '1 WORKING_DAY'),
      line('04-09 00:00', '04-09 18:00', '1 WORKING_DAY'),
    ]));
  it('by what lay outside the window', () =>
    expect(spans(at('03-01 16:30'), counting(serviceHours(4)))).toEqual([
      line('03-01 16:30', '03-01 18:00', '90 SERVICE_WINDOW'),
      line('03-01 18:00', '03-02 00:00', '- OUTSIDE_WINDOW'),
      line('03-02 00:00', '03-04 00:00', '- WEEKEND'),
      line('03-04 00:00', '03-04 09:00', '- OUTSIDE_WINDOW'),
      line('03-04 09:00', '03-04 11:30', '150 SERVICE_WINDOW'),
    ]));
  it('by the pauses', () => {
    const pause = { from: at('03-04 12:00'), to: at('03-05 12:00') };
    expect(spans(at('03-01 17:00'), counting(workingDays(2)), [pause])).toEqual([
      line('03-01 17:00', '03-02 00:00', '- START_DATE'),
      line('03-02 00:00', '03-04 00:00', '- WEEKEND'),
      line('03-04 00:00', '03-04 12:00', `${1 / 3} WORKING_DAY`),
      line('03-04 12:00', '03-05 12:00', '- PAUSE'),
      line('03-05 12:00', '03-06 00:00', `${2 / 3} WORKING_DAY`),
      line('03-06 00:00', '03-06 18:00', '1 WORKING_DAY'),
    ]);
    expect(
      spans(at('03-01 17:00'), counting(hours(24)), [{ from: at('03-01 20:00'), to: at('03-01 21:00') }]),
    ).toEqual([
      line('03-01 17:00', '03-01 20:00', '180 CONTINUOUS'),
      line('03-01 20:00', '03-01 21:00', '- PAUSE'),
      line('03-01 21:00', '03-02 18:00', '1260 CONTINUOUS'),
    ]);
  });
});

describe('while a clock is paused the time that is left is frozen', () => {
  const three = counting(workingDays(3));
  it('a pause of whole hours moves continuous time by as much', () =>
    expect(
      dueOf(at('03-01 17:00'), counting(hours(24)), [{ from: at('03-01 18:00'), to: at('03-01 21:00') }]),
    ).toBe(at('03-02 20:00')));
  it('a third of a working day that was paused is made up for on the next one', () =>
    expect(dueOf(at('03-01 17:00'), three, [{ from: at('03-04 12:00'), to: at('03-04 15:00') }])).toBe(
      at('03-07 12:00'),
    ));
  it('a pause from the close of one working day to that of the next moves it by one working day', () =>
    expect(dueOf(at('03-01 17:00'), three, [{ from: at('03-04 18:00'), to: at('03-05 18:00') }])).toBe(
      at('03-07 18:00'),
    ));
  it.each([
    ['on the start date', '03-01 17:30', '03-01 23:00'],
    ['over a weekend', '03-02 00:00', '03-03 20:00'],
    ['over a night', '03-04 18:00', '03-05 09:00'],
  ])('a pause %s moves no working day', (_, from, to) =>
    expect(dueOf(at('03-01 17:00'), three, [{ from: at(from), to: at(to) }])).toBe(at('03-06 18:00')),
  );
  it('pauses that overlap are counted once', () =>
    expect(
      dueOf(at('03-01 17:00'), counting(hours(24)), [
        { from: at('03-01 18:00'), to: at('03-01 21:00') },
        { from: at('03-01 20:00'), to: at('03-01 22:00') },
      ]),
    ).toBe(at('03-02 21:00')));
  it('thirds that add up to whole days end at the close, not on the next morning', () =>
    expect(
      dueOf(at('03-01 17:00'), three, [
        { from: at('03-04 09:00'), to: at('03-04 12:00') },
        { from: at('03-05 09:00'), to: at('03-05 12:00') },
        { from: at('03-06 09:00'), to: at('03-06 12:00') },
      ]),
    ).toBe(at('03-07 18:00')));
});

describe('shares of a duration', () => {
  it('80 % of 24 h raised Mon 10:00 is Tue 05:12 (ST-04)', () =>
    expect(instantAtShare(0.8, at('03-11 10:00'), counting(hours(24)))).toBe(at('03-12 05:12')));
  it('200 % of 3 working days is the close of the sixth', () =>
    expect(instantAtShare(2, at('03-01 17:00'), counting(workingDays(3)))).toBe(at('03-11 18:00')));
  it('150 % of 3 working days is the middle of the fifth working day', () =>
    expect(instantAtShare(1.5, at('03-01 17:00'), counting(workingDays(3)))).toBe(at('03-08 13:30')));
  it('80 % of one working day is four fifths through its window', () =>
    expect(instantAtShare(0.8, at('03-01 17:00'), counting(workingDays(1)))).toBe(at('03-04 16:12')));
  it('150 % of 4 service hours goes on through the window', () =>
    expect(instantAtShare(1.5, at('03-01 16:30'), counting(serviceHours(4)))).toBe(at('03-04 13:30')));
});

describe('how much has passed', () => {
  it('21 h 30 min of the first response of WE-01', () =>
    expect(elapsed(at('03-01 17:00'), at('03-02 14:30'), counting(hours(24)))).toBe(21.5 * 60));
  it('two and a third working days', () =>
    expect(elapsed(at('03-01 17:00'), at('03-06 12:00'), counting(workingDays(3)))).toBeCloseTo(
      2 + 1 / 3,
      9,
    ));
  it('goes on behind the deadline', () =>
    expect(elapsed(at('03-01 17:00'), at('03-08 18:00'), counting(workingDays(3)))).toBe(5));
  it('nothing before the start', () =>
    expect(elapsed(at('03-01 17:00'), at('03-01 16:00'), counting(hours(24)))).toBe(0));
});

describe('where clocks are moved', () => {
  const all = WEEKDAYS.map((weekday) => ({ weekday, opens: '00:00', closes: '24:00' }));
  const night = WEEKDAYS.map((weekday) => ({ weekday, opens: '01:30', closes: '02:30' }));
  const berlin: WorkingCalendar = { ...BUILT_IN_CALENDAR, zone: 'Europe/Berlin' };
  const open = (standard: WorkingCalendar['standard']): WorkingCalendar => ({ ...berlin, standard });

  it('24 continuous hours are 24 hours', () =>
    expect(dueOf('2024-03-30T12:00:00.000Z', counting(hours(24), berlin))).toBe('2024-03-31T12:00:00.000Z'));
  it('a working day closes at 18:00 by the clock on the wall, in winter and in summer', () => {
    expect(dueOf('2024-03-28T12:00:00.000Z', counting(workingDays(1), berlin))).toBe(
      '2024-03-29T17:00:00.000Z',
    );
    expect(dueOf('2024-03-29T12:00:00.000Z', counting(workingDays(1), berlin))).toBe(
      '2024-04-01T16:00:00.000Z',
    );
  });
  it('a day of 23 hours has 23 hours of an open window', () =>
    expect(dueOf('2024-03-30T23:00:00.000Z', counting(serviceHours(23), open(all)))).toBe(
      '2024-03-31T22:00:00.000Z',
    ));
  it('an hour that the clock skips is never in a window', () => {
    const skipped = counting({ kind: 'SERVICE_WINDOW', minutes: 30 }, open(night));
    expect(dueOf('2024-03-30T23:00:00.000Z', skipped)).toBe('2024-03-31T01:00:00.000Z');
    const more = counting({ kind: 'SERVICE_WINDOW', minutes: 31 }, open(night));
    expect(dueOf('2024-03-30T23:00:00.000Z', more)).toBe('2024-03-31T23:31:00.000Z');
  });
  it('an hour that the clock shows twice is in a window twice', () => {
    const twice = counting({ kind: 'SERVICE_WINDOW', minutes: 90 }, open(night));
    expect(dueOf('2024-10-26T22:00:00.000Z', twice)).toBe('2024-10-27T01:30:00.000Z');
  });
  it('a calendar day ends at midnight of the day that has 25 hours', () =>
    expect(dueOf('2024-10-26T12:00:00.000Z', counting(calendarDays(1), berlin))).toBe(
      '2024-10-27T23:00:00.000Z',
    ));
  it('a day that a zone left out is no day at all', () => {
    const apia: WorkingCalendar = { ...BUILT_IN_CALENDAR, zone: 'Pacific/Apia' };
    // Thursday the 29th of December 2011 was followed by Saturday the 31st.
    expect(dueOf('2011-12-29T20:00:00.000Z', counting(workingDays(1), apia))).toBe(
      '2012-01-02T04:00:00.000Z',
    );
  });
});

it('a calendar that is never open is a fault, not an endless search', () =>
  expect(() =>
    dueOf(at('03-01 17:00'), counting(workingDays(1), { ...BUILT_IN_CALENDAR, standard: [] })),
  ).toThrow('is not open for so long'));
