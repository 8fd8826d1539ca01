import { BreachReason, SlaMoment, Urgency } from '@rapport/domain/values';
import { Id, groupsBy, OneOf, Optional, question, Text, type Group } from '@rapport/kernel';
import { HISTOGRAM_NOTE, linesOf, shareOf, spreadOf, sumOf } from '../figures';
import { periodOf, wanted } from '../period';
import { slaStatus } from './sla-status.projection';
import { reasonColumn, slaFigures } from './sla-status.rollup';

class TimelinessReportParams {
  /** Deadlines from this month on, `2024-03` (UTC). */
  @Optional() @Text(7) from?: string;
  /** Deadlines up to this month, itself included. */
  @Optional() @Text(7) to?: string;
  @Optional() @OneOf(SlaMoment) moment?: SlaMoment;
  @Optional() @OneOf(Urgency) class?: Urgency;
  @Optional() @Id() department?: string;
  @Optional() @Id() ownerId?: string;
}

/** How many deadlines were kept, and why others were not (SYS-64.1). What was cancelled, or can still be kept, counts neither way. */
export const timelinessReport = question({
  name: 'timeliness-report',
  about:
    'What share of deadlines was kept, by moment, class, department, person and month, and why were others missed?',
  params: TimelinessReportParams,
  reads: [slaStatus],
  answer: async ({ from, to, ...only }, { rows, now }) => {
    const where = [...periodOf(from, to).where, ...wanted(only)];
    const groups = await groupsBy(rows, slaFigures, WAYS, where);
    return {
      ...{ asOf: now, from: from ?? null, to: to ?? null, note: HISTOGRAM_NOTE },
      overall: figuresOf(groups.overall),
      reasons: reasonsOf(groups.overall),
      byMoment: linesOf(groups.byMoment, 'moment', figuresOf),
      byClass: linesOf(groups.byClass, 'class', figuresOf),
      byDepartment: linesOf(groups.byDepartment, 'department', figuresOf),
      byPerson: linesOf(groups.byPerson, 'ownerId', figuresOf),
      byMonth: linesOf(groups.byMonth, 'month', figuresOf),
    };
  },
});
const WAYS = {
  overall: [],
  byMoment: ['moment'],
  byClass: ['class'],
  byDepartment: ['department'],
  byPerson: ['ownerId'],
  byMonth: ['month'],
};

const HOUR_MS = 3_600_000;
const figuresOf = (groups: readonly Group[]) => {
  const sum = (column: string) => sumOf(groups, column);
  const spread = (column: string) => spreadOf(groups, column);
  const [met, metLate, breachedOpen] = [sum('met'), sum('metLate'), sum('breachedOpen')];
  const slackHours = shareOf(sum('slackMs') / HOUR_MS, met + metLate);
  return {
    ...{ started: sum('rows'), running: sum('running'), met, metLate, breachedOpen },
    ...{ breached: metLate + breachedOpen, cancelled: sum('cancelled'), provenLater: sum('provenLater') },
    /** Of all that were reached or missed; null: there is nothing to tell. */
    compliance: shareOf(met, met + metLate + breachedOpen),
    ...{ meanSlackHours: slackHours, elapsed: spread('elapsed'), paused: spread('paused') },
  };
};
/** The most frequent first; what nobody has explained is a line of its own. */
const reasonsOf = (groups: readonly Group[]) => {
  const named = (Object.keys(BreachReason) as BreachReason[]).map((reason) => ({
    reason,
    breaches: sumOf(groups, reasonColumn(reason)),
  }));
  return [...named, { reason: null, breaches: sumOf(groups, 'unexplained') }]
    .filter(({ breaches }) => breaches > 0)
    .sort((one, other) => other.breaches - one.breaches);
};
