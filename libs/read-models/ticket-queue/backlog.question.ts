import { keptGroups, question, type Group } from '@rapport/kernel';
import { groupedBy, sumOf } from '../figures';
import { ticketBacklog, ticketQueue } from './ticket-queue.projection';

class BacklogParams {}

/** Open tickets, now or then (SYS-62). */
export const backlog = question({
  name: 'backlog',
  about: 'How many tickets are open, by type, urgency, department and state?',
  params: BacklogParams,
  reads: [ticketQueue],
  answer: async (_, { rows, now }) => {
    const groups = await keptGroups(rows, ticketBacklog);
    const by = (column: string) => counts(groups, column);
    return {
      asOf: now,
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
