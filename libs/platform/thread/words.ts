import type { Position, Told } from '@rapport/kernel';
import type { Driver } from '@rapport/adapters/sqlite';

/** What the thread is started with. */
export interface ThreadPlace {
  readonly folder: string;
  readonly driver?: Driver;
}
/** How the read models are doing there. */
export interface ThreadState {
  readonly state: string;
  readonly caughtUp: boolean;
  readonly position: Position;
}
/** What is said to the thread. */
export type ToThread =
  | { readonly say: 'look' }
  | { readonly say: 'stop' }
  | {
      readonly say: 'wait';
      readonly id: number;
      readonly position: Position;
      readonly models: readonly string[];
      readonly withinMs: number;
    };
/** What the thread says. */
export type FromThread =
  | { readonly say: 'started' }
  | { readonly say: 'state'; readonly now: ThreadState }
  | { readonly say: 'waited'; readonly id: number; readonly met: boolean }
  | { readonly say: 'told'; readonly level: Parameters<Told>[0]; readonly what: string }
  | { readonly say: 'failed'; readonly message: string };
