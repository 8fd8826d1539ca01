/** How long anything may take, in milliseconds. */
export const TIMES = {
  /** Until a connection is there, or one of ours is free. */
  connectMs: 5_000,
  /** A connection that nobody uses is closed after so long. */
  idleMs: 60_000,
  /** A statement of daily work. */
  statementMs: 60_000,
  /** A statement that touches a whole table: an index, a comparison. */
  wholeTableMs: 3_600_000,
  /** Waiting for somebody else's lock. */
  lockMs: 10_000,
  /** What the server's own limits are given on top before a connection counts as dead. */
  answerMs: 5_000,
  /** How long one of our processes may stand still within a transaction: then its locks are taken from it. */
  pauseMs: 20_000,
} as const;
export type Times = Readonly<Record<keyof typeof TIMES, number>>;

/** How many, and how much. */
export const LIMITS = {
  /** Connections of the rows, and of the keys. */
  connectionsMax: 10,
  keyConnectionsMax: 2,
  /** Parts of the work that several processes do side by side. */
  lanes: 6,
  /** Rows and characters of one statement. */
  statementRows: 2_000,
  statementLetters: 8_000_000,
  /** From so many new rows of one table on, COPY is faster than an insert (docs/decisions/0018-postgresql.md). */
  copyRowsMin: 200,
} as const;
