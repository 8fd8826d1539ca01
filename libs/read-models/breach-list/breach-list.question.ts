import { Count, Id, Optional, question } from '@rapport/kernel';
import { breachList } from './breach-list.projection';

class UnexplainedParams {
  @Optional() @Id() ownerId?: string;
  @Optional() @Id() department?: string;
  /** The longest list; 100 if nothing is said. */
  @Optional() @Count(1, 1_000) limit?: number;
}
const LIMIT = 100;

/** Breaches that nobody has explained although two working days have passed (SYS-21.7): the oldest first. */
export const unexplainedBreaches = question({
  name: 'unexplained-breaches',
  about: 'Which missed deadlines have no reason yet although it was due?',
  params: UnexplainedParams,
  reads: [breachList],
  answer: async ({ ownerId, department, limit = LIMIT }, { rows, now }) => {
    const found = await rows.find(breachList.table, {
      where: [
        ['reason', '=', null],
        ['reasonDueAt', '<', now],
        ...(ownerId === undefined ? [] : [['ownerId', '=', ownerId] as const]),
        ...(department === undefined ? [] : [['department', '=', department] as const]),
      ],
      ...{ orderBy: { column: 'reasonDueAt' }, limit },
    });
    return { asOf: now, unexplained: found.map(({ key: _, ...row }) => row) };
  },
});
