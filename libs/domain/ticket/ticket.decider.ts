import { stateOf, type Aggregate } from '@rapport/kernel';
import { customer } from '../customer/customer.decider';
import { askForNumber, askForPromises, closure } from './ticket.closure';
import { execution } from './ticket.execution';
import { deviation } from './ticket.deviation';
import { intake } from './ticket.intake';
import { commands, events } from './ticket.language';
import { links } from './ticket.links';
import { phases } from './ticket.phases';
import { responsibility } from './ticket.responsibility';
import { evolve, type Known, type Ticket } from './ticket.state';
import { tasks } from './ticket.tasks';
import { voice } from './ticket.voice';

export type { Ticket } from './ticket.state';

/** A customer's need from the moment it is raised until it is closed (SYS-12, SYS-16 to SYS-19). */
export const ticket: Aggregate<Ticket, typeof events, typeof commands, Known> = {
  name: 'ticket',
  id: 'ticketId',
  events,
  commands,
  initial: { stage: 'unregistered' },
  evolve,
  needs: {
    RegisterTicket: (_, { customerId, splitFrom, recurrenceOf }) => ({
      customer: stateOf(customer, customerId),
      ...(splitFrom !== undefined && { whole: stateOf(ticket, splitFrom) }),
      ...(recurrenceOf !== undefined && { earlier: stateOf(ticket, recurrenceOf) }),
    }),
    SplitTicket: (_, { parts }) => ({
      parts: (streams) => Promise.all(parts.map(({ ticketId }) => streams.stateOf(ticket, ticketId))),
    }),
    CloseTicket: askForPromises,
    CloseUnconfirmed: askForPromises,
    ReopenTicket: askForNumber,
    ArchiveTicket: askForNumber,
  },
  decide: {
    ...{ ...intake, ...links, ...execution, ...closure },
    ...{ ...voice, ...tasks, ...responsibility, ...deviation, ...phases },
  },
};
