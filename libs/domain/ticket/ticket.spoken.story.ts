import { hydrate } from '@rapport/kernel';
import { NOTHING_PUBLISHED } from '../sla/sla.story';
import { NO_CLOCKS } from '../sla/slaclocks.state';
import * as a from './ticket.analysis.events';
import * as t from './ticket.events';
import * as c from './ticket.strategy.commands';
import * as e from './ticket.strategy.events';
import { type KeyNode, WantedNode, WantedScriptPoint } from './ticket.strategy.values';

/** WE-01: raised on Friday 1 March 2024 at 17:00 in Shanghai; the strategy is set on Saturday at noon. */
export const raisedAt = '2024-03-01T09:00:00.000Z';
export const NOW = '2024-03-02T04:00:00.000Z';
export const SLA_DUE = '2024-03-02T09:00:00.000Z';
export const TUESDAY_18 = '2024-03-05T10:00:00.000Z';

export const lin = { name: 'Lin', phone: '1', email: 'lin@a.cn', roles: [], influence: 1, active: true };
export const customerOf = (profile: object, contacts: object = { lin }) => ({
  ...{ stage: 'known', profile: { ZONE: 'Asia/Shanghai', GRADE: 'REGULAR', ...profile }, contacts },
});
export const value = { tier: 'STANDARD', months: [], scoredTier: 'STANDARD' };
const deadlines = { rulebook: NOTHING_PUBLISHED, clocks: NO_CLOCKS };
export const vip = { customer: customerOf({ GRADE: 'VIP' }), value, ...deadlines };
export const regular = { customer: customerOf({}), value, ...deadlines };

export const of = {
  ticketId: 't-1',
  customerId: 'c-1',
  type: 'FUNCTIONAL',
  urgency: 'IMPORTANT',
  raisedAt,
} as const;
export const told = {
  channel: 'EMAIL',
  verbatim: 'export all orders',
  collectorId: 'sam',
  contactId: 'lin',
} as const;
export const registeredAs = (changes: Partial<t.TicketRegistered> = {}) =>
  t.TicketRegistered.of({ ...of, ...told, isEnquiry: false, isComplex: false, ...changes }, raisedAt);
export const registered = registeredAs();
export const analysed = a.TicketAnalysed.of({
  ...{ ...of, version: 1, verdict: 'PARTIAL', inScope: true, matchesIndustryNorm: true, operable: false },
  ...{ suggestionCode: 'NEEDS_COORDINATION', suggestionText: 'x', alternativeRequired: true },
  ...{ noAlternative: false, resources: { people: [], budget: { minor: 0, currency: 'CNY' } } },
  ...{ responsibleDepartment: 'RND', analystId: 'uma', analysedOn: '2024-03-02', isComplex: false },
  mustBeTold: true,
});
export const owned = t.TicketOwnerAssigned.of({ ...of, to: 'mia', reassignment: false });

export const wish = (data: WantedNode) => hydrate(WantedNode, data);
export const point = (part: WantedScriptPoint['part'], text: string) =>
  hydrate(WantedScriptPoint, { part, text });
export const evaluation = { content: 'report technical evaluation', agreedWithCustomer: true };
export const risk = {
  ...{ riskTrigger: 'insists on the first wish', riskAction: 'a detailed development plan' },
  riskDepartment: 'TECHNICAL',
} as const;
export const wanted: c.SetCommunicationStrategy = {
  ...{ ticketId: 't-1', goals: ['CONFIRM_DETAILS', 'TELL_DEVELOPMENT_CYCLE'], modes: ['PHONE', 'EMAIL'] },
  ...{ firstResponseDue: SLA_DUE, ownerId: 'mia', ownerCapacity: 'ACCOUNT_MANAGER' },
  keyNodes: [wish({ dueOn: '2024-03-05', ...evaluation })],
  scriptPoints: [
    ...[point('OPENING', 'good day'), point('CORE', 'two to three weeks'), point('CORE', 'a template now')],
    point('CLOSING', 'does that work?'),
  ],
  ...{ nextAction: 'report the evaluation', nextActionAt: TUESDAY_18, ...risk },
};
export const set = (changes: Partial<c.SetCommunicationStrategy> = {}) =>
  c.SetCommunicationStrategy.of({ ...wanted, ...changes });
export const lacking = (...fields: (keyof c.SetCommunicationStrategy)[]) =>
  c.SetCommunicationStrategy.of(
    Object.fromEntries(
      Object.entries(wanted).filter(([name]) => !fields.includes(name as (typeof fields)[number])),
    ) as unknown as c.SetCommunicationStrategy,
  );

export const n1: KeyNode = { nodeId: 'n1', dueAt: TUESDAY_18, ...evaluation };
export const stored: e.CommunicationStrategySet = {
  ...{ ...of, version: 1, goals: wanted.goals, modes: wanted.modes, contactId: 'lin' },
  ...{ firstResponseDue: SLA_DUE, keyNodes: [n1], ownerId: 'mia', ownerCapacity: 'ACCOUNT_MANAGER' },
  ...{ adHoc: true, openingWords: 'good day', coreWords: 'two to three weeks\na template now' },
  ...{ closingWords: 'does that work?', nextAction: 'report the evaluation', nextActionAt: TUESDAY_18 },
  ...risk,
};
export const strategySet = e.CommunicationStrategySet.of(stored);
