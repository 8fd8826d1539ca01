import { refuse, reject } from '@rapport/kernel';
import type { Ticket } from '../ticket/ticket.decider';
import type { ResolveComplaint } from './complaint.commands';
import type { LoopStage } from './complaint.values';

type Cause = Pick<ResolveComplaint, 'confirmedCause' | 'causeNotNeeded'>;

/** A complaint is resolved when its ticket's solution satisfied the customer and its cause is settled (SYS-33). */
export const assertLoopClosed = (ticket: Ticket, cause: Cause): void => {
  if (ticket.stage === 'withdrawn') refuse('TICKET_WITHDRAWN', 'the customer has withdrawn the ticket');
  if (cause.confirmedCause !== undefined && cause.causeNotNeeded !== undefined)
    reject('CAUSE_AMBIGUOUS', 'causeNotNeeded', 'a cause that was confirmed cannot be not needed');
  const missing = missingIn(ticket, cause);
  if (missing.length > 0)
    refuse('LOOP_INCOMPLETE', `the loop is not closed: ${missing.map(inWords).join(', ')}`, { missing });
};

const missingIn = (ticket: Ticket, { confirmedCause, causeNotNeeded }: Cause): readonly LoopStage[] => {
  const missing: readonly (readonly [LoopStage, boolean])[] = [
    ['CAUSE_SETTLED', confirmedCause === undefined && causeNotNeeded === undefined],
    ['SOLUTION_DELIVERED', !isSolved(ticket)],
    ['CUSTOMER_SATISFIED', !isSatisfied(ticket)],
  ];
  return missing.filter(([, isMissing]) => isMissing).map(([stage]) => stage);
};

/** It stands on a solution that was delivered. */
const isSolved = (ticket: Ticket): boolean =>
  'solvedAt' in ticket ? ticket.solvedAt !== undefined : isSatisfied(ticket);
const isSatisfied = (ticket: Ticket): boolean =>
  ticket.stage === 'confirmed' || (ticket.stage === 'closed' && ticket.outcome === 'CONFIRMED');

const WORDS: Readonly<Record<LoopStage, string>> = {
  CAUSE_SETTLED: 'the cause is neither confirmed nor said not to be needed',
  SOLUTION_DELIVERED: 'no solution has been delivered',
  CUSTOMER_SATISFIED: 'the customer has not confirmed to be satisfied',
};
const inWords = (stage: LoopStage): string => WORDS[stage];
