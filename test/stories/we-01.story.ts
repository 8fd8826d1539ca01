import * as c from '@rapport/domain/commands';
import { PeopleNeeded, ToldResources, WantedNode, WantedScriptPoint } from '@rapport/domain/values';
import { hydrate, type Actor } from '@rapport/kernel';
import { Stage, type Happened } from '../support/stage';

/** A day of March 2024 by the clock in Shanghai: `on('01', '17:00')`. */
export const on = (day: string, time: string): string =>
  new Date(`2024-03-${day}T${time}+08:00`).toISOString();
export const S: Actor = { id: 's', role: 'SERVICE_SPECIALIST' };
export const U: Actor = { id: 'u', role: 'SUPERVISOR' };
export const M: Actor = { id: 'm', role: 'ACCOUNT_MANAGER' };
export const [ticketId, customerId] = ['t-01', 'c-a'];
export const HOUR = 3_600_000;
/** Those of one moment. */
export const of =
  (wanted: string) =>
  ({ moment }: { readonly moment: string }): boolean =>
    moment === wanted;

/** WE-01: customer A, manufacturing, VIP unless it is said, with a contact; the order exists. */
export const customerA = async (grade: 'VIP' | 'REGULAR' = 'VIP'): Promise<Stage> => {
  const stage = await new Stage().at(on('01', '17:00'));
  const customer = { customerId, name: 'A公司', industry: '制造业', source: 'SALES_HANDOVER' } as const;
  await stage.wants(S, c.RegisterCustomer.of({ ...customer, zone: 'Asia/Shanghai', grade }));
  const reached = { phone: '1', email: 'l@a.cn' };
  const contact = {
    customerId,
    contactId: 'lin',
    name: '林总',
    roles: ['DECISION_MAKER'],
    ...reached,
  } as const;
  await stage.wants(S, c.AddContact.of(contact));
  return stage;
};
/** 1. S takes the need in. */
export const registers = (stage: Stage, more: Partial<c.RegisterTicket> = {}): Promise<Happened> => {
  const need = { ticketId, customerId, contactId: 'lin', type: 'FUNCTIONAL', urgency: 'IMPORTANT' } as const;
  const said = { channel: 'EMAIL', verbatim: '想批量导出订单数据', collectorId: 's' } as const;
  const order = { orderNumbers: ['ORD20240228'], raisedAt: on('01', '17:00') };
  return stage.wants(S, c.RegisterTicket.of({ ...need, ...said, ...order, ...more }));
};
/** 2. U weighs it. */
export const analysis = c.AnalyseTicket.of({
  ...{ ticketId, verdict: 'PARTIAL', inScope: true, matchesIndustryNorm: true, operable: false },
  ...{ reason: 'needs development', suggestionCode: 'NEEDS_COORDINATION', suggestionText: 'coordinate' },
  ...{ alternative: 'a spreadsheet template', responsibleDepartment: 'RND', analystId: 'u' },
  resources: hydrate(ToldResources, {
    people: [
      hydrate(PeopleNeeded, { department: 'TECHNICAL', people: 2 }),
      hydrate(PeopleNeeded, { department: 'PRODUCT', people: 1 }),
    ],
  }),
  analysedOn: '2024-03-02',
});
/** 3. … and ranks it. */
export const ranking = c.PrioritiseTicket.of({ ticketId, urgent: false, important: true });
/** 4. How the customer is talked to. */
export const strategy = (agreedWithCustomer: boolean, firstResponseDue = on('02', '17:00')) => {
  const node = { dueOn: '2024-03-05', content: 'report technical evaluation', agreedWithCustomer };
  const words = {
    OPENING: 'good day',
    CORE: 'two to three weeks',
    CLOSING: 'does the template work?',
  } as const;
  return c.SetCommunicationStrategy.of({
    ...{ ticketId, goals: ['CONFIRM_DETAILS', 'TELL_DEVELOPMENT_CYCLE'], modes: ['PHONE', 'EMAIL'] },
    ...{ ownerId: 'm', ownerCapacity: 'ACCOUNT_MANAGER', firstResponseDue },
    keyNodes: [hydrate(WantedNode, node)],
    scriptPoints: Object.entries(words).map(([part, text]) => hydrate(WantedScriptPoint, { part, text })),
    ...{ riskTrigger: 'insists', riskAction: 'a development plan', riskDepartment: 'TECHNICAL' },
    ...{ nextAction: 'report technical evaluation', nextActionAt: on('05', '18:00') },
  });
};
/** 5. The customer hears from us. */
export const answer = (respondedAt = on('02', '14:30')) =>
  c.RecordFirstResponse.of({ ticketId, respondedAt, direction: 'a template first', interactionId: 'call-1' });

/** Steps 1 to 5, for whoever looks at what comes after them. */
export const upToAnswer = async (grade: 'VIP' | 'REGULAR', agreedWithCustomer: boolean): Promise<Stage> => {
  const stage = await customerA(grade);
  await registers(stage);
  await stage.wants(S, c.AssignTicketOwner.of({ ticketId, ownerId: 'm' }));
  await stage.at(on('02', '11:00'));
  for (const command of [analysis, ranking]) await stage.wants(U, command);
  expect(await stage.wants(M, strategy(agreedWithCustomer))).toEqual(['CommunicationStrategySet']);
  await stage.at(on('02', '14:30'));
  await stage.wants(M, answer());
  return stage;
};
