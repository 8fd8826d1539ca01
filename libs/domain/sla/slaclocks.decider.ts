import { refuse, reject, stateOf, type Actor, type Aggregate } from '@rapport/kernel';
import { complaint, type Complaint } from '../complaint/complaint.decider';
import { customer, type Customer } from '../customer/customer.decider';
import { isPriority } from '../customer/customer.priority';
import { ticket, type Ticket } from '../ticket/ticket.decider';
import { value, type Value } from '../value/value.decider';
import * as commands from './slaclocks.commands';
import { rescheduled, started } from './slaclocks.deadlines';
import { aboutIn, decided, draftOf, having, told, type About, type ClockEvent } from './slaclocks.draft';
import * as events from './slaclocks.events';
import { pausedOf, pausedWithTicket, resumedOf } from './slaclocks.pauses';
import { cancelled, stopped } from './slaclocks.reached';
import { lawAt, rulebook, type Rulebook } from './sla.rulebook';
import { caseOf } from './slaclocks.rulebook';
import { isRunning, lastClock, slaClocksStanding, type Clock, type SlaClocks } from './slaclocks.state';
import { synced } from './slaclocks.sync';
import { timeUntilNow } from './slaclocks.time';
import { mayPauseClocks, PAUSABLE_MOMENTS } from './slaclocks.values';
import type { SlaMoment } from './sla.values';

interface Known {
  EvaluateSlaClocks: { ticket: Ticket; customer: Customer; value: Value; rulebook: Rulebook };
  PauseSlaClock: { ticket: Ticket; complaint: Complaint };
  ResumeSlaClock: { ticket: Ticket; complaint: Complaint; rulebook: Rulebook };
  RecordBreachReason: { ticket: Ticket; complaint: Complaint };
}

/** All clocks of one ticket: what they count, and what has become of them (SYS-21, 2.4). */
export const slaClocks: Aggregate<SlaClocks, typeof events, typeof commands, Known> = {
  ...slaClocksStanding,
  commands,

  needs: {
    EvaluateSlaClocks: (_, { ticketId, facts: { customerId } }) => ({
      ...{ ticket: stateOf(ticket, ticketId), rulebook },
      ...{ customer: stateOf(customer, customerId), value: stateOf(value, customerId) },
    }),
    PauseSlaClock: (_, of) => asked(of),
    ResumeSlaClock: (_, of) => ({ ...asked(of), rulebook }),
    RecordBreachReason: (_, of) => asked(of),
  },

  decide: {
    EvaluateSlaClocks: (state, command, { now, known }) => {
      const { facts } = command;
      if (facts.heard < state.heard || known.ticket.stage === 'unregistered') return [];
      const of = caseOf(facts, isPriority(known.customer, known.value.tier));
      const lawOf = (openedAt: string) => lawAt(known.rulebook, openedAt);
      const asking = { about: aboutIn(command), facts, of, ticket: known.ticket, now, lawOf };
      const steps = [timeUntilNow, started, rescheduled, stopped, synced, cancelled, pausedWithTicket];
      const draft = steps.reduce((drawn, step) => step(drawn, asking), draftOf(state));
      return decided(draft, now, facts.withdrawnAt !== undefined);
    },

    PauseSlaClock: (state, { ticketId, moment, questionId }, { now, actor, known }) => {
      assertMayPause(actor);
      if (!PAUSABLE_MOMENTS.includes(moment))
        reject('MOMENT_NOT_PAUSABLE', 'moment', 'only the clocks of a plan and a solution may stand still');
      if (questionId === undefined)
        return reject(
          'QUESTION_MISSING',
          'questionId',
          'name the mail or call with the question that is out',
        );
      const clock = running(state, moment, now);
      if (clock.paused) return [];
      const about = aboutOf(ticketId, state, known);
      return after(state, now, known, [
        pausedOf(about, clock, { since: now, questionId, withTicket: false }),
      ]);
    },

    ResumeSlaClock: (state, { ticketId, moment }, { now, actor, known }) => {
      assertMayPause(actor);
      const clock = running(state, moment, now);
      if (!clock.paused) return [];
      if (clock.paused.withTicket)
        refuse('TICKET_WAITS', 'the ticket waits for the customer: resume the ticket', { ticketId });
      const law = lawAt(known.rulebook, clock.opening.at);
      return after(state, now, known, [resumedOf(aboutOf(ticketId, state, known), state, clock, law, now)]);
    },

    RecordBreachReason: (state, { ticketId, moment, round, reason, text }, { now, known }) => {
      if (reason === 'OTHER' && text === undefined)
        return reject('REASON_TEXT_MISSING', 'text', 'another reason needs words');
      const clock = breached(state, moment, round);
      const { breachedAt = clock.times.dueAt, reasonDueAt = clock.times.dueAt, reason: before } = clock;
      if (before?.code === reason && before.text === text) return [];
      const said = {
        ...{ reason, breachedAt, reasonDueAt, statedAt: now, late: now > reasonDueAt },
        ...(text !== undefined && { text }),
        ...(before && { from: before.code }),
      };
      const about = aboutOf(ticketId, state, known);
      return after(state, now, known, [events.BreachReasonRecorded.of({ ...told(about, clock), ...said })]);
    },
  },
};

const asked = ({ ticketId }: { readonly ticketId: string }) => ({
  ...{ ticket: stateOf(ticket, ticketId), complaint: stateOf(complaint, ticketId) },
});
interface Beside {
  readonly ticket: Ticket;
  readonly complaint: Complaint;
}
/** What a person does to a clock is told with the ticket as it is now. */
const aboutOf = (ticketId: string, { heard }: SlaClocks, known: Beside): About => {
  const found = known.ticket;
  if (found.stage === 'unregistered') return refuse('TICKET_UNKNOWN', 'there is no such ticket');
  const { customerId, type, urgency, isEnquiry, ownerId, department } = found.of;
  return {
    ...{ ticketId, customerId, urgency, isEnquiry, heard },
    ...(type !== undefined && { type }),
    ...(known.complaint.stage === 'graded' && { complaintLevel: known.complaint.level }),
    ...(ownerId !== undefined && { ownerId }),
    ...(department !== undefined && { department }),
  };
};
const after = (state: SlaClocks, now: string, { ticket: found }: Beside, done: readonly ClockEvent[]) =>
  decided(having(draftOf(state), done), now, found.stage === 'withdrawn');

const assertMayPause = ({ role }: Actor): void => {
  if (!mayPauseClocks(role)) refuse('ROLE_NOT_ALLOWED', 'only a supervisor may let a clock stand still');
};

const found = (state: SlaClocks, moment: SlaMoment): Clock =>
  lastClock(state, moment) ??
  refuse('CLOCK_UNKNOWN', 'no clock of this ticket runs for that moment', { moment });
/** The last clock of a moment, if it can still be kept: whether the deadline has been noticed yet makes no difference. */
const running = (state: SlaClocks, moment: SlaMoment, now: string): Clock => {
  const clock = found(state, moment);
  const { dueAt } = clock.times;
  if (clock.end !== undefined) refuse('CLOCK_ENDED', 'it has ended', { moment });
  if (!isRunning(clock) || (!clock.paused && dueAt < now))
    refuse('CLOCK_BREACHED', 'its deadline has passed', { moment, dueAt });
  return clock;
};
const breached = (state: SlaClocks, moment: SlaMoment, round: number | undefined): Clock => {
  const clocks = state.clocks.filter((clock) => clock.moment === moment);
  if (round !== undefined && !clocks.some((clock) => clock.round === round))
    refuse('CLOCK_UNKNOWN', 'this ticket has no such clock', { moment, round });
  found(state, moment);
  const late = clocks.filter(({ breachedAt }) => breachedAt !== undefined);
  return (
    late.findLast((clock) => round === undefined || clock.round === round) ??
    refuse('CLOCK_NOT_BREACHED', 'a reason is for a deadline that was missed', { moment })
  );
};
