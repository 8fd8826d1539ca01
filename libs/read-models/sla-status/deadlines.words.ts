import {
  RESOLUTION_NODE,
  type SlaDuration,
  type SlaRuleChoice,
  type Span,
  type WorkingCalendar,
} from '@rapport/domain/values';
import type { ClockRow, Move } from './sla-status.projection';

/** A deadline in sentences: one a line, times by the calendar's clock on the wall. */
export const explained = (
  row: ClockRow,
  calendar: WorkingCalendar,
  spans: readonly Span[],
): readonly string[] => {
  const local = (at: string) => localText(calendar.zone, at);
  return [
    `${row.moment} (round ${row.round}) is due ${local(row.dueAt)}: ${standing(row, local)}`,
    ...ruling(row, local),
    `counted by calendar ${calendar.calendarId} version ${calendar.version}, ${calendar.zone}; policy ${row.policyId} version ${row.policyVersion}`,
    ...spans.map((span) => `  ${spanText(span, local)}`),
    ...row.pauses.map(
      ({ from, to }) => `stood still ${local(from)} to ${local(to)}: waiting for the customer`,
    ),
    ...row.moves.map((move) => moveText(move, local)),
  ];
};
type Local = (at: string) => string;

const standing = (row: ClockRow, local: Local): string => {
  const { state, breachedAt, endedAt, pausedSince } = row;
  if (state === 'PAUSED' && pausedSince !== null) return `stands still since ${local(pausedSince)}`;
  if (state === 'OPEN') return 'open';
  if (state === 'CANCELLED') return 'cancelled';
  const reached = endedAt === null ? 'still awaited' : `reached ${local(endedAt)}`;
  return breachedAt === null ? `met, ${reached}` : `breached ${local(breachedAt)}, ${reached}`;
};

const ruling = ({ winner, losers, clippedBy, commitmentId }: ClockRow, local: Local): readonly string[] => [
  ...(winner ? [`rule ${ruleText(winner, local)} won`] : []),
  ...losers.map((loser) => `rule ${ruleText(loser, local)} would have given more time`),
  ...(clippedBy === null ? [] : [`it may not be due after ${clippedBy}, whose deadline it has`]),
  ...(commitmentId === null ? [] : [`${promiseText(commitmentId)} names the deadline`]),
];
const promiseText = (id: string): string =>
  id === RESOLUTION_NODE ? 'the resolution node given with the first response (R-11)' : `promise ${id}`;
const ruleText = ({ rule, basis, within, startEvent, start, due }: SlaRuleChoice, local: Local): string => {
  const rests = basis === undefined ? '' : ` (${basis})`;
  return `${rule}${rests}: ${durationText(within)} from ${startEvent} ${local(start)} gives ${local(due)}`;
};
const durationText = ({ kind, minutes, days }: SlaDuration): string => {
  const words = kind.toLowerCase().replace('_', ' ');
  if (days !== undefined) return `${days} ${words}${days === 1 ? '' : 's'}`;
  return `${minutes ?? 0} minutes ${words}`;
};

/** `counted Fri 2024-03-01 17:00 to Sat 2024-03-02 17:00: continuous, 1440 min` */
const spanText = ({ from, to, counted, why, name, amount }: Span, local: Local): string => {
  const reason = why.toLowerCase().replaceAll('_', ' ');
  const named = name === undefined ? reason : `${reason} ${name}`;
  const how = counted ? `counted ${Number(amount.toFixed(2))}` : 'skipped';
  return `${local(from)} to ${local(to)}: ${how}, ${named}`;
};
const moveText = ({ at, from, to, cause, rule, causeId }: Move, local: Local): string => {
  const by = rule === undefined ? '' : `, rule ${rule}`;
  const why = cause.toLowerCase().replaceAll('_', ' ');
  return `moved ${local(at)} from ${local(from)} to ${local(to)}: ${why}${by} (by ${causeId})`;
};

/** `Fri 2024-03-01 17:00` by a zone's clock on the wall; seconds where there are any. */
const localText = (timeZone: string, at: string): string => {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-GB', { timeZone, ...CLOCK })
      .formatToParts(new Date(at))
      .map(({ type, value }) => [type, value]),
  ) as Readonly<Record<string, string>>;
  const seconds = parts['second'] === '00' ? '' : `:${parts['second']}`;
  return `${parts['weekday']} ${parts['year']}-${parts['month']}-${parts['day']} ${parts['hour']}:${parts['minute']}${seconds}`;
};
const CLOCK: Intl.DateTimeFormatOptions = {
  ...{ weekday: 'short', year: 'numeric', month: '2-digit', day: '2-digit' },
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
};
