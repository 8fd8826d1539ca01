import { positionOf, SEALS, type EventLog, type RowStore, type SealedEvent } from '@rapport/kernel';

/** These rows follow from another log than the one that was opened. */
export class RowsOfAnotherLog extends Error {
  constructor(file: string) {
    super(
      `${file} holds rows of another log: name the log that belongs to them, or remove them, then they are built again from this one`,
    );
  }
}

/** The seals remember where the log's first event stood. Throws `RowsOfAnotherLog` when another one stands there, or none. */
export const assertRowsBelongTo = async (log: EventLog, rows: RowStore, file: string): Promise<void> => {
  await rows.open([SEALS]);
  const [seal] = await rows.find(SEALS, { limit: 1 });
  const [first] = (seal?.['events'] ?? []) as readonly SealedEvent[];
  if (!first) return;
  const [position, stream, revision] = first;
  const [found] = await log.readAt([positionOf(position)]);
  if (found?.stream !== stream || found.revision !== revision) throw new RowsOfAnotherLog(file);
};
