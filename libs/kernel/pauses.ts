/** The last word on whether a model shall stand still: somebody's wish that it does, or that it goes on. */
export interface Pause {
  readonly by: string;
  readonly reason: string;
  /** When it began. */
  readonly since: string;
  /** When it ends by itself. */
  readonly until: string | null;
  /** Set: whoever is named here took it back then. */
  readonly resumedAt: string | null;
}

export const isOver = ({ until, resumedAt }: Pause, now: string): boolean =>
  resumedAt !== null || (until !== null && until <= now);
