/** Everything that ends somewhere, with its name. Times in milliseconds. */
export interface Limits {
  /** From the call of an append to its end: waiting for a place, all attempts, all rests. */
  readonly appendMs: number;
  /** Appends on their way at once; the others wait in line. */
  readonly appendsInFlightMax: number;
  readonly appendsInLineMax: number;
  /** How long a read may outlast a server that is away. */
  readonly readMs: number;
  /** How long one attempt of a read may be silent. */
  readonly readSilenceMs: number;
  /** How long a subscription may take until the server confirms it. */
  readonly confirmMs: number;
  /** A subscription that brought nothing for so long is compared with the log. */
  readonly quietMs: number;
  /** How long a subscription may be behind a log that has more, and bring nothing. */
  readonly owedMs: number;
  /** Events that were received and not asked for yet; then the server is made to wait. */
  readonly bufferedMax: number;
}

export const LIMITS: Limits = {
  ...{ appendMs: 15_000, appendsInFlightMax: 64, appendsInLineMax: 10_000 },
  ...{ readMs: 15_000, readSilenceMs: 5_000 },
  ...{ confirmMs: 10_000, quietMs: 5_000, owedMs: 1_000, bufferedMax: 4_000 },
};
