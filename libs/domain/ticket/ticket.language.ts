import * as analysisCommands from './ticket.analysis.commands';
import * as analysisEvents from './ticket.analysis.events';
import * as ticketCommands from './ticket.commands';
import * as deviationCommands from './ticket.deviation.commands';
import * as deviationEvents from './ticket.deviation.events';
import * as ticketEvents from './ticket.events';
import * as greenCommands from './ticket.greenchannel.commands';
import * as greenEvents from './ticket.greenchannel.events';
import * as priorityCommands from './ticket.priority.commands';
import * as priorityEvents from './ticket.priority.events';
import * as progressCommands from './ticket.progress.commands';
import * as progressEvents from './ticket.progress.events';
import * as strategyCommands from './ticket.strategy.commands';
import * as strategyEvents from './ticket.strategy.events';
import * as taskCommands from './ticket.tasks.commands';
import * as taskEvents from './ticket.tasks.events';

/** All that may happen to a ticket, topic by topic. */
export const events = {
  ...ticketEvents,
  ...analysisEvents,
  ...priorityEvents,
  ...strategyEvents,
  ...taskEvents,
  ...deviationEvents,
  ...greenEvents,
  ...progressEvents,
};
/** All that may be wanted of it. */
export const commands = {
  ...ticketCommands,
  ...analysisCommands,
  ...priorityCommands,
  ...strategyCommands,
  ...taskCommands,
  ...deviationCommands,
  ...greenCommands,
  ...progressCommands,
};
