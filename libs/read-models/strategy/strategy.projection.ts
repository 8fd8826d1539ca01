import * as events from '@rapport/domain/events';
import type {
  CommunicationGoal,
  CommunicationMode,
  Department,
  KeyNode,
  OwnerCapacity,
  ScriptUse,
  TicketType,
  Urgency,
} from '@rapport/domain/values';
import { flag, howMany, instant, integer, json, maybe, projection, text } from '@rapport/kernel';

interface Versioned {
  readonly ticketId: string;
  readonly version: number;
}
/** `t-1|2` */
export const strategyKey = ({ ticketId, version }: Versioned): string => `${ticketId}|${version}`;

/** Every version of every communication strategy. What is to be said stays in the event: it may name people. */
export const strategy = projection(events, {
  name: 'strategy',
  version: 1,
  about:
    'How is the customer of a ticket talked to, version by version: what for, which way, when and by whom?',
  // prettier-ignore
  columns: {
    ticketId: text().says('The ticket that is talked about (SYS-15.1)'),
    customerId: text().says('Whose ticket it is (SYS-15.1)'),
    version: integer(1).says('1 at first, one more with each revision (SYS-15.7)', 'ordinal'),
    current: flag().says('The one that holds; all others have been revised (SYS-15.7)'),
    type: maybe(text<TicketType>('SERVICE')).says('FUNCTIONAL, SERVICE, COMPLAINT or COOPERATION; null: to be classified (R-41)'),
    urgency: text<Urgency>('ROUTINE').says('URGENT, IMPORTANT or ROUTINE when it was settled (R-42)'),
    goals: json<readonly CommunicationGoal[]>([]).says('What talking is to reach, such as CONFIRM_DETAILS (SYS-15.1)'),
    modes: json<readonly CommunicationMode[]>([]).says('The ways to talk, such as PHONE and EMAIL (SYS-15.2)'),
    contactId: maybe(text()).says('Whom it is for; null: nobody in particular (SYS-15.1)'),
    firstResponseDue: maybe(instant()).says('Until when the customer hears from us first; null: has heard already (SYS-15.3)'),
    keyNodes: json<readonly KeyNode[]>([]).says('Times for a contact, passed and to come, and what for (SYS-15.4)'),
    nodesAgreed: howMany().says('Those that the customer agreed to: they replace the cadence (C-07)'),
    ownerId: text().says('Who answers to the customer (SYS-15.2)'),
    ownerCapacity: text<OwnerCapacity>('OTHER').says('ACCOUNT_MANAGER, HEAD_DELEGATE or OTHER (SYS-15.2)'),
    scripts: json<readonly ScriptUse[]>([]).says('What is said by a script of the library, part by part (SYS-15.8)'),
    adHoc: flag().says('Some words were written for this ticket alone and nobody has checked them (SYS-15.8)'),
    nextActionAt: instant().says('Until when what closes the talk is done (SYS-15)'),
    riskPlanned: flag().says('It says what is done if the customer is not content (SYS-15.5)'),
    riskDepartment: maybe(text<Department>('RND')).says('Who acts then; null: the owner, or there is no such plan (SYS-15.5)'),
    riskTriggeredAt: maybe(instant()).says('When that came about; null: it did not (SYS-15.5)'),
    nodesMoved: howMany().says('Running nodes that got another time with this version (SYS-15.7)'),
    nodesDropped: howMany().says('Running nodes that were given up with this version (SYS-15.7)'),
    settledAt: instant().says('When this version was settled (SYS-15.7)'),
  },
  indexes: [['ticketId'], ['customerId'], ['ownerId', 'current']],
  history: true,
  key: 'ticketId',
  per: 'version of the communication strategy of a ticket',
  keys: {
    CommunicationStrategySet: (data) => [strategyKey(data)],
    CommunicationStrategyRevised: ({ ticketId, version }) => [
      strategyKey({ ticketId, version: version - 1 }),
      strategyKey({ ticketId, version }),
    ],
    RiskPlanTriggered: (data) => [strategyKey(data)],
  },
}).on({
  CommunicationStrategySet: (_, data, { occurredAt }) => settled(data, occurredAt),
  CommunicationStrategyRevised: ({ key }, data, { occurredAt }) =>
    key === strategyKey(data)
      ? {
          ...settled(data, occurredAt),
          ...{ nodesMoved: data.movedNodes.length, nodesDropped: data.droppedNodeIds.length },
        }
      : { current: false },
  RiskPlanTriggered: (_, { triggeredAt: riskTriggeredAt }) => ({ riskTriggeredAt }),
});

const settled = (data: Readonly<events.CommunicationStrategySet>, settledAt: string) => {
  const { ticketId, customerId, version, type = null, urgency, goals, modes, ownerId, ownerCapacity } = data;
  const { contactId = null, firstResponseDue = null, keyNodes, scripts = [], adHoc, nextActionAt } = data;
  return {
    ...{ ticketId, customerId, version, current: true, type, urgency, goals, modes, contactId },
    ...{ firstResponseDue, keyNodes, ownerId, ownerCapacity, scripts, adHoc, nextActionAt, settledAt },
    nodesAgreed: keyNodes.filter(({ agreedWithCustomer }) => agreedWithCustomer).length,
    ...{ riskPlanned: data.riskAction !== undefined, riskDepartment: data.riskDepartment ?? null },
  };
};
