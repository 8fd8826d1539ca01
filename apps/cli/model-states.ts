import { LOG_MARKS, PARKED, SEALS, type Position, type Table } from '@rapport/kernel';
import type { Application } from '@rapport/platform';

export interface ModelState {
  readonly model: string;
  readonly kind: 'read model' | 'policy' | 'seals' | 'marks';
  readonly position: string;
  /** Events in the log that it has not read. */
  readonly lag: number;
  readonly rows: number;
  readonly parked: number;
}

/** Everything that follows the log: how far it is, how much it holds, and what it could not read. */
export const modelStates = ({ plan, rows, store }: Application): Promise<readonly ModelState[]> => {
  const subscribers: readonly (readonly [string, ModelState['kind'], Table])[] = [
    ...plan.readModels.map(({ name, table }) => [name, 'read model', table] as const),
    ...plan.policies.map(({ table }) => [table.name, 'policy', table] as const),
    [SEALS.name, 'seals', SEALS],
    [LOG_MARKS.name, 'marks', LOG_MARKS],
  ];
  const lagAt = onceEach((position: Position) => store.log.countAfter(position));
  const states = subscribers.map(async ([model, kind, table]) => {
    const position = await rows.position(model);
    const parked = await rows.count(PARKED, [['subscriber', '=', model]]);
    const lag = await lagAt(position);
    return { model, kind, position: String(position), lag, rows: await countOf(rows, table), parked };
  });
  return Promise.all(states);
};

/** Most stand at the same place: each place is asked for once, since a log elsewhere reads to count. */
const onceEach = <In, Out>(ask: (about: In) => Promise<Out>): ((about: In) => Promise<Out>) => {
  const asked = new Map<In, Promise<Out>>();
  return (about) => {
    const answer = asked.get(about) ?? ask(about);
    asked.set(about, answer);
    return answer;
  };
};

/** A model that was never opened in this folder has no table yet. */
const countOf = async (rows: Application['rows'], table: Table): Promise<number> => {
  try {
    return await rows.count(table);
  } catch (error) {
    if (error instanceof Error && /no such table/.test(error.message)) return 0;
    throw error;
  }
};
