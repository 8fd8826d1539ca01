import { LeadTicketByType } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { IMPORTING_ROLES, type TicketType } from '@rapport/domain/values';
import { policy, type RecordedEvent } from '@rapport/kernel';

/**
 * One department faces the customer from the beginning: that of the type, until somebody chooses another (SYS-17.1).
 * What was imported is history: who led it is for the system it came from to say.
 */
export const whenTicketClassifiedThenLeadByType = policy(events, {
  name: 'when-ticket-classified-then-lead-by-type',
  about: 'lets every ticket be led by the department of its type, as long as nobody chose another',
  key: 'ticketId',
}).on({
  TicketRegistered: (_, { ticketId, type }, event) => ledBy(ticketId, type, event),
  TicketClassified: (_, { ticketId, to }, event) => ledBy(ticketId, to, event),
});

const ledBy = (ticketId: string, type: TicketType | undefined, { meta }: RecordedEvent) =>
  type === undefined || IMPORTING_ROLES.includes(meta.actorRole)
    ? undefined
    : { send: [LeadTicketByType.of({ ticketId })] };
