import type * as commands from '@rapport/domain/commands';
import { Edge } from '../support/edge';
import { storyFrom, type Story } from '../support/story';

/** WE-01: Friday 1 March 2024, 17:00 in Shanghai. */
const RAISED = '2024-03-01T09:00:00.000Z';
const SATURDAY_11 = '2024-03-02T03:00:00.000Z';
const SATURDAY_14_30 = '2024-03-02T06:30:00.000Z';
const SATURDAY_17 = '2024-03-02T09:00:00.000Z';
const MONDAY_18 = '2024-03-04T10:00:00.000Z';
const TUESDAY_16 = '2024-03-05T08:00:00.000Z';
const TUESDAY_18 = '2024-03-05T10:00:00.000Z';
const FRIDAY_11 = '2024-03-08T03:00:00.000Z';
const FRIDAY_24 = '2024-03-08T16:00:00.000Z';

const specialist = { id: 'specialist', role: 'SERVICE_SPECIALIST' };
const supervisor = { id: 'supervisor', role: 'SUPERVISOR' };
const manager = { id: 'manager', role: 'ACCOUNT_MANAGER' };
type Who = typeof specialist;

interface Told extends Story {
  readonly edge: Edge;
  /** Sends a command over HTTP and waits for all that follows: the code of the refusal, or `OK`. */
  say(type: keyof typeof commands, body: object, who?: Who): Promise<string>;
  row(question: string, key: string): Promise<Readonly<Record<string, unknown>>>;
  lines(kind: string): Promise<readonly unknown[]>;
  report(name: string): Promise<unknown>;
}

const story = async (): Promise<Told> => {
  const told = await storyFrom(RAISED, specialist);
  const edge = await Edge.of(told.application, {}, false);
  return {
    ...told,
    edge,
    say: async (type, body, who = specialist) => {
      const headers = { 'x-actor-id': who.id, 'x-actor-role': who.role };
      const reply = await edge.post(type, body, headers);
      await told.application.settle();
      return reply.status === 200 ? 'OK' : reply.body.code;
    },
    row: async (question, key) => (await edge.get(`/${question}/${encodeURIComponent(key)}`)).body.data,
    lines: async (kind) =>
      (await edge.get(`/customer-timeline?customerId=c-a&kind=${kind}`)).body.data.map(({ text }) => text),
    report: async (name) => (await edge.get(`/reports/${name}`)).body.data,
  };
};

const ticketId = 't-1';
const risk = {
  ...{ riskTrigger: 'the customer insists on the original wish', riskAction: 'a detailed development plan' },
  riskDepartment: 'TECHNICAL',
};
const assessment = {
  ...{ ticketId, verdict: 'PARTIAL', inScope: true, matchesIndustryNorm: true, operable: false },
  ...{ reason: 'needs development', suggestionCode: 'NEEDS_COORDINATION', suggestionText: 'coordinate' },
  ...{ alternative: 'a spreadsheet template', responsibleDepartment: 'RND', analystId: 'supervisor' },
  analysedOn: '2024-03-02',
  resources: {
    people: [
      { department: 'TECHNICAL', people: 2 },
      { department: 'PRODUCT', people: 1 },
    ],
  },
};
const strategy = {
  ...{ ticketId, goals: ['CONFIRM_DETAILS', 'TELL_DEVELOPMENT_CYCLE'], modes: ['PHONE', 'EMAIL'] },
  firstResponseDue: SATURDAY_17,
  keyNodes: [{ dueOn: '2024-03-05', content: 'report technical evaluation', agreedWithCustomer: true }],
  ...{ ownerId: 'manager', ownerCapacity: 'ACCOUNT_MANAGER', ...risk },
  scriptPoints: [
    { part: 'OPENING', text: 'good day' },
    { part: 'CORE', text: 'two to three weeks of development' },
    { part: 'CLOSING', text: 'does the template work for now?' },
  ],
  ...{ nextAction: 'report technical evaluation', nextActionAt: TUESDAY_18 },
};

describe('WE-01, from the need to the strategy', () => {
  let told: Told;
  beforeEach(async () => {
    told = await story();
    const a = {
      customerId: 'c-a',
      name: 'A公司',
      industry: '制造业',
      source: 'SALES_HANDOVER',
      grade: 'VIP',
    };
    expect(await told.say('RegisterCustomer', a)).toBe('OK');
    const lin = { contactId: 'lin', name: '林总', roles: ['DECISION_MAKER'], phone: '1', email: 'l@a.cn' };
    expect(await told.say('AddContact', { customerId: 'c-a', ...lin })).toBe('OK');
    // Step 1; its clocks are told by SYS-21.
    const need = { ticketId, customerId: 'c-a', contactId: 'lin', type: 'FUNCTIONAL', urgency: 'IMPORTANT' };
    const said = { channel: 'EMAIL', verbatim: '想批量导出订单数据', orderNumbers: ['ORD20240228'] };
    const taken = { collectorId: 'specialist', raisedAt: RAISED };
    expect(await told.say('RegisterTicket', { ...need, ...said, ...taken })).toBe('OK');
  });
  afterEach(() => told.edge.stop());

  /** Steps 2 to 4; that PRODUCT leads is told by SYS-17. */
  const upToStrategy = async (): Promise<void> => {
    await told.at(SATURDAY_11);
    expect(await told.say('AnalyseTicket', assessment, supervisor)).toBe('OK');
    const flags = { ticketId, urgent: false, important: true };
    expect(await told.say('PrioritiseTicket', flags, supervisor)).toBe('OK');
    expect(await told.say('SetCommunicationStrategy', strategy, manager)).toBe('OK');
  };

  it('2. PARTIAL with an alternative: RND works, 2 technical and 1 product are needed', async () => {
    await upToStrategy();
    expect(await told.row('assessment', 't-1|1')).toMatchObject({
      ...{
        verdict: 'PARTIAL',
        suggestion: 'NEEDS_COORDINATION',
        alternativeRequired: true,
        mustBeTold: true,
      },
      responsibleDepartment: 'RND',
    });
    expect(await told.row('ticket-queue', ticketId)).toMatchObject({ priority: 2 });
    expect(await told.report('resource-demand')).toMatchObject({
      people: [
        { department: 'PRODUCT', people: 1 },
        { department: 'TECHNICAL', people: 2 },
      ],
    });
  });

  it('3. important and not urgent: Q2, level 2, to be planned until Monday 18:00', async () => {
    await upToStrategy();
    expect(await told.row('priority-queue', ticketId)).toMatchObject({
      ...{ quadrant: 'Q2', level: 2, handling: 'SPECIAL_PLAN', planBy: MONDAY_18, planKind: null },
    });
    const plan = { ticketId, kind: 'WEEKLY', period: '2024-W10' };
    expect(await told.say('ScheduleTicketInPlan', plan, supervisor)).toBe('OK');
    expect(await told.row('plan-period', ticketId)).toMatchObject({ kind: 'WEEKLY', period: '2024-W10' });
    await told.until('2024-03-06T00:00:00.000Z');
    expect(await told.lines('PlanningOverdue')).toEqual([]);
  });
  it('3. nobody plans it: that is noted just after Monday 18:00, once, also after a sleep, and listed', async () => {
    await upToStrategy();
    await told.until(MONDAY_18);
    expect(await told.lines('PlanningOverdue')).toEqual([]);
    await told.at('2024-03-06T00:00:00.000Z');
    expect(await told.lines('PlanningOverdue')).toEqual([`Ticket t-1: not planned by ${MONDAY_18}`]);
    expect(await told.report('unplanned-tickets')).toMatchObject({
      unplanned: [{ ticketId, overdue: true }],
    });
    const plan = { ticketId, kind: 'SPECIAL', name: 'order export' };
    expect(await told.say('ScheduleTicketInPlan', plan, supervisor)).toBe('OK');
    expect(await told.row('plan-period', ticketId)).toMatchObject({ planName: 'order export', late: true });
    expect(await told.report('unplanned-tickets')).toMatchObject({ unplanned: [] });
  });

  it('4. the strategy is accepted; the node on a day is due at 18:00 of it, and the manager owns the ticket', async () => {
    await upToStrategy();
    expect(await told.row('upcoming-nodes', 't-1|n1')).toMatchObject({ dueAt: TUESDAY_18, agreed: true });
    expect(await told.row('ticket-queue', ticketId)).toMatchObject({ ownerId: 'manager' });
    expect(await told.row('strategy', 't-1|1')).toMatchObject({ current: true, modes: ['PHONE', 'EMAIL'] });
    expect(await told.report(`strategy-proposal?ticketId=${ticketId}`)).toMatchObject({
      ...{ modes: ['PHONE', 'EMAIL'], riskPlan: true, ownerCapacities: ['ACCOUNT_MANAGER', 'HEAD_DELEGATE'] },
    });
  });

  const answered = {
    ticketId,
    respondedAt: SATURDAY_14_30,
    direction: 'a template first',
    interactionId: 'call-1',
    responderId: 'specialist',
  };
  const offer = { ticketId, alternativeId: 'template', alternative: 'a template', offeredAt: TUESDAY_16 };

  it('6. to 8. the template is offered, promised, delivered; new nodes are agreed, the passed one stays', async () => {
    await upToStrategy();
    // Step 5; whether the clock was met is told by SYS-21.
    await told.at(SATURDAY_14_30);
    expect(await told.say('RecordFirstResponse', answered)).toBe('OK');
    await told.at(TUESDAY_16);
    const options = [{ summary: 'development, two to three weeks' }, { summary: 'a template now' }];
    expect(await told.say('PresentPlan', { ticketId, options, presentedAt: TUESDAY_16 }, supervisor)).toBe(
      'OK',
    );
    expect(await told.say('OfferAlternative', offer, supervisor)).toBe('OK');
    const accepted = { ticketId, alternativeId: 'template', answer: 'ACCEPTED', answeredAt: TUESDAY_16 };
    expect(await told.say('RecordAlternativeAnswer', accepted, supervisor)).toBe('OK');
    expect(await told.row('assessment', 't-1|1')).toMatchObject({
      ...{ mustBeTold: false, toldAt: TUESDAY_16, alternativesOffered: 1, lastAnswer: 'ACCEPTED' },
    });

    const promise = {
      commitmentId: 'k-1',
      customerId: 'c-a',
      ticketId,
      kind: 'DELIVERY',
      makerId: 'manager',
    };
    const template = { text: 'the template', channel: 'EMAIL', dueAt: FRIDAY_24, writtenId: 'mail-1' };
    expect(await told.say('MakeCommitment', { ...promise, ...template }, manager)).toBe('OK');
    await told.at(FRIDAY_11);
    expect(await told.say('FulfilCommitment', { commitmentId: 'k-1', evidenceId: 'mail-2' }, manager)).toBe(
      'OK',
    );
    expect(await told.row('commitment-ledger', 'k-1')).toMatchObject({ state: 'KEPT' });

    const progress = { content: 'progress', agreedWithCustomer: true };
    const keyNodes = ['2024-03-15', '2024-03-22'].map((dueOn) => ({ dueOn, ...progress }));
    const revised = { ticketId, reason: 'the template is delivered', keyNodes };
    expect(await told.say('ReviseCommunicationStrategy', revised, manager)).toBe('OK');
    expect(await told.row('strategy', 't-1|1')).toMatchObject({ current: false });
    expect(await told.row('strategy', 't-1|2')).toMatchObject({ current: true, nodesAgreed: 3 });
    expect(await told.row('upcoming-nodes', 't-1|n1')).toMatchObject({ dueAt: TUESDAY_18 });
    expect(await told.report('upcoming-nodes?days=30')).toMatchObject({
      nodes: [
        { nodeId: 'n2', dueAt: '2024-03-15T10:00:00.000Z' },
        { nodeId: 'n3', dueAt: '2024-03-22T10:00:00.000Z' },
      ],
    });
  });

  it('a PARTIAL that nobody told the customer keeps the ticket open', async () => {
    await upToStrategy();
    const solution = { ticketId, solution: 'the export', deliveredAt: SATURDAY_11 };
    expect(await told.say('DeliverSolution', solution)).toBe('OK');
    expect(await told.say('ConfirmSatisfied', { ticketId, evidence: 'mail-9' })).toBe('OK');
    expect(await told.say('CloseTicket', { ticketId })).toBe('VERDICT_UNTOLD');
    expect(await told.say('TellVerdict', { ticketId, toldAt: SATURDAY_11 })).toBe('OK');
    expect(await told.say('CloseTicket', { ticketId })).toBe('OK');
    expect(await told.row('priority-queue', ticketId)).toMatchObject({ open: false });
  });

  it('(c) a strategy with the first response at 18:00 is refused: LATER_THAN_SLA', async () => {
    await told.at(SATURDAY_11);
    expect(await told.say('AnalyseTicket', assessment, supervisor)).toBe('OK');
    const late = { ...strategy, firstResponseDue: '2024-03-02T10:00:00.000Z' };
    expect(await told.say('SetCommunicationStrategy', late, manager)).toBe('LATER_THAN_SLA');
    expect((await told.edge.get('/strategy')).body.data).toEqual([]);
  });
  it('(e) PARTIAL without an alternative is refused', async () => {
    await told.at(SATURDAY_11);
    const { alternative: _, ...without } = assessment;
    expect(await told.say('AnalyseTicket', without, supervisor)).toBe('ALTERNATIVE_MISSING');
  });
  it('(f) the customer insists: the risk plan is set in motion for TECHNICAL', async () => {
    await upToStrategy();
    await told.at(TUESDAY_16);
    expect(await told.say('OfferAlternative', offer, supervisor)).toBe('OK');
    const rejected = { ticketId, alternativeId: 'template', answer: 'REJECTED', insists: true };
    const answeredAt = TUESDAY_16;
    expect(await told.say('RecordAlternativeAnswer', { ...rejected, answeredAt }, manager)).toBe('OK');
    expect(await told.row('strategy', 't-1|1')).toMatchObject({ riskTriggeredAt: TUESDAY_16 });
    expect(await told.lines('RiskPlanTriggered')).toEqual([
      'Ticket t-1: risk plan in motion, technical acts',
    ]);
  });
});
