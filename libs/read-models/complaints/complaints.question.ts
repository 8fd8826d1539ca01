import { categoryOf, ComplaintLevel, ValueTier, type ComplaintCause } from '@rapport/domain/values';
import { groupsBy, OneOf, Optional, question, Text, type Group } from '@rapport/kernel';
import { HISTOGRAM_NOTE, linesOf, shareOf, spreadOf, sumOf } from '../figures';
import { periodOf, wanted } from '../period';
import { CAUSES_SEPARATOR, complaintFigures, complaints } from './complaints.projection';

class ComplaintsParams {
  /** Complaints raised from this month on, `2024-03` (UTC). */
  @Optional() @Text(7) from?: string;
  /** Complaints raised up to this month, itself included. */
  @Optional() @Text(7) to?: string;
  @Optional() @OneOf(ComplaintLevel) level?: ComplaintLevel;
  @Optional() @OneOf(ValueTier) tier?: ValueTier;
}

/** What customers complain about, how gravely, and how long it takes (SYS-64, handbook 9). */
export const complaintsReport = question({
  name: 'complaints',
  about:
    'How many complaints by cause, category, level, tier, department and month, and how long until answer and solution?',
  params: ComplaintsParams,
  reads: [complaints],
  answer: async ({ from, to, level, tier }, { rows, now }) => {
    const where = [...periodOf(from, to).where, ...wanted({ level, tier })];
    const groups = await groupsBy(rows, complaintFigures, WAYS, where);
    return {
      asOf: now,
      note: `a complaint with several causes counts in each of them, but once in the total; ${HISTOGRAM_NOTE}`,
      total: figuresOf(groups.total),
      byCause: linesBy(groups.byCauses, causesOf, (cause) => ({ cause })),
      byCategory: linesBy(groups.byCauses, categoriesOf, (category) => ({ category })),
      ...{
        byLevel: linesOf(groups.byLevel, 'level', figuresOf),
        byTier: linesOf(groups.byTier, 'tier', figuresOf),
      },
      ...{
        byMonth: linesOf(groups.byMonth, 'month', figuresOf),
        byDepartment: linesOf(groups.byDepartment, 'department', figuresOf),
      },
      byCauseLevelMonth: linesBy(groups.byCausesLevelMonth, placesOf, (place) => {
        const [cause, level, month] = JSON.parse(place) as readonly string[];
        return { cause, level, month };
      }),
    };
  },
});
const WAYS = {
  total: [],
  byCauses: ['causes'],
  byLevel: ['level'],
  byTier: ['tier'],
  byMonth: ['month'],
  byDepartment: ['department'],
  byCausesLevelMonth: ['causes', 'level', 'month'],
};

/** Each group goes once into each of its lines, which come in the order of their names. */
const linesBy = <Named extends object>(
  groups: readonly Group[],
  namesOf: (group: Group) => Iterable<string>,
  named: (name: string) => Named,
) => {
  const found = new Map<string, Group[]>();
  for (const group of groups)
    for (const name of namesOf(group)) {
      const some = found.get(name);
      if (some) some.push(group);
      else found.set(name, [group]);
    }
  return [...found]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, some]) => ({ ...named(name), ...figuresOf(some) }));
};

const causesOf = (group: Group): readonly ComplaintCause[] =>
  String(group['causes']).split(CAUSES_SEPARATOR) as ComplaintCause[];
/** A complaint counts once in each category that one of its causes belongs to. */
const categoriesOf = (group: Group): ReadonlySet<string> =>
  new Set(causesOf(group).map((cause) => categoryOf[cause]));
const placesOf = (group: Group): readonly string[] =>
  causesOf(group).map((cause) => JSON.stringify([cause, group['level'], group['month']]));

const figuresOf = (groups: readonly Group[]) => {
  const sum = (column: string) => sumOf(groups, column);
  const spread = (column: string) => spreadOf(groups, column);
  const [firstResponse, resolution] = [spread('firstResponse'), spread('resolution')];
  return {
    ...{
      complaints: sum('rows'),
      resolved: sum('resolved'),
      closed: sum('closed'),
      withdrawn: sum('withdrawn'),
    },
    answeredInTime: {
      n: firstResponse.n,
      met: sum('answeredInTime'),
      share: shareOf(sum('answeredInTime'), firstResponse.n),
    },
    resolvedInTime: {
      n: resolution.n,
      met: sum('resolvedInTime'),
      share: shareOf(sum('resolvedInTime'), resolution.n),
    },
    ...{ raised: sum('raised'), reopened: sum('reopened'), severalRounds: sum('severalRounds') },
    recurrences: { n: sum('recurrences'), shareOfClosed: shareOf(sum('recurrences'), sum('closed')) },
    ...{ satisfied: sum('satisfied'), dissatisfied: sum('dissatisfied') },
    ...{ firstResponse, plan: spread('plan'), resolution },
  };
};
