import { hydrate, type NewEvent } from '@rapport/kernel';
import * as c from './slaclocks.commands';
import { slaClocks } from './slaclocks.decider';
import type { ClockEvent } from './slaclocks.draft';
import type * as e from './slaclocks.events';
import { NOTHING_PUBLISHED } from './sla.story';
import { NO_CLOCKS, type SlaClocks } from './slaclocks.state';
import { SlaFacts } from './slaclocks.values';

/** A time of March 2024 at a desk in Shanghai: `at(11, 10)` is Monday the 11th at 10:00. */
export const at = (day: number, hour: number, minute = 0, ms = 0): string =>
  new Date(Date.UTC(2024, 2, day, hour - 8, minute, 0, ms)).toISOString();
export const MONDAY = at(11, 10);

export type Facts = Partial<SlaFacts>;
export const book = NOTHING_PUBLISHED;
const of = { customerId: 'c-1', urgency: 'ROUTINE', isEnquiry: false, raisedAt: MONDAY } as const;
export const working = { stage: 'working', of: { ...of, ticketId: 't-1', ownerId: 'ann', round: 1 } };
export const customer = { stage: 'known', profile: {}, contacts: {} };
const beside = { ticket: working, customer, value: { tier: 'STANDARD' }, complaint: { stage: 'none' } };

/** What is known of a routine ticket that was raised on Monday, if nothing else is told. */
export const factsOf = (told: Facts = {}): SlaFacts => {
  const { raisedAt = MONDAY } = told;
  const opening = { start: 'RAISED', at: raisedAt, heard: 1 } as const;
  const rest = { classedAt: raisedAt, classApproved: false, opening, reached: [], promises: [] };
  return hydrate(SlaFacts, { ...of, heard: 1, ownerId: 'ann', ...rest, ...told });
};

/** When the clocks of one ticket are looked at, what is known by then, and what is so beside. */
export type Look = readonly [now: string, told: Facts, known?: object];
/** Looked at again and again: all that was decided. */
export const clocks = (...looks: readonly Look[]): readonly NewEvent[] =>
  looks.reduce<readonly ClockEvent[]>(
    (history, look) => [...history, ...looked(stateAfter(history), ...look)],
    [],
  );
export const looked = (state: SlaClocks, now: string, told: Facts, known: object = {}) =>
  slaClocks.decide.EvaluateSlaClocks(
    state,
    c.EvaluateSlaClocks.of({ ticketId: 't-1', facts: factsOf(told) }),
    contextOf(now, known),
  ) as readonly ClockEvent[];
/** What a decider is given at that moment. */
export const contextOf = (now: string, known: object = {}, role = 'SUPERVISOR') => ({
  ...{ now, actor: { id: 'uma', role }, eventId: String },
  known: { ...beside, rulebook: book, ...known } as never,
});
export const stateAfter = (history: readonly NewEvent[]): SlaClocks =>
  history.reduce<SlaClocks>(
    (state, { messageClass, data: found }) =>
      slaClocks.evolve[messageClass.name as 'SlaClockWarned'](state, found as e.SlaClockWarned, ''),
    NO_CLOCKS,
  );

/** What the events of clocks may say. */
export type Told = Partial<e.SlaClockStarted & e.SlaClockMetLate & e.SlaClockMet> & {
  readonly [more: string]: unknown;
};
export const data = (
  events: readonly NewEvent[],
  type: string,
  moment?: string,
  round = 1,
): readonly Told[] =>
  events
    .filter(({ messageClass }) => messageClass.name === type)
    .map((event) => event.data as Told)
    .filter((found) => moment === undefined || (found.moment === moment && found.round === round));
/** `FIRST_RESPONSE 1 SlaClockMet`, in the order in which it was decided. */
export const line = (events: readonly NewEvent[], ...moments: readonly string[]): readonly string[] =>
  events
    .map(({ messageClass, data: found }) => ({ ...(found as Told), type: messageClass.name }))
    .filter(({ moment = '' }) => moments.length === 0 || moments.includes(moment))
    .map(({ moment, round, type }) => `${moment} ${round} ${type}`);
/** The deadlines with which the clocks of a round started. */
export const dues = (events: readonly NewEvent[], round = 1) =>
  Object.fromEntries(
    data(events, 'SlaClockStarted')
      .filter((started) => started.round === round)
      .map(({ moment = '', dueAt }) => [moment, dueAt]),
  );

/** A moment was reached, as the so manieth thing that was heard. */
export const reached = (
  moment: 'ACKNOWLEDGE' | 'FIRST_RESPONSE' | 'PLAN' | 'RESOLVE',
  when: string,
  heard = 2,
) => ({ moment, at: when, heard });
