import { MemoryRowStore } from '@rapport/adapters/memory';
import {
  askingOf,
  Projector,
  type EventStore,
  type NewEvent,
  type Projection,
  type Question,
  type Rollup,
} from '@rapport/kernel';
import { recorded } from '@rapport/kernel/spec';

/** The rows that the loops would have of these models after these events, and questions about them. */
export const told = async (
  models: readonly Projection[],
  rollups: readonly Rollup[],
  ...events: NewEvent[]
) => {
  const rows = new MemoryRowStore();
  for (const model of models) {
    const projector = new Projector(
      model,
      rollups.filter(({ of }) => of === model.name),
    );
    await rows.open(projector.tables);
    await rows.commit(await projector.consume(events.map(recorded), { rows, store: {} as EventStore }), []);
  }
  return {
    ask: async <T>(of: Question, now: string, params: object = {}, asOf?: string): Promise<T> => {
      const moment = asOf === undefined ? undefined : { time: asOf };
      return (await of.answer(params, askingOf(of, { rows, rollups, now }, moment))) as T;
    },
  };
};
