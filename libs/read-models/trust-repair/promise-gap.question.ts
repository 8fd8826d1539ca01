import { Id, groupsBy, OneOf, Optional, options, question, Text, type Group } from '@rapport/kernel';
import { HISTOGRAM_NOTE, linesOf, shareOf, spreadOf, sumOf } from '../figures';
import { periodOf, wanted } from '../period';
import { promiseGap, promiseGapFigures } from './promise-gap.projection';

const PromiseKinds = options('COMMITMENT', 'PUBLISHED');
type PromiseKinds = keyof typeof PromiseKinds;

class PromiseGapParams {
  /** Promises due from this month on, `2024-03` (UTC). */
  @Optional() @Text(7) from?: string;
  /** Promises due up to this month, itself included. */
  @Optional() @Text(7) to?: string;
  @Optional() @OneOf(PromiseKinds) kind?: PromiseKinds;
  @Optional() @Id() department?: string;
}

/** What was promised against what was done (SYS-27). What is open or was taken back counts neither as kept nor as broken. */
export const promiseGapReport = question({
  name: 'promise-gap-report',
  about: 'How many promises were kept, broken or done late, how late, and why?',
  params: PromiseGapParams,
  reads: [promiseGap],
  answer: async ({ from, to, ...only }, { rows, now }) => {
    const where = [...periodOf(from, to).where, ...wanted(only)];
    const groups = await groupsBy(rows, promiseGapFigures, WAYS, where);
    const reasons = groups.byReason.filter((group) => group['reason'] !== 'NONE');
    return {
      ...{ asOf: now, note: HISTOGRAM_NOTE, total: figuresOf(groups.total) },
      byKind: linesOf(groups.byKind, 'kind', figuresOf),
      byPromise: linesOf(groups.byPromise, 'promised', figuresOf),
      byDepartment: linesOf(groups.byDepartment, 'department', figuresOf),
      byReason: linesOf(reasons, 'reason', figuresOf),
      byMonth: linesOf(groups.byMonth, 'month', figuresOf),
    };
  },
});
const WAYS = {
  total: [],
  byKind: ['kind'],
  byPromise: ['promised'],
  byDepartment: ['department'],
  byReason: ['reason'],
  byMonth: ['month'],
};

const figuresOf = (groups: readonly Group[]) => {
  const sum = (column: string) => sumOf(groups, column);
  const [kept, broken] = [sum('kept'), sum('broken')];
  return {
    ...{ promises: sum('rows'), open: sum('open'), kept, broken, doneLate: sum('doneLate') },
    ...{ withdrawn: sum('withdrawn'), repaired: sum('repaired'), keepRate: shareOf(kept, kept + broken) },
    late: spreadOf(groups, 'late'),
  };
};
