import { hoursAfter } from '@rapport/domain/values';
import { Count, Id, Optional, question, type Row } from '@rapport/kernel';
import { CADENCES_HOURS } from './cadence.rules';
import { currentNode } from './current-node.projection';

class NoProgressParams {
  @Optional() @Id() ownerId?: string;
  @Optional() @Id() department?: string;
  /** The longest list; 100 if nothing is said. */
  @Optional() @Count(1, 1_000) limit?: number;
}
const LIMIT = 100;
const HOUR_MS = 3_600_000;

/** Tickets without a solution that nobody has seen move for longer than their cadence (SYS-16.5): the quietest first. */
export const noProgressList = question({
  name: 'no-progress-list',
  about: 'Which open tickets have been without visible progress for longer than their cadence?',
  params: NoProgressParams,
  reads: [currentNode],
  answer: async ({ ownerId, department, limit = LIMIT }, { rows, now }) => {
    const quiet = await Promise.all(
      CADENCES_HOURS.map((hours) =>
        rows.find(currentNode.table, {
          where: [
            ['cadenceHours', '=', hours],
            ['progressAt', '<', hoursAfter(now, -hours)],
            ['solvedAt', '=', null],
            ...(ownerId === undefined ? [] : [['ownerId', '=', ownerId] as const]),
            ...(department === undefined ? [] : [['department', '=', department] as const]),
          ],
          ...{ orderBy: { column: 'progressAt' }, limit },
        }),
      ),
    );
    const lines = quiet.flat().map((row) => lineOf(row, now));
    return {
      asOf: now,
      tickets: lines.sort((one, other) => other.overHours - one.overHours).slice(0, limit),
    };
  },
});

const lineOf = ({ key: ticketId, ...row }: Row, now: string) => {
  const quietHours = (Date.parse(now) - Date.parse(String(row['progressAt']))) / HOUR_MS;
  return { ticketId, ...row, quietHours, overHours: quietHours - Number(row['cadenceHours']) };
};
