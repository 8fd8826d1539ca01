import type { Actor } from '@rapport/kernel';
import type { Dice } from './dice';
import type { World } from './world';

/** What a story does next: send a command and hear whether it was accepted, let time go by, or let another story begin. */
export type Move =
  | { readonly command: object; readonly by: Actor; readonly source: string }
  | { readonly waitMs: number }
  | { readonly begin: Story };
/** A piece of life, told move by move. `true` comes back from whatever was not refused. */
export type Story = Generator<Move, void, boolean>;
/** Part of a story that answers something. */
export type Chapter<T> = Generator<Move, T, boolean>;

/** What all stories know. */
export interface Stage {
  readonly dice: Dice;
  readonly world: World;
  /** The share of what happens that is told hours or days later. */
  readonly late: number;
  /** The imagined moment, in milliseconds since 1970. */
  now(): number;
  /** The next number of its kind, as a shop or a help desk counts: 1, 2, 3 … */
  number(of: 'ticket' | 'order' | 'promise'): number;
  /** Nothing more will be heard of this ticket. */
  ticketIsOver(ticketId: string): void;
}

export const send = (command: object, by: Actor, source = 'API'): Move => ({ command, by, source });
export const wait = (ms: number): Move => ({ waitMs: Math.max(0, Math.round(ms)) });
export const begin = (story: Story): Move => ({ begin: story });
