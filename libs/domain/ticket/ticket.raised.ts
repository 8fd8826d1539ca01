import { reject } from '@rapport/kernel';
import type { RegisterTicket } from './ticket.commands';
import { closeOfDay, localDayOf, zoneOf } from './ticket.days';
import { present, type Known } from './ticket.state';

interface Raised {
  readonly raisedAt: string;
  /** Only this day was known. */
  readonly raisedOn?: string;
}
/** When the customer spoke: at a moment, or on a day of which only the close is taken for its clocks (template 1, O-22). */
export const raisedIn = (
  { raisedAt, raisedOn }: RegisterTicket,
  known: Known['RegisterTicket'],
  now: string,
): Raised => {
  if (raisedAt === undefined) return onDay(raisedOn, zoneOf(known.customer), now);
  if (raisedOn !== undefined)
    return reject('RAISED_TWICE', 'raisedOn', 'name the moment or, if it is not known, the day: not both');
  if (raisedAt > now) return reject('RAISED_IN_FUTURE', 'raisedAt', 'raisedAt lies in the future');
  return { raisedAt, ...ofWhole(raisedAt, known) };
};

/** Today, while the window is open, the close lies ahead: it was raised by now (SYS-12). */
const onDay = (day: string | undefined, zone: string, now: string): Raised => {
  if (day === undefined)
    return reject(
      'RAISED_AT_MISSING',
      'raisedAt',
      'name when it was raised, or raisedOn if only the day is known',
    );
  if (day > localDayOf(now, zone))
    return reject('RAISED_IN_FUTURE', 'raisedOn', 'raisedOn lies in the future');
  const close = closeOfDay(day, zone);
  return { raisedAt: close < now ? close : now, raisedOn: day };
};
/** A part was raised when its whole was, and no more is known of it. */
const ofWhole = (raisedAt: string, { whole }: Known['RegisterTicket']) =>
  whole && whole.stage !== 'unregistered' && whole.of.raisedAt === raisedAt
    ? present({ raisedOn: whole.of.raisedOn })
    : {};
