import {
  refuse,
  stateOf,
  type Actor,
  type Aggregate,
  type DataOf,
  type Lookup,
  type Rules,
} from '@rapport/kernel';
import { complaint, type Complaint } from '../complaint/complaint.decider';
import { customer, type Customer } from '../customer/customer.decider';
import { isPriority } from '../customer/customer.priority';
import { ticket, type Ticket } from '../ticket/ticket.decider';
import { openTicket, present } from '../ticket/ticket.state';
import { value, type Value } from '../value/value.decider';
import * as commands from './escalation.commands';
import * as events from './escalation.events';
import {
  ACCEPT_WITHIN_MINUTES,
  acceptanceDue,
  higherThan,
  levelAbove,
  mayAccept,
  type EscalationLevel,
} from './escalation.values';

/** Management as it is called now: of the event, all but how it came about. */
type Call = Omit<DataOf<typeof events.TicketEscalated>, 'from' | 'trigger' | 'reason' | 'onDutyId'>;
type Called = { readonly stage: 'called'; readonly of: Call };
type Accepted = { readonly stage: 'accepted'; readonly of: Call; readonly acceptedById: string };
export type Escalation =
  { readonly stage: 'none' } | Called | Accepted | { readonly stage: 'resolved'; readonly of: Call };

interface Known {
  EscalateTicket: { ticket: Ticket; complaint: Complaint; customer: Customer; value: Value };
}
const { TicketEscalated, EscalationAccepted, EscalationResolved } = events;

/** Management is called to one ticket, step by step, until it is settled (2.4, SYS-22). */
export const escalation: Aggregate<Escalation, typeof events, typeof commands, Known> = {
  name: 'escalation',
  id: 'ticketId',
  events,
  commands,
  initial: { stage: 'none' },

  evolve: {
    TicketEscalated: (_, { from, trigger, reason, onDutyId, ...of }) => ({ stage: 'called', of }),
    EscalationAccepted: (state, { acceptedById }) => ({
      ...{ stage: 'accepted', of: running(state).of, acceptedById },
    }),
    EscalationResolved: (state) => ({ stage: 'resolved', of: running(state).of }),
  },

  needs: {
    EscalateTicket: (_, { ticketId }) => ({
      ...{ ticket: stateOf(ticket, ticketId), complaint: stateOf(complaint, ticketId) },
      ...{ customer: ofItsCustomer(ticketId, customer), value: ofItsCustomer(ticketId, value) },
    }),
  },

  decide: {
    EscalateTicket: (state, command, { now, known }) => {
      const { of } = openTicket(known.ticket, now);
      const { before, moves } = runningAt(state, now);
      const facts = weighed(known);
      const level = levelFor(command.level, before?.level, entryOf(facts));
      if (level === before?.level) return [];
      const { askedBy: trigger, reason, onDutyId, causedById = before?.causedById ?? of.ownerId } = command;
      const call = { ...of, ...facts, ...calling(level, now), escalation: numberOf(state) };
      const named = present({ onDutyId, causedById, from: before?.level });
      return [...moves, TicketEscalated.of({ ...call, trigger, reason, ...named })];
    },

    AcceptEscalation: (state, _, { now, actor }) => {
      const found = running(state);
      if (found.stage === 'accepted') return acceptedAlready(found, actor);
      const { before: of = found.of, moves } = runningAt(state, now);
      if (actor.id === of.causedById)
        refuse('CONFLICT_OF_INTEREST', 'whoever it is about may not accept the escalation');
      if (!mayAccept(actor.role, of.level))
        refuse('ROLE_NOT_ALLOWED', 'only the level that was called, or one above it, may accept', {
          level: of.level,
        });
      return [...moves, EscalationAccepted.of({ ...of, acceptedById: actor.id, acceptedAt: now })];
    },

    ResolveEscalation: (state, { note }, { now }) => {
      if (state.stage === 'resolved') return [];
      const found = running(state);
      const { before: of = found.of, moves } = runningAt(state, now);
      const by = found.stage === 'accepted' ? { acceptedById: found.acceptedById } : {};
      return [...moves, EscalationResolved.of({ ...of, note, resolvedAt: now, ...by })];
    },

    RaiseUnacceptedEscalation: (state, { level, acceptBy }, { now }) => {
      if (state.stage !== 'called' || state.of.level !== level || state.of.acceptBy !== acceptBy) return [];
      if (now <= acceptBy) refuse('ESCALATION_NOT_OVERDUE', 'there is still time to accept it', { acceptBy });
      return runningAt(state, now).moves;
    },
  },
};

/** The escalation, if it is not settled. */
const running = (state: Escalation): Called | Accepted => {
  if (state.stage === 'none') return refuse('ESCALATION_UNKNOWN', 'this ticket has not been escalated');
  if (state.stage === 'resolved') return refuse('ESCALATION_RESOLVED', 'the escalation is settled');
  return state;
};
const acceptedAlready = ({ acceptedById }: Accepted, { id }: Actor): [] =>
  acceptedById === id ? [] : refuse('ESCALATION_ACCEPTED', 'somebody else has accepted it', { acceptedById });

/**
 * The call that stands at `now`, and the moves that led there by themselves: each level that nobody accepted in time
 * passes it on, at its deadline, whether or not the timer has fired by then.
 */
const runningAt = (state: Escalation, now: string) => {
  if (state.stage === 'accepted') return { before: state.of, moves: [] };
  if (state.stage !== 'called') return { before: undefined, moves: [] };
  const calls = [state.of, ...passedOn(state.of, now)];
  const moves = calls.slice(1).map((call, n) => {
    const from = calls[n] ?? state.of;
    return TicketEscalated.of(
      { ...call, from: from.level, trigger: 'NOT_ACCEPTED', reason: UNACCEPTED },
      call.escalatedAt,
    );
  });
  return { before: calls.at(-1) ?? state.of, moves };
};
const UNACCEPTED = `nobody accepted it within ${ACCEPT_WITHIN_MINUTES} minutes`;

const passedOn = ({ acceptBy, ...of }: Call, now: string): readonly Call[] => {
  const above = levelAbove(of.level);
  if (above === null || acceptBy === undefined || now <= acceptBy) return [];
  const next = { ...of, ...calling(above, acceptBy) };
  return [next, ...passedOn(next, now)];
};

/** A level is called now, and has its time to accept if there is one above it. */
const calling = (level: EscalationLevel, escalatedAt: string) => ({
  ...{ level, escalatedAt },
  ...(levelAbove(level) !== null && { acceptBy: acceptanceDue(escalatedAt) }),
});

const weighed = (known: Known['EscalateTicket']) => ({
  priorityCustomer: isPriority(known.customer, known.value.tier),
  ...(known.complaint.stage === 'graded' && { complaintLevel: known.complaint.level }),
});
/** Where the ladder begins (2.4, SYS-22). */
const entryOf = ({ priorityCustomer, complaintLevel }: ReturnType<typeof weighed>): EscalationLevel =>
  priorityCustomer || complaintLevel === 'MAJOR' ? 'DEPARTMENT_HEAD' : 'SUPERVISOR';

/** The level that is wanted, or one step above what was called before; at the top it stays. Never downward. */
const levelFor = (
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
/** The same number as long as it is not settled. */
const numberOf = (state: Escalation): number => {
  if (state.stage === 'none') return 1;
  return state.stage === 'resolved' ? state.of.escalation + 1 : state.of.escalation;
};

/** What is known of the customer whose ticket it is. */
const ofItsCustomer =
  <State>(ticketId: string, of: Rules<State>): Lookup<State> =>
  async (streams) => {
    const found = await streams.stateOf(ticket, ticketId);
    return found.stage === 'unregistered' ? of.initial : streams.stateOf(of, found.of.customerId);
  };
