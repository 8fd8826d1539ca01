import type { Position } from '@rapport/kernel';

/** What runs in a process beside commands and questions, from its start to its stop. A `Subscription` is one. */
export interface Loop {
  start(): Promise<void>;
  /** Finishes what it is in. */
  stop(): Promise<void>;
  /** What it does or waits for, for people. */
  readonly state: string;
  /** It has once done all that there was to do when it began: before, its process is not ready. */
  readonly caughtUp: boolean;
  /** What broke it, or null. */
  readonly error: unknown;
  /** What of it does not go on by somebody's wish or by itself, and why; the rest does (default: all of it goes on). */
  readonly halts?: readonly string[];
  /** How far in the log it has read, where it reads the log. */
  position?(): Position;
}
