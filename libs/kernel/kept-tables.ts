import { milestonesOf, pastByPlace } from './milestones';
import type { Projection } from './projection';
import { figurePasts, figureTables, type Rollup } from './rollup';
import type { Table } from './table';

/** Its rows, their versions where it keeps history, and its figures: whoever reads the same log comes to the same. */
export const rowTables = (of: Projection, figures: readonly Rollup[]): readonly Table[] => [
  of.table,
  ...(of.past ? [hasMilestones(of, figures) ? pastByPlace(of.past) : of.past] : []),
  ...figures.flatMap(figureTables),
];
/** Milestones stand where batches happened to end. */
export const milestoneTables = (of: Projection, figures: readonly Rollup[]): readonly Table[] =>
  hasMilestones(of, figures) ? [milestonesOf(of.name), ...figures.flatMap(figurePasts)] : [];

/** Where there is anything to begin with: figures, or the few rows that stand. */
export const hasMilestones = ({ past, rowsGo }: Projection, figures: readonly Rollup[]): boolean =>
  past !== null && (figures.length > 0 || rowsGo === true);
