import { stateOf, type Aggregate } from '@rapport/kernel';
import { customer } from '../customer/customer.decider';
import { value } from '../value/value.decider';
import { analysis } from './ticket.analysis';
import { askForNumber, closure } from './ticket.closure';
import { greenChannel, throughGreenChannel } from './ticket.greenchannel';
import { taskForce } from './ticket.taskforce';
import { execution } from './ticket.execution';
import { intake } from './ticket.intake';
import { commands, events } from './ticket.language';
import { links } from './ticket.links';
import { progress } from './ticket.progress';
import { priority } from './ticket.priority';
import { evolve, type Known, type Ticket } from './ticket.state';
import { strategy } from './ticket.strategy';

export type { Ticket } from './ticket.state';

const customerIdOf = (of: Ticket): string => (of.stage === 'unregistered' ? '' : of.of.customerId);
const itsCustomer = (of: Ticket) => ({ customer: stateOf(customer, customerIdOf(of)) });
const itsCustomerAndWorth = (of: Ticket) => ({
  ...itsCustomer(of),
  value: stateOf(value, customerIdOf(of)),
});

/** A customer's need from the moment it is raised until it is closed (SYS-12 to SYS-16, SYS-19). */
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
    ReopenTicket: askForNumber,
    ArchiveTicket: askForNumber,
    AnalyseTicket: itsCustomer,
    ReviseAnalysis: itsCustomer,
    PrioritiseTicket: itsCustomerAndWorth,
    OverridePriority: itsCustomer,
    ScheduleTicketInPlan: itsCustomer,
    SetCommunicationStrategy: itsCustomerAndWorth,
    ReviseCommunicationStrategy: itsCustomerAndWorth,
    FormTaskForce: itsCustomerAndWorth,
    ChangeTaskForce: itsCustomerAndWorth,
  },
  decide: {
    ...{ ...intake, ...links, ...analysis, ...priority, ...strategy, ...execution, ...closure },
    ...{
      ...progress,
      ...greenChannel,
      ...taskForce,
      ...throughGreenChannel({ ...priority, ...closure, ...intake }),
    },
  },
};
