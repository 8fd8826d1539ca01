import * as events from '@rapport/domain/events';
import { howMany, instant, maybe, projection, text } from '@rapport/kernel';

/** Two departments by alphabet, so that a task that goes to and fro stands in one row: `CUSTOMER_SERVICE|TECHNICAL`. */
const pairOf = (some: readonly string[]): readonly string[] =>
  some.length === 2 ? [[...some].sort().join('|')] : [];
const handedOver = ({ from, department }: { readonly from?: string; readonly department: string }) =>
  from === undefined ? [] : pairOf([from, department]);

/** Where tasks go to and fro between departments, over all tickets. */
export const handoffGraph = projection(events, {
  name: 'handoff-graph',
  version: 1,
  about: 'Between which departments are tasks handed over, declined and played to and fro, how often?',
  // prettier-ignore
  columns: {
    one: text().says('The first of the two departments, by alphabet (SYS-17.4)'),
    other: text().says('The second of the two departments (SYS-17.4)'),
    oneToOther: howMany().says('Tasks that went from the first to the second (SYS-17.4)'),
    otherToOne: howMany().says('Tasks that went from the second to the first (SYS-17.4)'),
    declines: howMany().says('Tasks that one of the two declined and proposed for the other (SYS-17.3)'),
    pingPongs: howMany().says('Disputes about tasks that went to and fro between the two (SYS-17.4)'),
    rulings: howMany().says('Those of them that were ended by a ruling (SYS-17.5)'),
    lastDisputedAt: maybe(instant()).says('When the latest dispute began; null: there was none (SYS-17.4)'),
  },
  indexes: [['pingPongs'], ['one'], ['other']],
  history: true,
  key: 'taskId',
  per: 'pair of departments',
  keys: {
    DepartmentTaskAssigned: handedOver,
    DepartmentTaskDeclined: ({ department, proposed }) => pairOf([department, proposed]),
    ResponsibilityDisputed: ({ between }) => pairOf(between),
    ResponsibilityRuled: ({ between }) => pairOf(between),
  },
}).on({
  DepartmentTaskAssigned: (row, { from }) => {
    const pair = named(row);
    return from === pair.one
      ? { ...pair, oneToOther: row.oneToOther + 1 }
      : { ...pair, otherToOne: row.otherToOne + 1 };
  },
  DepartmentTaskDeclined: (row) => ({ ...named(row), declines: row.declines + 1 }),
  ResponsibilityDisputed: (row, { disputedAt: lastDisputedAt }) => ({
    ...{ ...named(row), pingPongs: row.pingPongs + 1, lastDisputedAt },
  }),
  ResponsibilityRuled: (row) => ({ ...named(row), rulings: row.rulings + 1 }),
});

const named = ({ key }: { readonly key: string }) => {
  const [one = '', other = ''] = key.split('|');
  return { one, other };
};
