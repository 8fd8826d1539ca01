import { stateOf, type Aggregate } from '@rapport/kernel';
import { customer } from '../customer/customer.decider';
import { rulebook } from '../sla/sla.rulebook';
import { slaClocksStanding } from '../sla/slaclocks.state';
import { value } from '../value/value.decider';
import { analysis } from './ticket.analysis';
import { askForNumber, askForPromises, closure } from './ticket.closure';
import { deviation } from './ticket.deviation';
import { execution } from './ticket.execution';
import { greenChannel, throughGreenChannel } from './ticket.greenchannel';
import { intake } from './ticket.intake';
import { commands, events } from './ticket.language';
import { links } from './ticket.links';
import { phases } from './ticket.phases';
import { priority } from './ticket.priority';
import { progress } from './ticket.progress';
import { responsibility } from './ticket.responsibility';
import { evolve, type Known, type Ticket } from './ticket.state';
import { strategy } from './ticket.strategy';
import { taskForce } from './ticket.taskforce';
import { tasks } from './ticket.tasks';
import { voice } from './ticket.voice';

export type { Ticket } from './ticket.state';

const idOf = (of: Ticket): string => (of.stage === 'unregistered' ? '' : of.of.customerId);
const itsCustomer = (of: Ticket) => ({ customer: stateOf(customer, idOf(of)) });
const itsWorth = (of: Ticket) => ({ value: stateOf(value, idOf(of)) });
const theLaw = () => ({ rulebook });
const itsDeadlines = (_: Ticket, { ticketId }: { readonly ticketId: string }) => ({
  ...{ rulebook, clocks: stateOf(slaClocksStanding, ticketId) },
});

/** A customer's need from the moment it is raised until it is closed (SYS-12 to SYS-19). */
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
    AssignTicketOwner: itsCustomer,
    RecordFirstResponse: itsCustomer,
    HoldCoordinationMeeting: theLaw,
    AssignDepartmentTask: theLaw,
    DeclineDepartmentTask: theLaw,
    AnalyseTicket: itsCustomer,
    ReviseAnalysis: itsCustomer,
    PrioritiseTicket: (of) => ({ ...itsCustomer(of), ...itsWorth(of), rulebook }),
    OverridePriority: (of) => ({ ...itsCustomer(of), rulebook }),
    ScheduleTicketInPlan: itsCustomer,
    SetCommunicationStrategy: (of, it) => ({ ...itsCustomer(of), ...itsWorth(of), ...itsDeadlines(of, it) }),
    ReviseCommunicationStrategy: (of, it) => ({
      ...itsCustomer(of),
      ...itsWorth(of),
      ...itsDeadlines(of, it),
    }),
    IssueRevisedPlan: itsCustomer,
    FormTaskForce: (of) => ({ ...itsCustomer(of), ...itsWorth(of) }),
    ChangeTaskForce: (of) => ({ ...itsCustomer(of), ...itsWorth(of) }),
  },
  decide: {
    ...{ ...intake, ...links, ...analysis, ...priority, ...strategy, ...execution, ...closure },
    ...{ ...progress, ...greenChannel, ...taskForce },
    ...{ ...voice, ...tasks, ...responsibility, ...deviation, ...phases },
    ...throughGreenChannel({ ...priority, ...closure, ...intake }),
  },
};
