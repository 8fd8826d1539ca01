/** What runs beside commands and questions, by name. */
export type LoopName = 'projections' | 'reactions';

/** What a process does for the whole. */
export interface Duty {
  /** The loops that run in it. */
  readonly loops: readonly LoopName[];
  /** What it answers over HTTP: the whole API, or how it is doing and nothing else. */
  readonly serves: 'everything' | 'health';
  readonly about: string;
}

/** The kinds of process. One of the first is the whole product; the others share the work, on a log that is a server. */
export const ROLES = {
  standalone: {
    loops: ['projections', 'reactions'],
    serves: 'everything',
    about: 'API, read models, policies, timers and messages',
  },
  api: { loops: [], serves: 'everything', about: 'commands in, questions answered' },
  projector: { loops: ['projections'], serves: 'health', about: 'read models, figures and seals' },
  relay: { loops: ['reactions'], serves: 'health', about: 'policies, timers and messages' },
} as const satisfies Readonly<Record<string, Duty>>;
export type Role = keyof typeof ROLES;
