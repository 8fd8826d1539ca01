import { START, type Position, type Projection } from '@rapport/kernel';
import type { Application } from '@rapport/platform';

/** What an answer rests on. */
export interface Fresh {
  readonly position: string;
  /** What the log has and the answer does not know. */
  readonly lag: { readonly events: number };
}

/** How far the slowest of these models has been read, by the rows themselves: nobody needs to be running. */
export const freshnessOf = async (
  { rows, store }: Application,
  models: readonly Projection[],
): Promise<Fresh> => {
  const positions = await Promise.all(models.map(({ name }) => rows.position(name)));
  const position = positions.reduce((one, other) => (other < one ? other : one), positions[0] ?? START);
  return { position: String(position), lag: { events: await lagAfter(store.log, position) } };
};

export const lagAfter = (log: Application['store']['log'], position: Position): Promise<number> =>
  log.countAfter(position);
