import {
  clipped,
  dueOf,
  intervalsOf,
  stretchOf,
  without,
  type Counting,
  type Pause,
  type Stretch,
} from './calendar.rules';
import type { Interval } from './calendarday.rules';
import type { CalendarKind } from './sla.values';
import { dateAt } from './zone.rules';

/** Why a stretch of time was counted, or was not. */
export type SpanReason =
  CalendarKind | 'MAKE_UP_DAY' | 'START_DATE' | 'OUTSIDE_WINDOW' | 'WEEKEND' | 'HOLIDAY' | 'PAUSE';
/** One stretch of the way from the start to the deadline. */
export interface Span {
  readonly from: string;
  readonly to: string;
  readonly counted: boolean;
  readonly why: SpanReason;
  /** Of the holiday or the make-up day. */
  readonly name?: string;
  /** What it added: minutes or days, as the duration counts them. */
  readonly amount: number;
}
export interface Deadline {
  readonly due: string;
  /** Without a gap from the start to the deadline. */
  readonly spans: readonly Span[];
}

/** A deadline that explains itself: each stretch of time that was counted or skipped, and why (2.4). */
export const deadlineOf = (start: string, counting: Counting, pauses: readonly Pause[] = []): Deadline => {
  const due = dueOf(start, counting, pauses);
  return { due, spans: spansOf(start, due, counting, pauses) };
};

type Piece = Omit<Span, 'from' | 'to'> & { readonly from: number; readonly to: number; readonly day: number };

/** How each stretch of time between two instants was counted. */
export const spansOf = (
  start: string,
  until: string,
  counting: Counting,
  pauses: readonly Pause[] = [],
): readonly Span[] => {
  const [begin, end] = [Date.parse(start), Date.parse(until)];
  const still = intervalsOf(pauses);
  const date = dateAt(counting.calendar.zone, begin);
  const pieces: Piece[] = [];
  for (let n = 0, at = begin; at < end; n++) {
    const of = stretchOf(counting, begin, date, n);
    const bounds = clipped([[at, Math.max(at, of.to)]], begin, end);
    pieces.push(...bounds.flatMap((bound) => piecesOf(of, counting, bound, still, n)));
    at = Math.max(at, Math.min(of.to, end));
  }
  return joined(pieces).map(({ from, to, day: _, ...piece }) => ({
    from: textOf(from),
    to: textOf(to),
    ...piece,
  }));
};
const textOf = (at: number): string => new Date(at).toISOString();

/** A day in pieces: open and not, with the pauses cut out of whatever would have been counted. */
const piecesOf = (
  of: Stretch,
  counting: Counting,
  bound: Interval,
  still: readonly Interval[],
  day: number,
): readonly Piece[] => {
  const countable = countableOf(of, counting, bound);
  const running = without(countable, still);
  const closed = without([bound], countable);
  const paused = without(countable, running);
  const amount = (from: number, to: number) =>
    clipped(of.open, from, to).reduce((sum, [a, b]) => sum + (b - a) / of.unitMs, 0);
  const named = of.day?.name === undefined ? {} : { name: of.day.name };
  return [
    ...running.map(([from, to]): Piece => ({
      from,
      to,
      counted: true,
      why: countedWhy(of, counting),
      ...named,
      amount: amount(from, to),
      day,
    })),
    ...paused.map(([from, to]): Piece => ({ from, to, counted: false, why: 'PAUSE', amount: 0, day })),
    ...closed.map(([from, to]): Piece => ({
      from,
      to,
      counted: false,
      ...closedWhy(of, named),
      amount: 0,
      day,
    })),
  ].sort((one, other) => one.from - other.from);
};
/** A day that is counted as a day is shown whole; windows are shown as they are. */
const countableOf = (
  { open, day }: Stretch,
  { within: { kind } }: Counting,
  bound: Interval,
): readonly Interval[] =>
  kind === 'WORKING_DAY' && day && open.length > 0 ? [bound] : clipped(open, ...bound);

const countedWhy = ({ day }: Stretch, { within: { kind } }: Counting): SpanReason =>
  day?.why === 'MAKE_UP_DAY' ? 'MAKE_UP_DAY' : kind;
const closedWhy = (
  { day, startDate, open }: Stretch,
  named: { readonly name?: string },
): Pick<Span, 'why' | 'name'> => {
  if (startDate) return { why: 'START_DATE' };
  if (open.length > 0) return { why: 'OUTSIDE_WINDOW' };
  return { why: day?.why === 'HOLIDAY' ? 'HOLIDAY' : 'WEEKEND', ...named };
};

/** Neighbours that say the same are one, but a day that is counted stays a line of its own. */
const joined = (pieces: readonly Piece[]): readonly Piece[] => {
  const lines: Piece[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    if (last && continues(last, piece))
      lines.splice(-1, 1, { ...last, to: piece.to, amount: last.amount + piece.amount });
    else lines.push(piece);
  }
  return lines;
};
const continues = (last: Piece, next: Piece): boolean =>
  last.to === next.from &&
  last.why === next.why &&
  last.name === next.name &&
  last.counted === next.counted &&
  (!next.counted || last.day === next.day);
