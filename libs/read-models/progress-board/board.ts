import { options } from '@rapport/kernel';

/** RED: its time has passed; AMBER: its owner has been warned; GREEN: in time; NONE: nothing has a time. */
export const BoardColour = options('RED', 'AMBER', 'GREEN', 'NONE');
export type BoardColour = keyof typeof BoardColour;

/** What every line of a board has. */
export interface BoardItem {
  readonly key: string;
  readonly department: string;
  readonly state: string;
  /** Its green channel is open. */
  readonly green: boolean;
  readonly dueAt: string | null;
  readonly colour: BoardColour;
}

/** By the clock, at the moment at which it is asked; the deadline itself is in time. */
export const colourOf = (dueAt: string | null, warnAt: string | null, now: string): BoardColour => {
  if (dueAt === null) return 'NONE';
  if (dueAt < now) return 'RED';
  return warnAt !== null && warnAt <= now ? 'AMBER' : 'GREEN';
};

/** Green channels first, then what is due first (SYS-24.3). */
export const mostPressing = (one: BoardItem, other: BoardItem): number =>
  Number(other.green) - Number(one.green) ||
  compare(one.dueAt ?? LAST, other.dueAt ?? LAST) ||
  compare(one.key, other.key);
/** Sorts after every instant. */
const LAST = '~';
const compare = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);

/** How many there are, and of which colour. */
export const countsOf = (items: readonly BoardItem[]) => {
  const of = (colour: BoardColour) => items.filter((item) => item.colour === colour).length;
  return {
    ...{ total: items.length, overdue: of('RED'), warned: of('AMBER') },
    ...{ inTime: of('GREEN'), untimed: of('NONE') },
  };
};
/** The same for each department and state. */
export const cellsOf = (items: readonly BoardItem[]) => {
  const cells = new Map<string, BoardItem[]>();
  for (const item of items) {
    const name = JSON.stringify([item.department, item.state]);
    const cell = cells.get(name);
    if (cell) cell.push(item);
    else cells.set(name, [item]);
  }
  return [...cells]
    .sort(([one], [other]) => compare(one, other))
    .map(([, its]) => ({ department: its[0]?.department, state: its[0]?.state, ...countsOf(its) }));
};
