import { CustomerGrade, Quadrant } from '@rapport/domain/values';
import {
  Count,
  Id,
  OneOf,
  Optional,
  pagesOf,
  question,
  type Condition,
  type Row,
  type RowReader,
} from '@rapport/kernel';
import { departmentTaskBoard } from '../departments/department-task-board.projection';
import { BoardColour, cellsOf, colourOf, countsOf, mostPressing, type BoardItem } from './board';
import { progressItems } from './progress-items.projection';

class ProgressBoardParams {
  @Optional() @Id() customerId?: string;
  /** Of the customer, at intake. */
  @Optional() @OneOf(CustomerGrade) grade?: CustomerGrade;
  @Optional() @OneOf(Quadrant) quadrant?: Quadrant;
  @Optional() @Id() department?: string;
  @Optional() @Id() ownerId?: string;
  @Optional() @OneOf(BoardColour) colour?: BoardColour;
  /** Tickets, and tasks, that are listed; 100 if nothing is said. All are counted. */
  @Optional() @Count(0, 1_000) limit?: number;
}
const LIMIT = 100;
/** Tasks that somebody still has to do something about. */
const OPEN_TASKS = ['ASSIGNED', 'ACCEPTED', 'DISPUTED'];

/**
 * The state of all work, as it is at this moment: open tickets, and the tasks of departments. What is overdue is so by the
 * clock, whether or not anybody has noted it (SYS-62.1, R-22).
 */
export const progressBoard = question({
  name: 'progress-board',
  about:
    'How many tickets and tasks lie in which department and state, what is overdue, and which come first?',
  params: ProgressBoardParams,
  reads: [progressItems, departmentTaskBoard],
  answer: async ({ colour, limit = LIMIT, ...only }, { rows, now }) => {
    const shown = ({ colour: of }: BoardItem): boolean => colour === undefined || of === colour;
    const tickets: BoardItem[] = [];
    for await (const page of pagesOf(rows, progressItems.table, sameAs(only)))
      tickets.push(...page.map((row) => ticketIn(row, now)).filter(shown));
    const tasks = (await tasksLike(rows, only, now)).filter(shown);
    return { asOf: now, tickets: boardOf(tickets, limit), tasks: boardOf(tasks, limit) };
  },
});

const boardOf = (items: BoardItem[], limit: number) => ({
  ...{ ...countsOf(items), cells: cellsOf(items) },
  items: items.sort(mostPressing).slice(0, limit),
});

const sameAs = (only: object): readonly Condition[] =>
  Object.entries(only)
    .filter(([, value]) => value !== undefined)
    .map(([column, value]) => [column, '=', value as string] as Condition);

const ticketIn = (
  { waited: _, force: __, solved: ___, calls: ____, ...row }: Row,
  now: string,
): BoardItem => ({
  ...{ ...row, ticketId: row.key, state: String(row['state']), green: row['green'] === true },
  department: String(row['department'] ?? 'UNASSIGNED'),
  ...timed(row['dueAt'], row['warnAt'], now),
});
const timed = (due: unknown, warn: unknown, now: string) => {
  const [dueAt, warnAt] = [due as string | null, warn as string | null];
  return { dueAt, colour: colourOf(dueAt, warnAt, now) };
};

type Only = Omit<ProgressBoardParams, 'colour' | 'limit'>;
/** Open tasks of tickets that are so; the ticket says whose it is, how pressing, and who answers for it. */
const tasksLike = async (rows: RowReader, only: Only, now: string): Promise<BoardItem[]> => {
  const { customerId, department, ...ofTicket } = only;
  const where = [['state', 'in', OPEN_TASKS] as const, ...sameAs({ customerId, department })];
  const found: BoardItem[] = [];
  for await (const page of pagesOf(rows, departmentTaskBoard.table, where)) {
    const ids = [...new Set(page.map((task) => String(task['ticketId'])))];
    const tickets = new Map((await rows.load(progressItems.table, ids)).map((row) => [row.key, row]));
    for (const task of page) {
      const ticket = tickets.get(String(task['ticketId']));
      if (ticket && isSo(ticket, ofTicket)) found.push(taskIn(task, ticket, now));
    }
  }
  return found;
};
const isSo = (ticket: Row, wanted: object): boolean =>
  Object.entries(wanted).every(([column, value]) => value === undefined || ticket[column] === value);
const taskIn = (task: Row, ticket: Row, now: string): BoardItem => ({
  ...{ key: task.key, ticketId: task['ticketId'], taskId: task['taskId'], customerId: task['customerId'] },
  ...{ duty: task['duty'], waitsFor: task['waitsFor'], workDueAt: task['dueAt'], ownerId: ticket['ownerId'] },
  ...{
    department: String(task['department']),
    state: String(task['state']),
    green: ticket['green'] === true,
  },
  ...timed(task['waitsUntil'], null, now),
});
