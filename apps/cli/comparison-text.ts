import type { TableComparison } from '@rapport/kernel';
import type { ComparedTold } from '@rapport/platform';
import { shown, table } from './tables';

/** What was found by a comparison, for people. */
export const comparedText = (compared: readonly ComparedTold[]): readonly string[] => {
  const tables = compared.flatMap((one) => one.tables);
  const differing = tables.filter((one) => one.differing > 0);
  return [
    table(
      ['table', 'rows', 'rebuilt', 'differing', 'missing', 'extra'],
      tables.map((one) => [one.table, one.rows, one.rowsRebuilt, one.differing, one.missing, one.extra]),
    ),
    ...differing.flatMap(detailsOf),
    ...compared.flatMap(remarksOn),
    differing.length === 0 ? 'identical' : 'THEY DIFFER',
  ];
};

const detailsOf = ({
  table: name,
  columns,
  examples,
  looked,
  differing,
}: TableComparison): readonly string[] => [
  `${name}${looked < differing ? `, the first ${shown(looked)} of them` : ''}: ${columnsText(columns)}`,
  ...examples.map(({ key, live, rebuilt }) =>
    [`  ${key}`, `    live     ${JSON.stringify(live)}`, `    rebuilt  ${JSON.stringify(rebuilt)}`].join(
      '\n',
    ),
  ),
];
const columnsText = (columns: Readonly<Record<string, number>>): string => {
  const entries = Object.entries(columns).sort(([, one], [, other]) => other - one);
  return entries.length === 0
    ? 'whole rows'
    : entries.map(([name, rows]) => `${name} in ${shown(rows)} rows`).join(', ');
};

const remarksOn = ({ model, position, parked }: ComparedTold): readonly string[] => [
  ...(position === null
    ? [`${model}: nothing is live under this name yet, there is nothing to compare with`]
    : []),
  ...(parked.live + parked.rebuilt > 0
    ? [`${model}: ${shown(parked.live)} events are parked, ${shown(parked.rebuilt)} in its copy`]
    : []),
];
