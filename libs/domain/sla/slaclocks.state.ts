import type { DataOf, Rules } from '@rapport/kernel';
import type { Pause } from './calendar.rules';
import type { SlaMoment } from './sla.values';
import { SLA_CHAIN } from './sla.values';
import * as events from './slaclocks.events';
import type { BreachReason, SlaClockState, SlaCounted, SlaOpening, SlaRuleChoice } from './slaclocks.values';

type Of<Name extends keyof typeof events> = DataOf<(typeof events)[Name]>;
type Evolve = { readonly [Name in keyof typeof events]: (was: SlaClocks, data: Of<Name>) => SlaClocks };

/** The moments at which something happens to a clock by itself. */
export interface Times {
  readonly dueAt: string;
  readonly warnAt: string;
  readonly departmentHeadAt: string;
  readonly seniorManagementAt: string;
  /** What leads to them; absent: a promise names the deadline. */
  readonly counted?: SlaCounted;
}
/** One clock of a ticket: which moment it is about, what it counts by, and what has become of it. */
export interface Clock {
  readonly moment: SlaMoment;
  readonly round: number;
  readonly opening: SlaOpening;
  readonly startAt: string;
  readonly winner: SlaRuleChoice;
  readonly times: Times;
  /** Those that are over. */
  readonly pauses: readonly Pause[];
  /** It stands still since then; `withTicket`: because the whole ticket waits. */
  readonly paused?: { readonly at: string; readonly withTicket: boolean };
  readonly warned: boolean;
  readonly breachedAt?: string;
  readonly reasonDueAt?: string;
  /** So many steps of the ladder were taken since it was breached (2.4). */
  readonly steps: number;
  readonly end?: 'MET' | 'MET_LATE' | 'CANCELLED';
  readonly endedAt?: string;
  readonly reason?: { readonly code: BreachReason; readonly text?: string };
}
export interface SlaClocks {
  /** How much of the ticket had been heard when something last became of a clock. */
  readonly heard: number;
  readonly clocks: readonly Clock[];
}
export const NO_CLOCKS: SlaClocks = { heard: 0, clocks: [] };

export const evolve: Evolve = {
  SlaClockStarted: ({ clocks, heard }, started) => ({
    ...{ heard: Math.max(heard, started.heard), clocks: [...clocks, clockFrom(started)] },
  }),
  SlaClockRescheduled: (was, data) =>
    having(was, data, ({ winner }) => ({ times: timesIn(data), winner: data.winner ?? winner })),
  SlaClockPaused: (was, data) =>
    having(was, data, () => ({ paused: { at: data.pausedAt, withTicket: data.withTicket } })),
  SlaClockResumed: (was, data) =>
    having(was, data, ({ paused: _, pauses, ...clock }) => ({
      ...{ ...clock, times: timesIn(data) },
      pauses: [...pauses, { from: data.pausedAt, to: data.resumedAt }],
    })),
  SlaClockWarned: (was, data) => having(was, data, () => ({ warned: true })),
  SlaClockMet: (was, data) => having(was, data, () => ({ end: 'MET', endedAt: data.reachedAt })),
  SlaClockBreached: (was, data) =>
    having(was, data, () => ({ breachedAt: data.breachedAt, reasonDueAt: data.reasonDueAt })),
  SlaClockLeftOverdue: (was, data) => having(was, data, ({ steps }) => ({ steps: steps + 1 })),
  SlaClockMetLate: (was, data) => having(was, data, () => ({ end: 'MET_LATE', endedAt: data.reachedAt })),
  SlaClockCancelled: (was, data) =>
    having(was, data, () => ({ end: 'CANCELLED', endedAt: data.cancelledAt })),
  BreachReasonRecorded: (was, data) => having(was, data, () => ({ reason: reasonIn(data) })),
};

/** How the clocks of a ticket are read, by their own decisions and by whoever must not promise more time than they leave (SYS-15.3). */
export const slaClocksStanding = {
  ...{
    name: 'slaclocks',
    id: 'ticketId' as const,
    events,
    commands: {},
    initial: NO_CLOCKS,
    evolve,
    decide: {},
  },
} satisfies Rules<SlaClocks>;

/** The events name a clock that is known: the log holds nothing of it before its start. */
const having = (
  { clocks, heard }: SlaClocks,
  data: Pick<Of<'SlaClockWarned'>, 'moment' | 'round' | 'heard'>,
  change: (clock: Clock) => Partial<Clock>,
): SlaClocks => ({
  heard: Math.max(heard, data.heard),
  clocks: clocks.map((clock) => (isOf(clock, data) ? changed(clock, change(clock)) : clock)),
});
const isOf = (clock: Clock, { moment, round }: Pick<Clock, 'moment' | 'round'>): boolean =>
  clock.moment === moment && clock.round === round;
/** A pause that is over is there no more. */
const changed = (clock: Clock, change: Partial<Clock>): Clock => {
  const { paused, ...rest } = clock;
  const still = paused !== undefined && change.pauses === undefined && change.end === undefined;
  return { ...rest, ...(still && { paused }), ...change };
};

const clockFrom = (data: Of<'SlaClockStarted'>): Clock => ({
  ...{ moment: data.moment, round: data.round, startAt: data.startAt, winner: data.winner },
  opening: { start: data.opener, at: data.openedAt, heard: data.openedHeard },
  ...{ times: timesIn(data), pauses: [], warned: false, steps: 0 },
});
const timesIn = ({ dueAt, warnAt, departmentHeadAt, seniorManagementAt, counted }: Times): Times => ({
  ...{ dueAt, warnAt, departmentHeadAt, seniorManagementAt, ...(counted && { counted }) },
});
const reasonIn = ({ reason: code, text }: Of<'BreachReasonRecorded'>) => ({
  code,
  ...(text !== undefined && { text }),
});

/** It waits to be reached, in time or late. */
export const isAwaited = ({ end }: Clock): boolean => end === undefined;
/** It waits to be reached in time: its deadline can still move. */
export const isRunning = (clock: Clock): boolean => isAwaited(clock) && clock.breachedAt === undefined;
export const isPaused = ({ paused }: Clock): boolean => paused !== undefined;

/** How a clock stands (SYS-21). */
export const clockState = (clock: Clock): SlaClockState => {
  if (clock.end !== undefined) return clock.end;
  if (clock.breachedAt !== undefined) return 'BREACHED';
  return isPaused(clock) ? 'PAUSED' : 'OPEN';
};
/** The last clock of a moment, for whoever must not promise more time than it leaves. */
export const lastClock = ({ clocks }: SlaClocks, moment: SlaMoment): Clock | undefined =>
  clocks.findLast((clock) => clock.moment === moment);
/** A sync has its own time, beside the moments that come one after the other: it is looked at by itself (SYS-23). */
export const isSync = ({ moment }: Pick<Clock, 'moment'>): boolean => moment === 'PROGRESS_SYNC';
/** Above zero when `one` comes after the other; reaching it includes the other (SYS-21.2). */
export const laterThan = (one: SlaMoment, other: SlaMoment): number => placeOf(one) - placeOf(other);
const placeOf = (moment: SlaMoment): number => (SLA_CHAIN as readonly SlaMoment[]).indexOf(moment);
