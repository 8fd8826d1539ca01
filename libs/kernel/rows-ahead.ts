/** Rows rest on events that this log does not have: they belong to another log, or the log was restored without them. */
export class RowsAhead extends Error {
  constructor(subscriber: string) {
    super(
      `${subscriber} has read further than this log reaches: bring back the log that belongs to these rows, or remove the rows, which are built again from the log`,
    );
  }
}
