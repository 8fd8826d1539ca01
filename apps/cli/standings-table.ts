import type { Standing } from '@rapport/platform';
import { table } from './tables';

const HEAD = ['model', 'state', 'behind', 'oldest s', 'events/s', 'parked', 'rows', 'position'];

/** How everybody who follows the log is doing, a line each; below it whoever wants a person. */
export const standingsTable = (all: readonly Standing[]): string =>
  [table(HEAD, all.map(cellsOf)), ...owners(all), ...errors(all)].join('\n');

/** The same with a line for every lane. */
export const lanesTable = (all: readonly Standing[]): string =>
  table(
    ['model', 'lane', 'state', 'behind', 'oldest s', 'events/s', 'position', 'owner'],
    all.flatMap(({ model, lanes }) =>
      lanes.map(({ lane, state, lag, eventsPerSecond, position, owner }) => [
        ...[model, lane, state, lag.events, lag.seconds, eventsPerSecond, position, owner],
      ]),
    ),
  );

const cellsOf = ({ model, state, lag, eventsPerSecond, parked, rows, position }: Standing) => [
  ...[model, state, lag.events, lag.seconds, eventsPerSecond],
  ...[parked.events === 0 ? 0 : `${parked.events} of ${parked.keys} keys`, rows, position],
];

const owners = (all: readonly Standing[]): readonly string[] => {
  const keepers = new Map<string, string[]>();
  for (const { kind, owners: of } of all)
    for (const owner of of) keepers.set(owner, [...(keepers.get(owner) ?? []), kind]);
  const standingBy = new Set(all.flatMap((one) => one.standingBy));
  return [
    ...[...keepers].map(([owner, kinds]) => `${owner} keeps ${[...new Set(kinds)].join(', ')}`),
    ...[...standingBy].filter((member) => !keepers.has(member)).map((member) => `${member} stands by`),
  ];
};
const errors = (all: readonly Standing[]): readonly string[] =>
  all.flatMap(({ model, error }) => (error === null ? [] : [`${model}: ${error}`]));
