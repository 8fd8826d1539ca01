import { refuse, stateOf, type Actor, type Aggregate, type Lookup, type Rules } from '@rapport/kernel';
import { complaint, type Complaint } from '../complaint/complaint.decider';
import { customer, type Customer } from '../customer/customer.decider';
import { isPriority } from '../customer/customer.priority';
import { ticket, type Ticket } from '../ticket/ticket.decider';
import { isAutomatic, isImporter } from '../ticket/ticket.roles';
import { openTicket, present } from '../ticket/ticket.state';
import { value, type Value } from '../value/value.decider';
import * as commands from './escalation.commands';
import * as events from './escalation.events';
import {
  calling,
  clockIn,
  evolve,
  levelFor,
  meant,
  NONE,
  runningFor,
  standingAt,
  type Call,
  type Escalation,
  type Running,
} from './escalation.state';
import { higherThan, mayAccept, type EscalationLevel } from './escalation.values';

export type { Escalation } from './escalation.state';

interface Around {
  readonly ticket: Ticket;
  readonly complaint: Complaint;
  readonly customer: Customer;
  readonly value: Value;
}
interface Known {
  EscalateTicket: Around;
  EscalateBreachedClock: Around;
}
const { TicketEscalated, EscalationAccepted, EscalationResolved } = events;

/** Management is called to one ticket, step by step, until it is settled: once because somebody asks, and once for each deadline that is missed (2.4, SYS-22). */
export const escalation: Aggregate<Escalation, typeof events, typeof commands, Known> = {
  name: 'escalation',
  id: 'ticketId',
  events,
  commands,
  initial: NONE,
  evolve,

  needs: {
    EscalateTicket: (_, { ticketId }) => around(ticketId),
    EscalateBreachedClock: (_, { ticketId }) => around(ticketId),
  },

  decide: {
    EscalateTicket: (state, command, { now, known }) => {
      const { of } = openTicket(known.ticket, now);
      const found = runningFor(state, {});
      const { before, moves } = found ? standingAt(found, now) : NOBODY;
      const facts = weighed(known);
      const level = levelFor(command.level, before?.level, entryOf(facts, of.priority));
      if (level === before?.level) return [];
      const { askedBy: trigger, reason, onDutyId, causedById = before?.causedById ?? of.ownerId } = command;
      const call = { ...of, ...facts, ...calling(level, now), escalation: numberOf(state, found) };
      const named = present({ onDutyId, causedById, from: before?.level });
      return [...moves, TicketEscalated.of({ ...call, trigger, reason, ...named })];
    },

    EscalateBreachedClock: (state, { moment, clockRound, level, percent, dueAt }, { now, known }) => {
      const { of } = openTicket(known.ticket, now);
      const clock = { moment, clockRound };
      const found = runningFor(state, clock);
      const { before, moves } = found ? standingAt(found, now) : NOBODY;
      const called = before?.level ?? state.called[clockIn(clock)];
      if (called !== undefined && higherThan(level, called) <= 0) return [];
      const call = { ...of, ...weighed(known), ...calling(level, now), escalation: numberOf(state, found) };
      const reason = `${moment} was due ${dueAt}: ${percent} % of its time has passed`;
      const named = present({ causedById: before?.causedById ?? of.ownerId, from: called });
      return [...moves, TicketEscalated.of({ ...call, ...clock, trigger: 'SLA_BREACH', reason, ...named })];
    },

    AcceptEscalation: (state, { escalation: number }, { now, actor }) => {
      const found = meant(state, number) ?? refuse('ESCALATION_RESOLVED', 'the escalation is settled');
      const open = found.filter(({ acceptedById }) => acceptedById === undefined);
      if (open.length === 0) return acceptedAlready(found, actor);
      const standing = open.map((one) => standingAt(one, now));
      const mine = standing.filter(({ before }) => isFor(before, actor));
      if (mine.length === 0) standing.forEach(({ before }) => assertMayAccept(before, actor));
      return mine.flatMap(({ before: of, moves }) => [
        ...moves,
        EscalationAccepted.of({ ...of, acceptedById: actor.id, acceptedAt: now }),
      ]);
    },

    ResolveEscalation: (state, { note, escalation: number }, { now, actor }) => {
      const found = meant(state, number) ?? [];
      const mine = found.filter((one) => maySettle(one, actor, now));
      if (mine.length === 0) found.forEach((one) => assertMaySettle(one, actor, now));
      return mine.flatMap((one) => settled(one, note, now));
    },

    SettleBreachedClock: (state, { note, ...clock }, { now, actor }) => {
      const found = runningFor(state, clock);
      if (!found) return [];
      assertMaySettle(found, actor, now);
      return settled(found, note, now);
    },

    RaiseUnacceptedEscalation: (state, { level, acceptBy, escalation: number }, { now }) => {
      const found = state.running.find(
        ({ of, acceptedById }) =>
          acceptedById === undefined &&
          of.level === level &&
          of.acceptBy === acceptBy &&
          (number ?? of.escalation) === of.escalation,
      );
      if (!found) return [];
      if (now <= acceptBy) refuse('ESCALATION_NOT_OVERDUE', 'there is still time to accept it', { acceptBy });
      return standingAt(found, now).moves;
    },
  },
};
const NOBODY = { before: undefined, moves: [] };

const around = (ticketId: string) => ({
  ...{ ticket: stateOf(ticket, ticketId), complaint: stateOf(complaint, ticketId) },
  ...{ customer: ofItsCustomer(ticketId, customer), value: ofItsCustomer(ticketId, value) },
});
/** What is known of the customer whose ticket it is. */
const ofItsCustomer =
  <State>(ticketId: string, of: Rules<State>): Lookup<State> =>
  async (streams) => {
    const found = await streams.stateOf(ticket, ticketId);
    return found.stage === 'unregistered' ? of.initial : streams.stateOf(of, found.of.customerId);
  };

const settled = (found: Running, note: string, now: string) => {
  const { before: of, moves } = standingAt(found, now);
  const by = present({ acceptedById: found.acceptedById });
  return [...moves, EscalationResolved.of({ ...of, note, resolvedAt: now, ...by })];
};
const acceptedAlready = (found: readonly Running[], { id }: Actor): [] =>
  found.every(({ acceptedById }) => acceptedById === id)
    ? []
    : refuse('ESCALATION_ACCEPTED', 'somebody else has accepted it', {
        acceptedById: found.find(({ acceptedById }) => acceptedById !== id)?.acceptedById,
      });
const isFor = ({ causedById, level }: Call, { id, role }: Actor): boolean =>
  id !== causedById && mayAccept(role, level);
const assertMayAccept = ({ causedById, level }: Call, { id, role }: Actor): void => {
  if (id === causedById) refuse('CONFLICT_OF_INTEREST', 'whoever it is about may not accept the escalation');
  if (!mayAccept(role, level))
    refuse('ROLE_NOT_ALLOWED', 'only the level that was called, or one above it, may accept', { level });
};
/** Whoever has taken it on settles it, or somebody who could have; the house does when nothing is left to settle (SYS-22). */
const maySettle = (found: Running, actor: Actor, now: string): boolean =>
  isAutomatic(actor) ||
  isImporter(actor) ||
  actor.id === found.acceptedById ||
  isFor(standingAt(found, now).before, actor);
const assertMaySettle = (found: Running, actor: Actor, now: string): void => {
  if (maySettle(found, actor, now)) return;
  const { causedById, level } = standingAt(found, now).before;
  if (actor.id === causedById)
    refuse('CONFLICT_OF_INTEREST', 'whoever it is about may not settle what management was called for');
  refuse('ROLE_NOT_ALLOWED', 'only who accepted it, the level that was called, or one above it, may settle', {
    level,
  });
};

const weighed = (known: Around) => ({
  priorityCustomer: isPriority(known.customer, known.value.tier),
  ...(known.complaint.stage === 'graded' && { complaintLevel: known.complaint.level }),
});
/** Where the ladder begins when somebody asks (2.4, SYS-22). */
const entryOf = (
  { priorityCustomer, complaintLevel }: ReturnType<typeof weighed>,
  quadrant: number | undefined,
): EscalationLevel =>
  priorityCustomer || complaintLevel === 'MAJOR' || quadrant === 1 ? 'DEPARTMENT_HEAD' : 'SUPERVISOR';

/** The same number as long as it is not settled. */
const numberOf = ({ count }: Escalation, found: Running | undefined): number =>
  found?.of.escalation ?? count + 1;
