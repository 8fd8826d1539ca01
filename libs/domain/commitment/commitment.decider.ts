import { refuse, reject, stateOf, type Actor, type Aggregate } from '@rapport/kernel';
import { customer, knownWithContact, type Customer } from '../customer/customer.decider';
import { ticket, type Ticket } from '../ticket/ticket.decider';
import { isAutomatic, isImporter } from '../ticket/ticket.roles';
import type * as commands from './commitment.commands';
import * as events from './commitment.events';
import { commitmentStanding, standing, type Commitment, type Facts, type Open } from './commitment.state';
import { hoursAfter, WRITTEN_WITHIN_HOURS } from './commitment.values';

export type { Commitment } from './commitment.state';

interface Known {
  MakeCommitment: { customer: Customer; ticket?: Ticket };
}
const { CommitmentMade, CommitmentConfirmedInWriting, CommitmentRescheduled, CommitmentWithdrawn } = events;
const { CommitmentBroken, CommitmentDueSoon, CommitmentFulfilled } = events;

/** One promise to a customer, from the word until it is kept, broken or taken back (SYS-25). */
export const commitment: Aggregate<Commitment, typeof events, typeof commands, Known> = {
  ...commitmentStanding,

  needs: {
    MakeCommitment: (_, { customerId, ticketId }) => ({
      customer: stateOf(customer, customerId),
      ...(ticketId !== undefined && { ticket: stateOf(ticket, ticketId) }),
    }),
  },

  decide: {
    MakeCommitment: (state, command, { now, known }) => {
      const { commitmentId, customerId, contactId, writtenId, madeAt = now } = command;
      if (state.stage !== 'none')
        refuse('COMMITMENT_EXISTS', `${commitmentId} is known already`, { existingId: commitmentId });
      knownWithContact(known.customer, contactId);
      assertTicketOf(customerId, known.ticket);
      assertMoment(command);
      if (madeAt > now) reject('DATED_IN_FUTURE', 'madeAt', 'madeAt lies in the future');
      const dueAt = dueIn(command, now);
      const writing = writtenId === undefined ? { writtenBy: hoursAfter(madeAt, WRITTEN_WITHIN_HOURS) } : {};
      return [CommitmentMade.of({ ...command, madeAt, dueAt, ...writing }, madeAt)];
    },

    ConfirmCommitmentInWriting: (state, { writtenId, confirmedAt: given }, { now }) => {
      const { of, writtenBy } = standing(state);
      if (writtenBy === null) return [];
      const at = told(of, 'confirmedAt', given ?? now, now);
      return [CommitmentConfirmedInWriting.of({ ...of, writtenId, confirmedAt: at, writtenBy }, at)];
    },

    RescheduleCommitment: (state, { agreementId, writtenId, ...wanted }, { now }) => {
      const { of } = open(state, now);
      if (agreementId === undefined)
        return reject('AGREEMENT_MISSING', 'agreementId', 'a new date needs the consent of the customer');
      const dueAt = dueIn(wanted, now);
      if (dueAt === of.dueAt) return [];
      if (now >= of.dueAt)
        refuse('COMMITMENT_DUE', 'another date is agreed before the first has come', { dueAt: of.dueAt });
      const writing =
        writtenId === undefined ? { writtenBy: hoursAfter(now, WRITTEN_WITHIN_HOURS) } : { writtenId };
      const moved = { from: of.dueAt, to: dueAt, agreementId, ...writing, rescheduledAt: now };
      return [CommitmentRescheduled.of({ ...of, ...wanted, dueAt, ...moved })];
    },

    FulfilCommitment: (state, { evidenceId, fulfilledAt: given }, { now, actor }) => {
      if (state.stage === 'fulfilled') return [];
      const { stage, of } = standing(state);
      if (evidenceId === undefined)
        return reject('EVIDENCE_MISSING', 'evidenceId', 'what was done needs something that proves it');
      const at = told(of, 'fulfilledAt', given ?? now, now);
      const fulfilled = { ...of, evidenceId, fulfilledAt: at };
      if (stage === 'open' && (isOnRecord(actor) ? at : now) <= of.dueAt)
        return [CommitmentFulfilled.of({ ...fulfilled, late: false }, at)];
      const late = CommitmentFulfilled.of({ ...fulfilled, late: true }, at > of.dueAt ? at : now);
      return stage === 'open' ? [broken(of), late] : [late];
    },

    WithdrawCommitment: (state, { reason }, { now }) => {
      if (state.stage === 'withdrawn') return [];
      return [CommitmentWithdrawn.of({ ...open(state, now).of, reason, withdrawnAt: now })];
    },

    WarnOfCommitment: (state, { dueAt, hoursLeft }, { now }) => {
      if (state.stage !== 'open' || state.of.dueAt !== dueAt || now > dueAt) return [];
      if (state.hoursLeft !== null && state.hoursLeft <= hoursLeft) return [];
      if (now < hoursAfter(dueAt, -hoursLeft))
        refuse('WARNING_NOT_DUE', `more than ${hoursLeft} hours are left`, { dueAt });
      return [CommitmentDueSoon.of({ ...state.of, hoursLeft })];
    },

    BreakCommitment: (state, { dueAt }, { now }) => {
      if (state.stage !== 'open' || state.of.dueAt !== dueAt) return [];
      if (now <= dueAt) refuse('COMMITMENT_NOT_OVERDUE', 'its time has not passed yet', { dueAt });
      return [broken(state.of)];
    },
  },
};

/** Dated at the deadline, whenever it was noticed. */
const broken = (of: Facts) => CommitmentBroken.of({ ...of, brokenAt: of.dueAt }, of.dueAt);

/**
 * A policy and an import pass on what was on record when it happened. Of a person's word counts when it is given: evidence
 * that comes after the due time comes too late, whether or not the breach has been noticed (SYS-25.3).
 */
const isOnRecord = (actor: Actor): boolean => isAutomatic(actor) || isImporter(actor);

/** The promise, if it can still be kept: whether the deadline has been noticed yet makes no difference. */
const open = (state: Commitment, now: string): Open => {
  const found = standing(state);
  return found.stage === 'broken' || now > found.of.dueAt
    ? refuse('COMMITMENT_BROKEN', 'its time has passed: make a new one', { brokenAt: found.of.dueAt })
    : found;
};

/** A time that the sender names: not before it was promised and not in the future. */
const told = ({ madeAt }: Facts, field: string, at: string, now: string): string => {
  if (at > now) return reject('DATED_IN_FUTURE', field, `${field} lies in the future`);
  return at < madeAt ? reject('BEFORE_MADE', field, `${field} lies before the promise`) : at;
};

/** The time, or the end of a range (SYS-25). */
const dueIn = (
  { dueAt, dueFrom, factors = [] }: Pick<commands.MakeCommitment, 'dueAt' | 'dueFrom' | 'factors'>,
  now: string,
): string => {
  if (dueAt === undefined)
    return reject('DUE_REQUIRED', 'dueAt', 'a promise needs an absolute time, or the end of a range');
  if (dueAt <= now) reject('DUE_IN_PAST', 'dueAt', 'a promise is due in the future');
  if (dueFrom === undefined) return dueAt;
  if (dueFrom >= dueAt) reject('RANGE_REVERSED', 'dueFrom', 'the range ends before it begins');
  return factors.length === 0
    ? reject('FACTORS_MISSING', 'factors', 'a range names what it depends on')
    : dueAt;
};

/** Only a ticket has moments, and no compensation brings one nearer (2.4). */
const assertMoment = ({ ticketId, kind, moment }: commands.MakeCommitment): void => {
  if (moment === undefined) return;
  if (ticketId === undefined) reject('MOMENT_WITHOUT_TICKET', 'moment', 'name the ticket whose moment it is');
  if (kind === 'COMPENSATION')
    reject('MOMENT_OF_COMPENSATION', 'moment', 'a compensation is about no moment of a ticket');
};
const assertTicketOf = (customerId: string, found: Ticket | undefined): void => {
  if (found && (found.stage === 'unregistered' || found.of.customerId !== customerId))
    refuse('TICKET_UNKNOWN', 'this customer has no such ticket');
};
