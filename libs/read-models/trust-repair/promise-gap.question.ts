import {
  Id,
  keptGroups,
  merge,
  OneOf,
  Optional,
  options,
  question,
  Text,
  type Group,
  type Histogram,
} from '@rapport/kernel';
import { groupedBy, HISTOGRAM_NOTE, shareOf, spreadOf, sumOf } from '../figures';
import { periodOf } from '../period';
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
  answer: async ({ from, to, kind, department }, { rows, now }) => {
    const period = periodOf(from, to);
    const groups = (await keptGroups(rows, promiseGapFigures)).filter(
      (group) =>
        period.holds(String(group['month'])) &&
        (kind === undefined || group['kind'] === kind) &&
        (department === undefined || group['department'] === department),
    );
    const split = (column: string, some: readonly Group[] = groups) =>
      groupedBy(some, (group) => String(group[column])).map(([name, its]) => ({
        [column]: name,
        ...figuresOf(its),
      }));
    return {
      ...{ asOf: now, note: HISTOGRAM_NOTE, total: figuresOf(groups) },
      ...{ byKind: split('kind'), byPromise: split('promised'), byDepartment: split('department') },
      byReason: split(
        'reason',
        groups.filter((group) => group['reason'] !== 'NONE'),
      ),
      byMonth: split('month'),
    };
  },
});

const figuresOf = (groups: readonly Group[]) => {
  const sum = (column: string) => sumOf(groups, column);
  const [kept, broken] = [sum('kept'), sum('broken')];
  return {
    ...{ promises: sum('rows'), open: sum('open'), kept, broken, doneLate: sum('doneLate') },
    ...{ withdrawn: sum('withdrawn'), repaired: sum('repaired'), keepRate: shareOf(kept, kept + broken) },
    late: spreadOf(groups.map((group) => group['late'] as Histogram).reduce(merge, {})),
  };
};
