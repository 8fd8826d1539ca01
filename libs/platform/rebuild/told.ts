import type { Compared, CopyBuilt, Position, Switched } from '@rapport/kernel';

type Told<T> = { readonly [K in keyof T]: T[K] extends Position | null ? string | (null & T[K]) : T[K] };

/** Positions go out as text: kept and given back they mean something, counted with they do not. */
const told = (position: Position): string => String(position);
const toldIfAny = (position: Position | null): string | null => (position === null ? null : told(position));

export const builtTold = (built: CopyBuilt): Told<CopyBuilt> => ({
  ...built,
  ...{ position: told(built.position), wentOnFrom: toldIfAny(built.wentOnFrom) },
});
export const comparedTold = (compared: Compared): Told<Compared> => ({
  ...compared,
  position: toldIfAny(compared.position),
});
export const switchedTold = (switched: Switched): Told<Switched> => ({
  ...switched,
  position: told(switched.position),
});
export type BuiltTold = Told<CopyBuilt>;
export type ComparedTold = Told<Compared>;
export type SwitchedTold = Told<Switched>;
