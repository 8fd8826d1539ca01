import * as events from '@rapport/domain/events';
import { flag, howMany, instant, integer, projection, text } from '@rapport/kernel';

const keyOf = (ticketId: string, nodeId: string): string => `${ticketId}|${nodeId}`;

/** The times that were set for a contact with a customer, one by one. One that is given up goes. */
export const upcomingNodes = projection(events, {
  name: 'upcoming-nodes',
  version: 1,
  about: 'When is which customer to be talked to next, what about, and by whom?',
  // prettier-ignore
  columns: {
    ticketId: text().says('The ticket that is talked about (SYS-15.4)'),
    customerId: text().says('Whose ticket it is (SYS-15.4)'),
    nodeId: text().says('Its name within the ticket, such as n1: it keeps it when it is moved (SYS-15.7)'),
    dueAt: instant().says('The time for the contact; where only a day was named, 18:00 of it (SYS-15.4)'),
    content: text().says('What it is for (SYS-15.4)'),
    agreed: flag().says('The customer agreed to it: it replaces the cadence until then (C-07)'),
    ownerId: text().says('Who talks to the customer (SYS-15.2)'),
    firstDueAt: instant().says('The time it was set for at first (SYS-15.7)'),
    moves: howMany().says('How often it got another time (SYS-15.7)'),
    version: integer(1).says('The version of the strategy that says so (SYS-15.7)', 'ordinal'),
  },
  indexes: [['dueAt'], ['ownerId', 'dueAt'], ['ticketId', 'dueAt']],
  history: true,
  key: 'ticketId',
  per: 'key node of a ticket',
  keys: {
    CommunicationStrategySet: ({ ticketId, keyNodes }) =>
      keyNodes.map(({ nodeId }) => keyOf(ticketId, nodeId)),
    CommunicationStrategyRevised: ({ ticketId, keyNodes, droppedNodeIds }) =>
      [...keyNodes.map(({ nodeId }) => nodeId), ...droppedNodeIds].map((nodeId) => keyOf(ticketId, nodeId)),
  },
}).on({
  CommunicationStrategySet: ({ key }, data) => nodeOf(key, data),
  CommunicationStrategyRevised: ({ key, firstDueAt, moves }, data) => {
    const node = nodeOf(key, data);
    if (!node) return null;
    const moved = data.movedNodes.some(({ nodeId }) => nodeId === node.nodeId);
    return { ...node, firstDueAt: firstDueAt || node.dueAt, moves: moved ? moves + 1 : moves };
  },
});

/** The node that a row stands for, as a strategy has it; null: it has been given up. */
const nodeOf = (key: string, data: Readonly<events.CommunicationStrategySet>) => {
  const { ticketId, customerId, keyNodes, ownerId, version } = data;
  const node = keyNodes.find(({ nodeId }) => keyOf(ticketId, nodeId) === key);
  if (!node) return null;
  const { nodeId, dueAt, content, agreedWithCustomer: agreed } = node;
  return { ticketId, customerId, nodeId, dueAt, content, agreed, ownerId, firstDueAt: dueAt, version };
};
