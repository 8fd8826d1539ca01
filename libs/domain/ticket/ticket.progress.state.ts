import type { DataOf } from '@rapport/kernel';
import type * as events from './ticket.progress.events';

/** When the customer was told last how it stands, and when we speak again. */
export interface Progress {
  readonly lastSyncAt: string;
  readonly nextAt: string;
}

/** How events move it. A sync that is noted late changes nothing about a later one. */
export const progressMoves = {
  ProgressSynced: (
    was: Progress | undefined,
    { syncedAt: lastSyncAt, nextAt }: DataOf<typeof events.ProgressSynced>,
  ): Progress => (was && was.lastSyncAt > lastSyncAt ? was : { lastSyncAt, nextAt }),
};
