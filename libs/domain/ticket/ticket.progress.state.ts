import type { DataOf } from '@rapport/kernel';
import type * as events from './ticket.progress.events';

/** When the customer was told last how it stands, and when we speak again. */
export interface Progress {
  readonly lastSyncAt: string;
  readonly nextAt: string;
  /** When the last word of it was entered, whatever time it tells of. */
  readonly enteredAt: string;
}

/** How events move it. A sync that is noted late changes nothing about a later one. */
export const progressMoves = {
  ProgressSynced: (
    was: Progress | undefined,
    { syncedAt: lastSyncAt, nextAt, notedAt: enteredAt = lastSyncAt }: DataOf<typeof events.ProgressSynced>,
  ): Progress =>
    was && was.lastSyncAt > lastSyncAt ? { ...was, enteredAt } : { lastSyncAt, nextAt, enteredAt },
};
