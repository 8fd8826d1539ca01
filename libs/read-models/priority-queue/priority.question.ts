import {
  FLAG_RULES,
  HANDLING,
  levelOf,
  proposedFlags,
  Quadrant,
  quadrantOf,
  type Urgency,
  type ValueTier,
} from '@rapport/domain/values';
import { Count, Flag, Id, keptGroups, Optional, question, type Row, type RowReader } from '@rapport/kernel';
import { complaints } from '../complaints/complaints.projection';
import { customerStanding } from '../customer-profile/customer-standing.projection';
import { groupedBy, sumOf } from '../figures';
import { ticketQueue } from '../ticket-queue/ticket-queue.projection';
import { value } from '../value/value.projection';
import { planPeriod } from './plan-period.projection';
import { priorityQueue, quadrantFigures } from './priority-queue.projection';

class QuadrantMatrixParams {
  /** Tickets listed of each quadrant, most pressing first; 5 if nothing is said. */
  @Optional() @Count(0, 100) top?: number;
}
const TOP = 5;

/** The four quadrants at a glance (SYS-14.1). */
export const quadrantMatrix = question({
  name: 'quadrant-matrix',
  about: 'How many open tickets lie in each quadrant, how are they handled, and which come first?',
  params: QuadrantMatrixParams,
  reads: [priorityQueue],
  answer: async ({ top = TOP }, { rows, now }) => {
    const groups = await keptGroups(rows, quadrantFigures);
    const quadrants = (Object.keys(Quadrant) as Quadrant[]).map(async (quadrant) => {
      const some = groups.filter((group) => group['quadrant'] === quadrant);
      const first = top === 0 ? [] : await firstOf(rows, quadrant, top);
      return {
        ...{ quadrant, level: levelOf(quadrant), handling: HANDLING[quadrant], tickets: sumOf(some, 'rows') },
        ...{ planned: sumOf(some, 'planned'), planOverdue: sumOf(some, 'planOverdue') },
        ...{ overridden: sumOf(some, 'overridden') },
        byDepartment: groupedBy(some, (group) => String(group['department'])).map(([department, its]) => ({
          ...{ department, tickets: sumOf(its, 'rows') },
        })),
        first: first.map(({ key: ticketId, score, raisedAt }) => ({ ticketId, score, raisedAt })),
      };
    });
    return { asOf: now, quadrants: await Promise.all(quadrants) };
  },
});
const firstOf = (rows: RowReader, quadrant: Quadrant, limit: number): Promise<readonly Row[]> =>
  rows.find(priorityQueue.table, {
    where: [
      ['open', '=', true],
      ['quadrant', '=', quadrant],
    ],
    ...{ orderBy: { column: 'place' }, limit },
  });

class UnplannedParams {
  /** The longest list; 100 if nothing is said. */
  @Optional() @Count(1, 1_000) limit?: number;
}
const LIMIT = 100;

/** Duties of planning that are open or overdue (R-14, SYS-14.3, SYS-14.4). */
export const unplannedTickets = question({
  name: 'unplanned-tickets',
  about:
    'Which important tickets still need a place in a plan, which are overdue, and which of the backlog are to be looked at?',
  params: UnplannedParams,
  reads: [priorityQueue, planPeriod],
  answer: async ({ limit = LIMIT }, { rows, now }) => {
    const waiting = await rows.find(priorityQueue.table, {
      where: [
        ['open', '=', true],
        ['planBy', '!=', null],
        ['planKind', '=', null],
      ],
      ...{ orderBy: { column: 'planBy' }, limit },
    });
    const reviews = await rows.find(planPeriod.table, {
      where: [
        ['open', '=', true],
        ['reviewOn', '!=', null],
        ['reviewOn', '<=', now.slice(0, 10)],
      ],
      ...{ orderBy: { column: 'reviewOn' }, limit },
    });
    return {
      asOf: now,
      unplanned: waiting.map(({ key: ticketId, planBy, ownerId, department }) => ({
        ...{ ticketId, planBy, overdue: String(planBy) < now, ownerId, department },
      })),
      reviews: reviews.map(({ key: ticketId, reviewOn, quadrant }) => ({ ticketId, reviewOn, quadrant })),
    };
  },
});

class PriorityProposalParams {
  @Id() ticketId!: string;
  /** The core business of the customer is touched. */
  @Optional() @Flag() coreBusinessImpact?: boolean;
}

/** What the facts speak for; a person decides (SYS-14.1). */
export const priorityProposal = question({
  name: 'priority-proposal',
  about: 'In which quadrant would a ticket lie by what is known of it, and what speaks for that?',
  params: PriorityProposalParams,
  reads: [ticketQueue, complaints, value, customerStanding],
  answer: async ({ ticketId, coreBusinessImpact }, { rows, now }) => {
    const [ticket] = await rows.load(ticketQueue.table, [ticketId]);
    if (!ticket) return { asOf: now, ticketId, proposal: null };
    const customerId = String(ticket['customerId']);
    const [complaint] = await rows.load(complaints.table, [ticketId]);
    const [worth] = await rows.load(value.table, [customerId]);
    const [standing] = await rows.load(customerStanding.table, [customerId]);
    const { codes, ...flags } = proposedFlags({
      urgency: ticket['urgency'] as Urgency,
      ...(complaint?.['level'] != null && { complaintLevel: complaint['level'] as 'MAJOR' }),
      ...(coreBusinessImpact !== undefined && { coreBusinessImpact }),
      ...(worth && { tier: worth['tier'] as ValueTier }),
      strategicPartner: standing?.['strategicPartner'] === true,
    });
    const quadrant = quadrantOf(flags);
    const because = FLAG_RULES.filter(({ code }) => codes.includes(code));
    return {
      ...{ asOf: now, ticketId },
      proposal: {
        ...{ quadrant, level: levelOf(quadrant), ...flags, handling: HANDLING[quadrant] },
        because: because.map(({ code, flag, sentence }) => ({ code, flag, sentence })),
      },
    };
  },
});
