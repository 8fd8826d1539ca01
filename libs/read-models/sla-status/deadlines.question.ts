import {
  BUILT_IN_CALENDAR,
  DEFAULT_CALENDAR,
  SlaMoment,
  spansOf,
  type Span,
  type WorkingCalendar,
} from '@rapport/domain/values';
import { Id, keysUnder, OneOf, Optional, question, type RowReader } from '@rapport/kernel';
import { workingCalendar } from '../working-calendar/working-calendar.projection';
import { explained } from './deadlines.words';
import { clocksOf } from './sla-clock.rules';
import { slaStatus, type ClockRow } from './sla-status.projection';

class DeadlinesParams {
  /** The id of the ticket. */
  @Id() ticketId!: string;
  /** Only the clocks of this moment. */
  @Optional() @OneOf(SlaMoment) moment?: SlaMoment;
}
/** More clocks than any ticket has. */
const CLOCKS_MAX = 1_000;

/** Every deadline of a ticket explains itself: rule, losers, calendar, each counted and skipped stretch of time (2.4, SYS-21). */
export const deadlines = question({
  name: 'deadlines',
  about:
    'Why is each deadline of a ticket where it is: rule, calendar, every counted and skipped stretch of time?',
  params: DeadlinesParams,
  reads: [slaStatus, workingCalendar],
  answer: async ({ ticketId, moment }, { rows, now }) => {
    const found = (await rows.find(slaStatus.table, {
      where: [
        ...keysUnder(clocksOf(ticketId)),
        ...(moment === undefined ? [] : [['moment', '=', moment] as const]),
      ],
      ...{ orderBy: { column: 'dueAt' }, limit: CLOCKS_MAX },
    })) as unknown as readonly ClockRow[];
    const clocks = [];
    for (const row of found) clocks.push(deadlineIn(row, await calendarOf(rows, row)));
    return { ticketId, asOf: now, clocks };
  },
});

/** The version by which the clock counts; version 1 of the default one is built in. */
const calendarOf = async (
  rows: RowReader,
  { calendarId, calendarVersion }: ClockRow,
): Promise<WorkingCalendar> => {
  if (calendarId === DEFAULT_CALENDAR && calendarVersion === BUILT_IN_CALENDAR.version)
    return BUILT_IN_CALENDAR;
  const [found] = await rows.load(workingCalendar.table, [`${calendarId}|${calendarVersion}`]);
  return (found as unknown as WorkingCalendar | undefined) ?? BUILT_IN_CALENDAR;
};

const deadlineIn = (row: ClockRow, calendar: WorkingCalendar) => {
  const { key: _, ticketId: __, winner, losers, counted, ...clock } = row;
  const spans = spansIn(row, calendar);
  const { calendarId, version, zone } = calendar;
  return {
    ...{ ...clock, winner, losers, counted },
    calendar: { calendarId, version, zone },
    spans,
    explanation: explained(row, calendar, spans),
  };
};
/** Where a promise names the deadline there is nothing to count. */
const spansIn = ({ counted, dueAt, tier, pauses }: ClockRow, calendar: WorkingCalendar): readonly Span[] =>
  counted === null ? [] : spansOf(counted.start, dueAt, { within: counted.within, calendar, tier }, pauses);
