import * as events from '@rapport/domain/events';
import { USAGE_WINDOW_DAYS } from '@rapport/domain/values';
import { howMany, instant, integer, json, maybe, projection } from '@rapport/kernel';

type UseByDay = readonly (readonly [day: string, seconds: number])[];

/** What each customer uses: an ANALYTICS purpose, so it has no row, and no past, of those who do not allow it. */
export const usageTrend = projection(events, {
  name: 'usage-trend',
  version: 1,
  about: 'How much does each customer use what we offer, and is it becoming less?',
  // prettier-ignore
  columns: {
    featureSeconds: integer().says('How long features were used, all uses together (SYS-10.1)', 'seconds'),
    featureUses: howMany().says('How often features were used (SYS-10.1)'),
    pageViews: howMany().says('Pages that were looked at (SYS-10.1)'),
    documentVisits: howMany().says('How often a document of ours was opened (SYS-10.1)'),
    byDay: json<UseByDay>([]).says('Seconds of feature use per day (UTC), oldest first: the last 60 days before the newest (SYS-10.4)', 'seconds'),
    lastAt: instant().says('The latest use, view or visit (SYS-10.1)'),
    decliningSince: maybe(instant()).says('When use had fallen to half or less of the 30 days before; null: it has not (SYS-10.4)'),
  },
  indexes: [['lastAt'], ['decliningSince'], ['featureSeconds']],
  key: 'customerId',
}).on({
  BehaviourRecorded: (row, { kind, seconds = 0, happenedAt }) => {
    const lastAt = happenedAt > row.lastAt ? happenedAt : row.lastAt;
    if (kind === 'PAGE_VIEW') return { lastAt, pageViews: row.pageViews + 1 };
    if (kind === 'DOCUMENT_VISIT') return { lastAt, documentVisits: row.documentVisits + 1 };
    const byDay = withUse(row.byDay, happenedAt.slice(0, DAY_LENGTH), seconds);
    return {
      ...{ lastAt, byDay },
      ...{ featureUses: row.featureUses + 1, featureSeconds: row.featureSeconds + seconds },
    };
  },
  UsageDeclineDetected: (_, { detectedAt: decliningSince }) => ({ decliningSince }),
  /** A row that went with the consent does not come back. */
  UsageDeclineEnded: (row) => (row.lastAt === '' ? undefined : { decliningSince: null }),
  ConsentWithdrawn: (_, { purpose }) => (purpose === 'ANALYTICS' ? null : undefined),
});

const DAY_LENGTH = 10;
const DAY_MS = 86_400_000;

/** One day's seconds more; what lies two windows before the newest day is dropped. */
const withUse = (byDay: UseByDay, day: string, seconds: number): UseByDay => {
  const before = byDay.find(([each]) => each === day)?.[1] ?? 0;
  const all = [...byDay.filter(([each]) => each !== day), [day, before + seconds] as const].sort(byName);
  const newest = Date.parse(all.at(-1)?.[0] ?? day);
  return all.filter(([each]) => newest - Date.parse(each) < 2 * USAGE_WINDOW_DAYS * DAY_MS);
};
const byName = ([one]: readonly [string, number], [other]: readonly [string, number]): number =>
  one < other ? -1 : 1;
