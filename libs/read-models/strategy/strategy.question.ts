import {
  CustomerGrade,
  MODE_RULES,
  needsRiskPlan,
  PROPOSED_GOALS,
  proposedModes,
  TicketType,
  Urgency,
  type Spoken,
} from '@rapport/domain/values';
import { Count, Flag, Id, OneOf, Optional, question, type Row, type RowReader } from '@rapport/kernel';
import { assessment } from '../assessment/assessment.projection';
import { customerStanding } from '../customer-profile/customer-standing.projection';
import { ticketQueue } from '../ticket-queue/ticket-queue.projection';
import { upcomingNodes } from './upcoming-nodes.projection';

class StrategyProposalParams {
  /** An open ticket: what is known of it need not be said. */
  @Optional() @Id() ticketId?: string;
  @Optional() @OneOf(TicketType) type?: TicketType;
  /** ROUTINE if nothing is known. */
  @Optional() @OneOf(Urgency) urgency?: Urgency;
  @Optional() @Flag() isComplex?: boolean;
  /** REGULAR if nothing is known. */
  @Optional() @OneOf(CustomerGrade) grade?: CustomerGrade;
}

/** Where to begin: goals and ways by type, urgency, complexity and grade (SYS-15.1). */
export const strategyProposal = question({
  name: 'strategy-proposal',
  about: 'Which goals and ways of talking are proposed for a ticket, and what must its strategy hold?',
  params: StrategyProposalParams,
  reads: [ticketQueue, assessment, customerStanding],
  answer: async ({ ticketId, ...said }, { rows, now }) => {
    const known = ticketId === undefined ? {} : await knownOf(rows, ticketId);
    const of: Spoken = { urgency: 'ROUTINE', isComplex: false, grade: 'REGULAR', ...known, ...present(said) };
    return {
      ...{ asOf: now, for: { ...(ticketId !== undefined && { ticketId }), ...of } },
      goals: of.type === undefined ? [] : PROPOSED_GOALS[of.type],
      modes: proposedModes(of),
      because: MODE_RULES.filter(({ when }) => when(of)).map(({ code, sentence }) => ({ code, sentence })),
      ownerCapacities: of.grade === 'VIP' ? ['ACCOUNT_MANAGER', 'HEAD_DELEGATE'] : [],
      riskPlan: needsRiskPlan(of),
      /** The value point and the opportunity check (SYS-15.6). */
      prospectPoints: of.grade === 'PROSPECT',
    };
  },
});

const knownOf = async (rows: RowReader, ticketId: string): Promise<Partial<Spoken>> => {
  const [ticket] = await rows.load(ticketQueue.table, [ticketId]);
  if (!ticket) return {};
  const [standing] = await rows.load(customerStanding.table, [String(ticket['customerId'])]);
  const [weighed] = await rows.find(assessment.table, {
    where: [
      ['ticketId', '=', ticketId],
      ['current', '=', true],
    ],
    limit: 1,
  });
  return present({
    type: (ticket['type'] ?? undefined) as TicketType | undefined,
    urgency: ticket['urgency'] as Urgency,
    priority: (ticket['priority'] ?? undefined) as number | undefined,
    isComplex: weighed?.['isComplex'] as boolean | undefined,
    grade: standing?.['grade'] as CustomerGrade | undefined,
  });
};
const present = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    readonly [K in keyof T]?: Exclude<T[K], undefined>;
  };

class NodesAheadParams {
  @Optional() @Id() ownerId?: string;
  @Optional() @Id() ticketId?: string;
  /** How many days ahead; 7 if nothing is said. */
  @Optional() @Count(1, 366) days?: number;
  /** The longest list; 100 if nothing is said. */
  @Optional() @Count(1, 1_000) limit?: number;
}
const DAYS = 7;
const LIMIT = 100;
/** So many nodes are looked at, the next ones first; those of tickets that are over are among them. */
const NODES_MAX = 10_000;
const DAY_MS = 86_400_000;

/** The contacts that are to come, of tickets that are open (SYS-15.4). */
export const nodesAhead = question({
  name: 'upcoming-nodes',
  about: 'Which customers are to be talked to in the next days, when, what about and by whom?',
  params: NodesAheadParams,
  reads: [upcomingNodes, ticketQueue],
  answer: async ({ ownerId, ticketId, days = DAYS, limit = LIMIT }, { rows, now }) => {
    const until = new Date(Date.parse(now) + days * DAY_MS).toISOString();
    const found = await rows.find(upcomingNodes.table, {
      where: [
        ['dueAt', '>=', now],
        ['dueAt', '<=', until],
        ...(ownerId === undefined ? [] : [['ownerId', '=', ownerId] as const]),
        ...(ticketId === undefined ? [] : [['ticketId', '=', ticketId] as const]),
      ],
      ...{ orderBy: { column: 'dueAt' }, limit: NODES_MAX },
    });
    const open = await openAmong(rows, found);
    const nodes = found.filter(({ ticketId: id }) => open.has(String(id))).slice(0, limit);
    return { asOf: now, until, nodes: nodes.map(shown) };
  },
});
const openAmong = async (rows: RowReader, nodes: readonly Row[]): Promise<ReadonlySet<string>> => {
  const ids = [...new Set(nodes.map(({ ticketId }) => String(ticketId)))];
  return new Set((await rows.load(ticketQueue.table, ids)).map(({ key }) => key));
};
const shown = ({ key: _, ...node }: Row) => node;
