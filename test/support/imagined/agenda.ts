interface Entry {
  readonly at: number;
  readonly order: number;
  readonly turn: () => Promise<void>;
}

/** What is still to come, earliest first; what comes at one moment, in the order in which it was noted (a binary heap). */
export class Agenda {
  private readonly entries: Entry[] = [];
  private noted = 0;

  note(at: number, turn: () => Promise<void>): void {
    let place = this.entries.length;
    const entry = { at, order: this.noted++, turn };
    this.entries.push(entry);
    for (; place > 0; place = above(place)) {
      const parent = this.entries[above(place)] as Entry;
      if (!isBefore(entry, parent)) break;
      this.entries[place] = parent;
    }
    this.entries[place] = entry;
  }

  /** Takes the next one away; undefined: nothing is to come any more. */
  next(): Entry | undefined {
    const [first] = this.entries;
    const last = this.entries.pop();
    if (first !== undefined && last !== undefined && this.entries.length > 0) this.sink(last);
    return first;
  }

  private sink(entry: Entry): void {
    let place = 0;
    for (let child = this.earlierChild(place); child !== -1; child = this.earlierChild(place)) {
      const found = this.entries[child] as Entry;
      if (!isBefore(found, entry)) break;
      this.entries[place] = found;
      place = child;
    }
    this.entries[place] = entry;
  }
  private earlierChild(place: number): number {
    const [left, right] = [2 * place + 1, 2 * place + 2];
    const [one, other] = [this.entries[left], this.entries[right]];
    if (!one) return -1;
    return other && isBefore(other, one) ? right : left;
  }
}

const above = (place: number): number => (place - 1) >> 1;
const isBefore = (one: Entry, other: Entry): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);
