import {
  AssignLeadDepartment,
  AssignTicketOwner,
  ChangeTicketUrgency,
  CloseUnconfirmed,
  DeliverSolution,
  RecordExecutionStep,
  RecordFirstResponse,
  ReopenTicket,
  ResumeTicket,
  WaitForCustomer,
} from '@rapport/domain/commands';
import type { Urgency } from '@rapport/domain/values';
import { laterOf } from './fields';
import type { Notes, Wanted } from './import';
import type { IncidentRow } from './incidents.import';

export interface IncidentTicket {
  readonly ticketId: string;
  readonly lane: string;
  readonly openedAt: string;
}
/** A ticket as the rows so far leave it. */
interface Story {
  readonly ticketId: string;
  /** Which of its rows is being told, from 1. */
  row: number;
  /** Business time never goes backwards within a ticket. */
  at: string;
  state: IncidentRow['state'];
  urgency: Urgency;
  priority: number;
  group: string;
  assignee: string;
  reassignments: number;
  reopens: number;
  responded: boolean;
  solved: boolean;
}
type Change = (
  story: Story,
  row: IncidentRow,
  next: IncidentRow | undefined,
  notes: Notes,
) => readonly object[];

const NOBODY = 'unknown';

/** What the rows of one ticket say that the rows before did not: counters first, then who, then where it stands. */
export const changesOf = (
  { ticketId, lane, openedAt }: IncidentTicket,
  rows: readonly IncidentRow[],
  notes: Notes,
): readonly Wanted[] => {
  const story = storyOf(ticketId, openedAt, rows);
  return rows.flatMap((row, n) => {
    const next = rows[n + 1];
    story.row = n + 1;
    const at = closes(row, next) ? (row.closedAt ?? row.updatedAt) : row.updatedAt;
    if (at < story.at && story.at !== openedAt)
      notes.find('rows out of order in time: they count from the row before');
    story.at = laterOf(at, story.at);
    const commands = CHANGES.flatMap((change) => change(story, row, next, notes));
    if (commands.length === 0)
      notes.skip('changes nothing that is known here (no state, group, person, priority, counter)');
    const actorId = `incidents-agent-${row.updatedBy}`;
    const { at: now } = story;
    return commands.map((command, k) => ({
      at: now,
      lane,
      actorId,
      command,
      seed: `${ticketId}/${story.row}/${k + 1}`,
    }));
  });
};

const storyOf = (ticketId: string, at: string, [first]: readonly IncidentRow[]): Story => ({
  ...{ ticketId, row: 0, at, state: 'New', group: NOBODY, assignee: NOBODY },
  ...{ urgency: first?.urgency ?? 'ROUTINE', priority: first?.priority ?? 4 },
  ...{ reassignments: 0, reopens: 0, responded: false, solved: false },
});

/** A ticket closes at the last of a run of Closed rows, unless it is reopened after it: then that was an end too. */
const closes = (row: IncidentRow, next: IncidentRow | undefined): boolean =>
  row.state === 'Closed' && next?.state !== 'Closed';

/** A counter that grew by two means two reopenings: between them the ticket must have been solved. */
const reopenings: Change = (story, row, _, notes) => {
  const commands: object[] = [];
  for (; story.reopens < row.reopens; story.reopens++) {
    if (!story.solved) {
      notes.find('solutions between two reopenings that the rows do not show');
      commands.push(solution(story, 'solved before it was reopened (implied by reopen_count)'));
    }
    commands.push(
      ReopenTicket.of({ ticketId: story.ticketId, reason: `reopen_count became ${story.reopens + 1}` }),
    );
    story.solved = false;
    story.state = 'Active';
  }
  return commands;
};

const weight: Change = (story, { urgency, priority }) => {
  if (urgency === story.urgency && priority === story.priority) return [];
  Object.assign(story, { urgency, priority });
  const reason = 'urgency or priority changed in the source';
  return [ChangeTicketUrgency.of({ ticketId: story.ticketId, urgency, priority, reason })];
};

/** The source counts the reassignments: as many as it counted, with the group of the row. */
const group: Change = (story, row, _, notes) => {
  const { ticketId } = story;
  const department = `incidents-group-${row.group}`;
  const counted = row.reassignments - story.reassignments;
  const moved = row.group !== story.group;
  const first = story.group === NOBODY && story.reassignments === 0;
  Object.assign(story, { group: row.group, reassignments: row.reassignments });
  if (counted > 0)
    return Array.from({ length: counted }, () =>
      AssignLeadDepartment.of({ ticketId, department, sourceReassignment: true }),
    );
  if (moved && first) return [AssignLeadDepartment.of({ ticketId, department })];
  if (moved) notes.find('changes of the group that reassignment_count did not count: not repeated');
  return [];
};

const person: Change = (story, { assignee }, _, notes) => {
  if (assignee === story.assignee) return [];
  if (assignee === NOBODY) notes.find('rows that take the person away: the ticket keeps its owner');
  if (assignee === NOBODY) return [];
  story.assignee = assignee;
  return [AssignTicketOwner.of({ ticketId: story.ticketId, ownerId: `incidents-agent-${assignee}` })];
};

/** The first state that is not New is the first response. */
const response: Change = (story, { state, updatedBy }) => {
  if (story.responded || state === 'New') return [];
  story.responded = true;
  if (story.state === 'New' && state === 'Active') story.state = 'Active';
  const responderId = `incidents-agent-${updatedBy}`;
  const direction = `${state} in the source`;
  return [
    RecordFirstResponse.of({ ticketId: story.ticketId, respondedAt: story.at, direction, responderId }),
  ];
};

const state: Change = (story, row, next, notes) => {
  const from = story.state;
  if (row.state === 'Closed') return closing(story, row, next, notes);
  if (row.state === from) return [];
  story.state = row.state;
  if (row.state === 'Resolved') return story.solved ? [] : [solution(story, 'Resolved in the source')];
  const { ticketId } = story;
  if (row.state === 'Awaiting User Info')
    return [WaitForCustomer.of({ ticketId, question: WAITING, interactionId: questionIn(story) })];
  if (from === 'Awaiting User Info' && row.state === 'Active') return [ResumeTicket.of({ ticketId })];
  const resumed = from === 'Awaiting User Info' ? [ResumeTicket.of({ ticketId })] : [];
  return [...resumed, step(story, row)];
};

/** The source's own record that somebody was asked: without one a wait would stop no clock, and it did there. */
const questionIn = ({ ticketId, row }: Story): string => `${ticketId}-row-${row}`;
const WAITING = 'Awaiting user info in the source';

const closing = (
  story: Story,
  row: IncidentRow,
  next: IncidentRow | undefined,
  notes: Notes,
): readonly object[] => {
  if (!closes(row, next)) {
    notes.find('Closed rows with a later one: the ticket closes at the last');
    return [];
  }
  if (next) notes.find('Closed rows after which the ticket was reopened');
  const verdict = next ? {} : { sourceVerdict: row.madeSla ? ('MET' as const) : ('MISSED' as const) };
  Object.assign(story, { state: 'Closed', solved: true });
  return [CloseUnconfirmed.of({ ticketId: story.ticketId, ...verdict })];
};

const solution = (story: Story, text: string): object => {
  story.solved = true;
  return DeliverSolution.of({ ticketId: story.ticketId, solution: text, deliveredAt: story.at });
};

const step = ({ ticketId, at }: Story, row: IncidentRow): object =>
  RecordExecutionStep.of({
    ...{ ticketId, stage: row.state, executedAt: at, executorId: `incidents-agent-${row.updatedBy}` },
    ...{ progress: `${row.state} in the source`, nextNode: row.state === 'Active' ? 'Resolved' : 'Active' },
  });

const CHANGES: readonly Change[] = [reopenings, weight, group, person, response, state];
