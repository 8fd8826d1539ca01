import { CustomerGrade, Quadrant } from '@rapport/domain/values';
import {
  Count,
  Id,
  OneOf,
  Optional,
  options,
  question,
  type Condition,
  type Row,
  type RowReader,
} from '@rapport/kernel';
import { progressItems } from './progress-items.projection';

/** RED: its time has passed; AMBER: its owner has been warned; GREEN: in time; NONE: nothing has a time. */
const BoardColour = options('RED', 'AMBER', 'GREEN', 'NONE');
type BoardColour = keyof typeof BoardColour;

class ProgressBoardParams {
  @Optional() @Id() customerId?: string;
  /** Of the customer, at intake. */
  @Optional() @OneOf(CustomerGrade) grade?: CustomerGrade;
  @Optional() @OneOf(Quadrant) quadrant?: Quadrant;
  @Optional() @Id() department?: string;
  @Optional() @Id() ownerId?: string;
  @Optional() @OneOf(BoardColour) colour?: BoardColour;
  /** Tickets that are listed; 100 if nothing is said. All are counted. */
  @Optional() @Count(0, 1_000) limit?: number;
}
const LIMIT = 100;
/** Rows that are held at once. */
const PAGE_ROWS = 1_000;

/** The state of all work, as it is at this moment: what is overdue is so by the clock, whether or not anybody has noted it (SYS-62.1, R-22). */
export const progressBoard = question({
  name: 'progress-board',
  about: 'How many open tickets lie in which department and state, what is overdue, and which come first?',
  params: ProgressBoardParams,
  reads: [progressItems],
  answer: async ({ colour, limit = LIMIT, ...only }, { rows, now }) => {
    const items: Item[] = [];
    for await (const row of matching(rows, only)) {
      const item = itemOf(row, now);
      if (colour === undefined || item.colour === colour) items.push(item);
    }
    return {
      ...{ asOf: now, ...countsOf(items), cells: cellsOf(items) },
      items: items.sort(mostPressing).slice(0, limit),
    };
  },
});

async function* matching(rows: RowReader, only: object): AsyncGenerator<Row> {
  const where = Object.entries(only)
    .filter(([, value]) => value !== undefined)
    .map(([column, value]) => [column, '=', value as string] as Condition);
  for (let last: Row | undefined; ;) {
    const after = last && { after: [last.key, last.key] as const };
    const page = await rows.find(progressItems.table, { where, limit: PAGE_ROWS, ...after });
    yield* page;
    if (page.length < PAGE_ROWS) return;
    last = page.at(-1);
  }
}

type Item = ReturnType<typeof itemOf>;
const itemOf = ({ key: ticketId, waited: _, force: __, solved: ___, ...row }: Row, now: string) => ({
  ...{ ticketId, ...row },
  department: String(row['department'] ?? 'UNASSIGNED'),
  state: String(row['state']),
  green: row['green'] === true,
  dueAt: row['dueAt'] as string | null,
  colour: colourOf(row['dueAt'] as string | null, row['warnAt'] as string | null, now),
});
const colourOf = (dueAt: string | null, warnAt: string | null, now: string): BoardColour => {
  if (dueAt === null) return 'NONE';
  if (dueAt < now) return 'RED';
  return warnAt !== null && warnAt <= now ? 'AMBER' : 'GREEN';
};

/** Green channels first, then what is due first (SYS-24.3). */
const mostPressing = (one: Item, other: Item): number =>
  Number(other.green) - Number(one.green) ||
  compare(one.dueAt ?? LAST, other.dueAt ?? LAST) ||
  compare(one.ticketId, other.ticketId);
/** Sorts after every instant. */
const LAST = '~';
const compare = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);

const countsOf = (items: readonly Item[]) => {
  const of = (colour: BoardColour) => items.filter((item) => item.colour === colour).length;
  return {
    tickets: items.length,
    overdue: of('RED'),
    warned: of('AMBER'),
    inTime: of('GREEN'),
    open: of('NONE'),
  };
};
/** Department × state. */
const cellsOf = (items: readonly Item[]) => {
  const cells = new Map<string, Item[]>();
  for (const item of items) {
    const name = JSON.stringify([item.department, item.state]);
    cells.set(name, [...(cells.get(name) ?? []), item]);
  }
  return [...cells]
    .sort(([one], [other]) => compare(one, other))
    .map(([, its]) => ({ department: its[0]?.department, state: its[0]?.state, ...countsOf(its) }));
};
