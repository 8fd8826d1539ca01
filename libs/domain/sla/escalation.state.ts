import { refuse, type DataOf, type NewEvent } from '@rapport/kernel';
import type * as events from './escalation.events';
import { TicketEscalated } from './escalation.events';
import {
  ACCEPT_WITHIN_MINUTES,
  acceptanceDue,
  higherThan,
  levelAbove,
  type EscalationLevel,
} from './escalation.values';
import type { SlaMoment } from './sla.values';

/** Management as it is called now: of the event, all but how it came about. */
export type Call = Omit<DataOf<typeof TicketEscalated>, 'from' | 'trigger' | 'reason' | 'onDutyId'>;
/** Called and not settled; accepted where somebody has taken it on. */
export interface Running {
  readonly of: Call;
  readonly acceptedById?: string;
}
export interface Escalation {
  /** How many there have been. */
  readonly count: number;
  readonly running: readonly Running[];
  /** The highest level that was called because of each clock, settled or not. */
  readonly called: Readonly<Record<string, EscalationLevel>>;
}
export const NONE: Escalation = { count: 0, running: [], called: {} };

type Of<Name extends keyof typeof events> = DataOf<(typeof events)[Name]>;
type Evolve = { readonly [Name in keyof typeof events]: (was: Escalation, data: Of<Name>) => Escalation };

export const evolve: Evolve = {
  TicketEscalated: ({ count, running, called }, { from, trigger, reason, onDutyId, ...of }) => ({
    count: Math.max(count, of.escalation),
    running: [...running.filter(isNot(of)), { of }],
    called: { ...called, ...(isClock(of) && { [clockIn(of)]: of.level }) },
  }),
  EscalationAccepted: ({ running, ...was }, { escalation, acceptedById }) => ({
    ...was,
    running: running.map((one) => (one.of.escalation === escalation ? { ...one, acceptedById } : one)),
  }),
  EscalationResolved: ({ running, ...was }, of) => ({ ...was, running: running.filter(isNot(of)) }),
};
const isNot =
  ({ escalation }: { readonly escalation: number }) =>
  ({ of }: Running): boolean =>
    of.escalation !== escalation;

/** What an escalation is about: a clock of the ticket, or nothing that has a name. */
export interface ClockNamed {
  readonly moment?: SlaMoment;
  readonly clockRound?: number;
}
const isClock = ({ moment }: ClockNamed): boolean => moment !== undefined;
/** `FIRST_RESPONSE|1` */
export const clockIn = ({ moment, clockRound }: ClockNamed): string =>
  moment === undefined ? '' : `${moment}|${clockRound ?? 1}`;
/** What runs because of a clock; without one: because somebody asked. */
export const runningFor = ({ running }: Escalation, about: ClockNamed): Running | undefined =>
  running.find(({ of }) => clockIn(of) === clockIn(about));

/** Those that are meant: the one with a number, or all that are not settled. `null`: what is meant is settled. */
export const meant = (
  { count, running }: Escalation,
  number: number | undefined,
): readonly Running[] | null => {
  if (count === 0 || (number !== undefined && number > count))
    return refuse('ESCALATION_UNKNOWN', 'this ticket has not been escalated');
  const found = number === undefined ? running : running.filter(({ of }) => of.escalation === number);
  return found.length === 0 ? null : found;
};

/** A level is called now, and has its time to accept if there is one above it. */
export const calling = (level: EscalationLevel, escalatedAt: string) => ({
  ...{ level, escalatedAt },
  ...(levelAbove(level) !== null && { acceptBy: acceptanceDue(escalatedAt) }),
});

interface Standing {
  /** The call as it stands. */
  readonly before: Call;
  /** The moves that led there by themselves. */
  readonly moves: readonly NewEvent<TicketEscalated>[];
}
/**
 * The call that stands at `now`: each level that nobody accepted in time passes it on, at its deadline, whether or not the
 * timer has fired by then.
 */
export const standingAt = ({ of, acceptedById }: Running, now: string): Standing => {
  if (acceptedById !== undefined) return { before: of, moves: [] };
  const calls = [of, ...passedOn(of, now)];
  const moves = calls.slice(1).map((call, n) => {
    const from = calls[n] ?? of;
    const why = { trigger: 'NOT_ACCEPTED', reason: UNACCEPTED } as const;
    return TicketEscalated.of({ ...call, from: from.level, ...why }, call.escalatedAt);
  });
  return { before: calls.at(-1) ?? of, moves };
};
const UNACCEPTED = `nobody accepted it within ${ACCEPT_WITHIN_MINUTES} minutes`;

const passedOn = ({ acceptBy, ...of }: Call, now: string): readonly Call[] => {
  const above = levelAbove(of.level);
  if (above === null || acceptBy === undefined || now <= acceptBy) return [];
  const next = { ...of, ...calling(above, acceptBy) };
  return [next, ...passedOn(next, now)];
};

/** The level that is wanted, or one step above what was called before; at the top it stays. Never downward. */
export const levelFor = (
  wanted: EscalationLevel | undefined,
  before: EscalationLevel | undefined,
  entry: EscalationLevel,
): EscalationLevel => {
  const above = before === undefined ? entry : (levelAbove(before) ?? before);
  const level = wanted ?? (higherThan(above, entry) > 0 ? above : entry);
  if (before !== undefined && higherThan(level, before) < 0)
    refuse('ESCALATION_DOWNWARD', 'an escalation never moves down', { level: before });
  if (before === undefined && higherThan(level, entry) < 0)
    refuse('ESCALATION_BELOW_ENTRY', 'for this ticket the ladder begins higher', { level: entry });
  return level;
};
