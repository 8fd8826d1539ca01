import { Count, Id, Optional, question, type Row } from '@rapport/kernel';
import { currentNode } from './current-node.projection';

class NoProgressParams {
  @Optional() @Id() ownerId?: string;
  @Optional() @Id() department?: string;
  /** The longest list; 100 if nothing is said. */
  @Optional() @Count(1, 1_000) limit?: number;
}
const LIMIT = 100;
const HOUR_MS = 3_600_000;

/** Tickets without a solution of which nothing has been seen for longer than their cadence, or beyond an agreed node (SYS-16.5, C-07): the one first that has been overdue for longest. */
export const noProgressList = question({
  name: 'no-progress-list',
  about: 'Which open tickets have been without visible progress for longer than their cadence?',
  params: NoProgressParams,
  reads: [currentNode],
  answer: async ({ ownerId, department, limit = LIMIT }, { rows, now }) => {
    const quiet = await rows.find(currentNode.table, {
      where: [
        ['quietUntil', '<', now],
        ['solvedAt', '=', null],
        ...(ownerId === undefined ? [] : [['ownerId', '=', ownerId] as const]),
        ...(department === undefined ? [] : [['department', '=', department] as const]),
      ],
      ...{ orderBy: { column: 'quietUntil' }, limit },
    });
    return { asOf: now, tickets: quiet.map((row) => lineOf(row, now)) };
  },
});

/** How long nothing has been seen of it, and for how much of that something should have been. */
const lineOf = ({ key: ticketId, ...row }: Row, now: string) => ({
  ...{ ticketId, ...row },
  ...{ quietHours: hoursSince(row['progressAt'], now), overHours: hoursSince(row['quietUntil'], now) },
});
const hoursSince = (at: unknown, now: string): number => (Date.parse(now) - Date.parse(String(at))) / HOUR_MS;
