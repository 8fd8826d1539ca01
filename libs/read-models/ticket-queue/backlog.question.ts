import { Instant, Optional, question, type Group } from '@rapport/kernel';
import { groupedBy, groupsAt, sumOf } from '../figures';
import { ticketBacklog, ticketQueue } from './ticket-queue.projection';

class BacklogParams {
  /** A moment of the past. Absent: now. */
  @Optional() @Instant() asOf?: string;
}

/** Open tickets, now or then (SYS-62). */
export const backlog = question({
  name: 'backlog',
  about: 'How many tickets are open, by type, urgency, department and state, now or at a moment of the past?',
  params: BacklogParams,
  reads: [ticketQueue],
  answer: async ({ asOf }, { rows, now }) => {
    const groups = await groupsAt(rows, ticketBacklog, ticketQueue, asOf);
    const by = (column: string) => counts(groups, column);
    return {
      asOf: asOf ?? now,
      open: sumOf(groups, 'rows'),
      ...{
        byType: by('type'),
        byUrgency: by('urgency'),
        byDepartment: by('department'),
        byState: by('state'),
      },
    };
  },
});

const counts = (groups: readonly Group[], column: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    groupedBy(groups, (group) => String(group[column])).map(([name, some]) => [name, sumOf(some, 'rows')]),
  );
