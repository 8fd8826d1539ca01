import type { FoldPlan, Stretch, TableComparison } from '@rapport/kernel';
import type { Driver, TurnTaking } from '@rapport/adapters/sqlite';
import type { Place } from '../opening';

/** What a hand is started with. */
export interface HandPlace {
  readonly place: Place;
  readonly driver?: Driver;
  readonly turns: TurnTaking;
}
/** What is said to a hand. */
export type ToHand =
  | {
      readonly say: 'fold';
      readonly id: number;
      readonly stretches: readonly Stretch[];
      readonly plan: FoldPlan;
    }
  | { readonly say: 'compare'; readonly id: number; readonly model: string }
  /** Ends what it is at in good order. */
  | { readonly say: 'stop'; readonly id: number }
  | { readonly say: 'go' };
/** What a hand says. */
export type FromHand =
  | { readonly say: 'ready' }
  | { readonly say: 'read'; readonly id: number; readonly events: number }
  | { readonly say: 'done'; readonly id: number; readonly tables: readonly TableComparison[] }
  | { readonly say: 'failed'; readonly id: number | null; readonly failure: Failure };
/** An error as it can be told to another thread: its class is lost there, unless it has a name here. */
export interface Failure {
  readonly kind: string;
  readonly message: string;
  readonly stack: string | undefined;
}
