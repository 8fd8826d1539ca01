/** What can be measured by itself. */
export const PARTS = ['rebuild', 'one-thread', 'reports', 'live', 'share'] as const;
export type Part = (typeof PARTS)[number];
export const STORES = ['sqlite', 'postgres'] as const;
export type StoreName = (typeof STORES)[number];

export interface Wanted {
  /** How long the log shall be (default: as long as the one in the folder, or a million). */
  readonly events: number | undefined;
  /** The folder in which the log lies, or stays for the next time (default: none). */
  readonly keep: string | undefined;
  /** Threads of a rebuild (default: as many as an operator gets). */
  readonly threads: number | undefined;
  /** Where a profile of one rebuild is written; then nothing else is measured. */
  readonly cpuProfile: string | undefined;
  readonly only: readonly Part[];
  readonly on: readonly StoreName[];
}
