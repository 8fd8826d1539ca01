/** A command as a foreign log implies it: when it was wanted, by whom, and after what. */
export interface Wanted {
  /** Business time: drives the clock of the replay. */
  readonly at: string;
  /** Stable within the data set: the id of the command follows from it, so a second run changes nothing. */
  readonly seed: string;
  /** What must stay in order among itself: commands of one lane are carried out one after the other. */
  readonly lane: string;
  readonly command: object;
  /** Who did it, where the data says so. */
  readonly actorId?: string;
}

/** One well-formed line. */
export interface Line<R> {
  /** In the file, the header being 1. */
  readonly line: number;
  readonly record: R;
}

/** A foreign data set: how its lines are read, by position, and which commands they become. Pure: no file, no clock. */
export interface Import<R = unknown> {
  readonly dataset: string;
  /** One sentence: what it is and what it becomes. */
  readonly about: string;
  /** The header, in this order. Columns behind the last one named here are not looked at. */
  readonly columns: readonly string[];
  /** Throws `BrokenLine`. */
  read(fields: readonly string[]): R;
  /** All lines of the file in file order → commands, in the order of each lane. */
  plan(lines: readonly Line<R>[], notes: Notes): readonly Wanted[];
}

/** Hides the type of the records, which nobody outside needs. */
export const anImport = <R>(of: Import<R>): Import => of;

/** This line is not what it should be: it is set aside with the reason, and the import goes on. */
export class BrokenLine extends Error {}

export const broken = (reason: string): never => {
  throw new BrokenLine(reason);
};

/** What an import has to say about its data: lines that become nothing, and what was found and done about it. */
export class Notes {
  readonly skipped = new Map<string, number>();
  readonly found = new Map<string, number>();

  /** Lines that become no command, by reason. */
  skip(reason: string, lines = 1): void {
    this.skipped.set(reason, (this.skipped.get(reason) ?? 0) + lines);
  }
  /** Something in the data that a person should know. */
  find(what: string, times = 1): void {
    this.found.set(what, (this.found.get(what) ?? 0) + times);
  }
}

/** In the order of business time; what belongs to one instant stays in the order it came in. */
export const inOrderOfTime = (wanted: readonly Wanted[]): readonly Wanted[] =>
  [...wanted].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));

/** In the order in which the keys first appear. */
export const groupedBy = <T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
};
