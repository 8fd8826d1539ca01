import type { PostgresPlace } from '@rapport/adapters/postgres';
import type { Batch, Position, Told } from '@rapport/kernel';
import type { Driver } from '@rapport/adapters/sqlite';
import type { Failure } from '../rebuild/words';

/** What the thread is started with. */
export interface ThreadPlace {
  readonly folder: string;
  /** Where rows and keys are on a server. */
  readonly postgres?: PostgresPlace;
  readonly driver?: Driver;
  /** The process it belongs to, as others know it. */
  readonly member: string;
}
/** How the read models are doing there. */
export interface ThreadState {
  readonly state: string;
  readonly caughtUp: boolean;
  readonly position: Position;
  /** What does not go on there, and why. */
  readonly halts: readonly string[];
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
  | { readonly say: 'batches'; readonly batches: readonly Batch[] }
  | { readonly say: 'waited'; readonly id: number; readonly met: boolean }
  | { readonly say: 'told'; readonly level: Parameters<Told>[0]; readonly what: string }
  | { readonly say: 'failed'; readonly failure: Failure };
