import { categoryOf, ComplaintLevel, ValueTier, type ComplaintCause } from '@rapport/domain/values';
import {
  keptGroups,
  merge,
  OneOf,
  Optional,
  question,
  Text,
  type Group,
  type Histogram,
} from '@rapport/kernel';
import { groupedBy, HISTOGRAM_NOTE, shareOf, spreadOf, sumOf } from '../figures';
import { periodOf } from '../period';
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
    const period = periodOf(from, to);
    const groups = (await keptGroups(rows, complaintFigures)).filter(
      (group) =>
        period.holds(String(group['month'])) &&
        (level === undefined || group['level'] === level) &&
        (tier === undefined || group['tier'] === tier),
    );
    return {
      asOf: now,
      note: `a complaint with several causes counts in each of them, but once in the total; ${HISTOGRAM_NOTE}`,
      total: figuresOf(groups),
      byCause: causesIn(groups).map((cause) => ({ cause, ...figuresOf(groups.filter(about(cause))) })),
      byCategory: categories(groups),
      ...{ byLevel: split(groups, 'level'), byTier: split(groups, 'tier') },
      ...{ byMonth: split(groups, 'month'), byDepartment: split(groups, 'department') },
      byCauseLevelMonth: causesIn(groups).flatMap((cause) =>
        levelsAndMonths(cause, groups.filter(about(cause))),
      ),
    };
  },
});

const causesOf = (group: Group): readonly ComplaintCause[] =>
  String(group['causes']).split(CAUSES_SEPARATOR) as ComplaintCause[];
const causesIn = (groups: readonly Group[]): readonly ComplaintCause[] =>
  [...new Set(groups.flatMap(causesOf))].sort();
const about =
  (cause: ComplaintCause) =>
  (group: Group): boolean =>
    causesOf(group).includes(cause);

/** A complaint counts once in each category that one of its causes belongs to. */
const categories = (groups: readonly Group[]) =>
  [...new Set(causesIn(groups).map((cause) => categoryOf[cause]))].sort().map((category) => ({
    category,
    ...figuresOf(groups.filter((group) => causesOf(group).some((cause) => categoryOf[cause] === category))),
  }));

const levelsAndMonths = (cause: ComplaintCause, groups: readonly Group[]) =>
  groupedBy(groups, (group) => String(group['level'])).flatMap(([level, some]) =>
    split(some, 'month').map((line) => ({ cause, level, ...line })),
  );

const split = (groups: readonly Group[], column: string) =>
  groupedBy(groups, (group) => String(group[column])).map(([name, some]) => ({
    [column]: name,
    ...figuresOf(some),
  }));

const figuresOf = (groups: readonly Group[]) => {
  const sum = (column: string) => sumOf(groups, column);
  const spread = (column: string) =>
    spreadOf(groups.reduce<Histogram>((all, group) => merge(all, group[column] as Histogram), {}));
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
