import type { DataOf, NewEventOf } from '@rapport/kernel';
import { justAfter } from '../commitment/commitment.values';
import type { Ticket } from '../ticket/ticket.decider';
import type { EvaluateSlaClocks } from './slaclocks.commands';
import type * as events from './slaclocks.events';
import type { Law } from './sla.rulebook';
import { evolve, isAwaited, isPaused, isRunning, type Clock, type SlaClocks } from './slaclocks.state';
import type { SlaFacts } from './slaclocks.values';
import type { SlaCase } from './slapolicy.values';

export type ClockEvent = NewEventOf<typeof events>;
/** What an event of a clock says beside the clock itself. */
export type About = Pick<
  DataOf<typeof events.SlaClockCancelled>,
  'ticketId' | 'customerId' | 'type' | 'urgency' | 'complaintLevel' | 'isEnquiry' | 'ownerId' | 'department'
> & { readonly heard: number };

/** What clocks are looked at with: who, by what is known, by which rules, and when. */
export interface Asking {
  readonly about: About;
  readonly facts: SlaFacts;
  readonly of: SlaCase;
  readonly ticket: Ticket;
  readonly now: string;
  readonly lawOf: (openedAt: string) => Law;
}
export const aboutIn = ({ ticketId, facts }: DataOf<typeof EvaluateSlaClocks>): About => {
  const { customerId, type, urgency, complaintLevel, isEnquiry, ownerId, department, heard } = facts;
  return {
    ...{ ticketId, customerId, urgency, isEnquiry, heard },
    ...(type !== undefined && { type }),
    ...(complaintLevel !== undefined && { complaintLevel }),
    ...(ownerId !== undefined && { ownerId }),
    ...(department !== undefined && { department }),
  };
};

/** Clocks as they would be after what has been decided so far. */
export interface Draft {
  readonly state: SlaClocks;
  readonly events: readonly ClockEvent[];
}
export const draftOf = (state: SlaClocks): Draft => ({ state, events: [] });
export const having = ({ state, events }: Draft, more: readonly ClockEvent[]): Draft => ({
  state: more.reduce(moved, state),
  events: [...events, ...more],
});
const moved = (state: SlaClocks, { messageClass, data }: ClockEvent): SlaClocks =>
  evolve[messageClass.name as keyof typeof evolve](state, data as never);

/** Does it for each clock that is so, one after the other, each as the ones before have left it. */
export const forEach = (
  draft: Draft,
  isMeant: (clock: Clock) => boolean,
  then: (draft: Draft, clock: Clock) => Draft,
): Draft =>
  draft.state.clocks.filter(isMeant).reduce((drawn, clock) => then(drawn, sameIn(drawn, clock)), draft);
export const sameIn = ({ state: { clocks } }: Draft, { moment, round }: Clock): Clock => {
  const found = clocks.find((clock) => clock.moment === moment && clock.round === round);
  if (!found) throw new Error(`the clock ${moment} ${round} was lost`);
  return found;
};

/** Of an event, what tells which clock it is and when it is due. */
export const told = (about: About, { moment, round, startAt, times: { dueAt } }: Clock) => ({
  ...{ ...about, moment, round, startAt, dueAt },
});
export const msBetween = (from: string, to: string): number => Math.max(0, Date.parse(to) - Date.parse(from));

/** The events, each with the moment at which the clocks are to be looked at next. `ended`: never by themselves. */
export const decided = ({ state, events }: Draft, now: string, ended: boolean): readonly ClockEvent[] => {
  const wakeAt = ended ? undefined : nextIn(state);
  // What lies behind already is looked at next, at a time of its own: a timer that has fired does not fire again.
  const next = wakeAt === undefined ? {} : { wakeAt: wakeAt > now ? wakeAt : justAfter(now) };
  return events.map((event) => ({ ...event, data: { ...event.data, ...next } }));
};
const nextIn = ({ clocks }: SlaClocks): string | undefined =>
  clocks
    .map(nextOf)
    .filter((at) => at !== undefined)
    .sort()
    .at(0);
const nextOf = (clock: Clock): string | undefined => {
  if (!isAwaited(clock) || isPaused(clock)) return undefined;
  const { dueAt, warnAt, departmentHeadAt, seniorManagementAt } = clock.times;
  if (isRunning(clock)) return clock.warned ? justAfter(dueAt) : warnAt;
  return [departmentHeadAt, seniorManagementAt][clock.steps];
};
