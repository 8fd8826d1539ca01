import { refuse, stateOf, type Actor, type Aggregate } from '@rapport/kernel';
import { customer, type Customer } from '../customer/customer.decider';
import { isPriority } from '../customer/customer.priority';
import { ticket, type Ticket } from '../ticket/ticket.decider';
import { mayLowerComplaint, unapproved } from '../ticket/ticket.roles';
import { value, type Value } from '../value/value.decider';
import * as commands from './complaint.commands';
import * as events from './complaint.events';
import { assertLoopClosed } from './complaint.loop';
import { assertCausesExplained, findingsAfter, gradeOf } from './complaint.rules';
import {
  graverThan,
  type ComplaintCause,
  type ComplaintFindings,
  type ComplaintLevel,
} from './complaint.values';

interface About {
  readonly ticketId: string;
  readonly customerId: string;
  readonly causes: readonly ComplaintCause[];
  readonly raisedAt: string;
  readonly findings: ComplaintFindings;
}
type Lodged = { readonly stage: 'lodged'; readonly of: About };
type Graded = {
  readonly stage: 'graded';
  readonly of: About;
  readonly level: ComplaintLevel;
  /** Why it has this level; a raise by hand has no code. */
  readonly codes: readonly string[];
  readonly recurrence: boolean;
  /** The round of the ticket in which its loop was closed. */
  readonly resolvedRound?: number;
};
export type Complaint = { readonly stage: 'none' } | Lodged | Graded;

interface Known {
  LodgeComplaint: { ticket: Ticket };
  GradeComplaint: { ticket: Ticket; customer: Customer; value: Value };
  ResolveComplaint: { ticket: Ticket };
  RecordObjection: { ticket: Ticket };
}
const { ComplaintLodged, ComplaintGraded, ComplaintLevelRaised, ComplaintResolved, ObjectionRecorded } =
  events;

/** The complaint beside a ticket of type COMPLAINT: what it is about and how grave it is (SYS-28). */
export const complaint: Aggregate<Complaint, typeof events, typeof commands, Known> = {
  name: 'complaint',
  id: 'ticketId',
  events,
  commands,
  initial: { stage: 'none' },

  evolve: {
    ComplaintLodged: (_, { ticketId, customerId, causes, raisedAt, findings }) => ({
      ...{ stage: 'lodged', of: { ticketId, customerId, causes, raisedAt, findings } },
    }),
    ComplaintGraded: (state, { ticketId, customerId, causes, raisedAt, findings, ...why }) => ({
      ...{ stage: 'graded', of: { ticketId, customerId, causes, raisedAt, findings } },
      ...{ level: why.level, codes: why.codes, recurrence: why.recurrence, ...resolutionIn(state) },
    }),
    ComplaintLevelRaised: (state, { to: level }) => {
      const found = lodged(state);
      const recurrence = found.stage === 'graded' && found.recurrence;
      return { stage: 'graded', of: found.of, level, codes: [], recurrence, ...resolutionIn(state) };
    },
    ComplaintResolved: (state, { round: resolvedRound }) => ({ ...graded(state), resolvedRound }),
    ObjectionRecorded: (state) => state,
  },

  needs: {
    LodgeComplaint: (_, { ticketId }) => ({ ticket: stateOf(ticket, ticketId) }),
    GradeComplaint: (state, { ticketId }) => {
      const customerId = state.stage === 'none' ? ticketId : state.of.customerId;
      const about = { customer: stateOf(customer, customerId), value: stateOf(value, customerId) };
      return { ticket: stateOf(ticket, ticketId), ...about };
    },
    ResolveComplaint: (_, { ticketId }) => ({ ticket: stateOf(ticket, ticketId) }),
    RecordObjection: (_, { ticketId }) => ({ ticket: stateOf(ticket, ticketId) }),
  },

  decide: {
    LodgeComplaint: (state, command, { known }) => {
      const { customerId, raisedAt, channel, type } = factsOf(known.ticket);
      if (type !== 'COMPLAINT')
        return refuse(
          'NOT_A_COMPLAINT',
          'the ticket is not of type COMPLAINT: classify it, or record an objection',
        );
      assertCausesExplained(command.causes, command.text, 'text');
      return state.stage === 'none'
        ? [
            ComplaintLodged.of({
              ...command,
              findings: findingsAfter(command.findings),
              customerId,
              raisedAt,
              channel,
            }),
          ]
        : [];
    },

    GradeComplaint: (state, command, { known, now, actor }) => {
      const { of } = lodged(state);
      const before = state.stage === 'graded' ? state : null;
      const findings = findingsAfter(command.findings, of.findings);
      assertNeutral(actor, of.findings, findings);
      const { recurrence = before?.recurrence ?? false, approverId } = command;
      const { tier } = known.value;
      const priorityCustomer = isPriority(known.customer, tier);
      const unresolvedHours = unresolvedFor(known.ticket, of.raisedAt, now);
      const graded = gradeOf({ findings, priorityCustomer, recurrence, unresolvedHours });
      if (isSame(before, graded)) return [];
      const lower = before !== null && graverThan(graded.level, before.level) < 0;
      const approved = lower ? approvedBy(known.ticket, actor, approverId) : {};
      const why = { recurrence, priorityCustomer, tier, ...(before && { from: before.level }) };
      return [ComplaintGraded.of({ ...of, findings, ...graded, ...why, ...approved })];
    },

    RaiseComplaintLevel: (state, { to, because }) => {
      const { of, level: from } = graded(state);
      if (from === to) return [];
      if (graverThan(to, from) < 0)
        return refuse('LEVEL_NOT_RAISED', `the level is ${from} already and is never lowered this way`, {
          level: from,
        });
      return [ComplaintLevelRaised.of({ ...of, from, to, because })];
    },

    ResolveComplaint: (state, cause, { known, now }) => {
      const { of, level, resolvedRound } = graded(state);
      const { round } = factsOf(known.ticket);
      if (resolvedRound === round) return [];
      assertLoopClosed(known.ticket, cause);
      return [ComplaintResolved.of({ ...of, ...cause, level, round, resolvedAt: now })];
    },

    RecordObjection: (_, command, { known }) => [
      ObjectionRecorded.of({ ...command, customerId: factsOf(known.ticket).customerId }),
    ],
  },
};

const lodged = (state: Complaint): Lodged | Graded =>
  state.stage === 'none'
    ? refuse('COMPLAINT_UNKNOWN', 'no complaint has been lodged for this ticket')
    : state;

const graded = (state: Complaint): Graded => {
  const found = lodged(state);
  return found.stage === 'graded'
    ? found
    : refuse('COMPLAINT_NOT_GRADED', 'the complaint has no level yet: grade it');
};
/** A later grade does not open the loop again; another round of the ticket does. */
const resolutionIn = (state: Complaint): Pick<Graded, 'resolvedRound'> =>
  state.stage === 'graded' && state.resolvedRound !== undefined ? { resolvedRound: state.resolvedRound } : {};

const factsOf = (of: Ticket) =>
  of.stage === 'unregistered' ? refuse('TICKET_UNKNOWN', 'there is no such ticket') : of.of;

/** Nobody weighs a complaint about themselves, and nobody's name is taken out of it by a later finding. */
const assertNeutral = ({ id }: Actor, ...findings: readonly ComplaintFindings[]): void => {
  if (findings.some(({ personComplainedAbout }) => personComplainedAbout === id))
    refuse('CONFLICT_OF_INTEREST', 'the person complained about may not grade the complaint');
};
type Weighed = Pick<Graded, 'level' | 'codes'>;

const isSame = (before: Weighed | null, now: Weighed): boolean =>
  before?.level === now.level && before.codes.join() === now.codes.join();

/** A level falls only by the word of somebody who may let it, other than the owner, and who says so by name (SYS-28). */
const approvedBy = (of: Ticket, actor: Actor, approverId?: string): { readonly approverId: string } => {
  const ownerId = of.stage === 'unregistered' ? undefined : of.of.ownerId;
  return approverId !== undefined && unapproved(actor, ownerId, approverId, mayLowerComplaint) === null
    ? { approverId }
    : refuse(
        'LEVEL_DOWN_UNAPPROVED',
        'a level falls only when a supervisor or the head, other than the owner, sends it and names who approved it',
      );
};

const HOUR_MS = 3_600_000;
/** Hours from being raised until `now` as long as nothing had been delivered by then; 0 once it is over. */
const unresolvedFor = (of: Ticket, raisedAt: string, now: string): number => {
  if (of.stage === 'unregistered' || of.stage === 'closed' || of.stage === 'withdrawn') return 0;
  const solvedAt = 'solvedAt' in of ? of.solvedAt : undefined;
  const solved = solvedAt !== undefined && solvedAt <= now;
  return solved ? 0 : (Date.parse(now) - Date.parse(raisedAt)) / HOUR_MS;
};
