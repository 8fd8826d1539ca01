import * as ticketCommands from './ticket.commands';
import * as ticketEvents from './ticket.events';

/** All that may happen to a ticket, topic by topic. */
export const events = { ...ticketEvents };
/** All that may be wanted of it. */
export const commands = { ...ticketCommands };
