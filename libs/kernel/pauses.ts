/** Somebody's wish that a model stands still: from when, until when at the latest, and who took it back. */
export interface Pause {
  readonly by: string;
  readonly reason: string;
  readonly since: string;
  readonly until: string | null;
  readonly resumedBy: string | null;
  readonly resumedAt: string | null;
  readonly resumedFor: string | null;
}

export const isOver = ({ until, resumedAt }: Pause, now: string): boolean =>
  resumedAt !== null || (until !== null && until <= now);
