import * as ticketCommands from './ticket.commands';
import * as deviationCommands from './ticket.deviation.commands';
import * as deviationEvents from './ticket.deviation.events';
import * as ticketEvents from './ticket.events';
import * as taskCommands from './ticket.tasks.commands';
import * as taskEvents from './ticket.tasks.events';

/** All that may happen to a ticket, topic by topic. */
export const events = { ...ticketEvents, ...taskEvents, ...deviationEvents };
/** All that may be wanted of it. */
export const commands = { ...ticketCommands, ...taskCommands, ...deviationCommands };
