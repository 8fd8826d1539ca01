import { milestonesOf, pastByPlace } from './milestones';
import type { Projection } from './projection';
import { figurePasts, figureTables, type Rollup } from './rollup';
import type { Table } from './table';

/** Its rows, their versions where it keeps history, and its figures: whoever reads the same log comes to the same. */
export const rowTables = ({ table, past }: Projection, figures: readonly Rollup[]): readonly Table[] => [
  table,
  ...(past ? [figures.length > 0 ? pastByPlace(past) : past] : []),
  ...figures.flatMap(figureTables),
];
/** Milestones stand where batches happened to end. */
export const milestoneTables = ({ name, past }: Projection, figures: readonly Rollup[]): readonly Table[] =>
  past && figures.length > 0 ? [milestonesOf(name), ...figures.flatMap(figurePasts)] : [];
