import { hydrate } from '@rapport/kernel';
import { scenario } from '@rapport/kernel/spec';
import { RecordAlternativeAnswer } from './ticket.analysis.commands';
import * as a from './ticket.analysis.events';
import { ticket } from './ticket.decider';
import * as t from './ticket.events';
import { TicketPrioritised } from './ticket.priority.events';
import * as c from './ticket.strategy.commands';
import * as e from './ticket.strategy.events';
import { STRATEGY_RULES, type Draft } from './ticket.strategy.rules';
import {
  type KeyNode,
  MODE_RULES,
  PROPOSED_GOALS,
  proposedModes,
  WantedNode,
  WantedScriptPoint,
} from './ticket.strategy.values';

/** WE-01: raised on Friday 1 March 2024 at 17:00 in Shanghai; the strategy is set on Saturday at noon. */
const raisedAt = '2024-03-01T09:00:00.000Z';
const NOW = '2024-03-02T04:00:00.000Z';
const SLA_DUE = '2024-03-02T09:00:00.000Z';
const TUESDAY_18 = '2024-03-05T10:00:00.000Z';
const at = (now: string) => scenario(ticket, { now, actor: { id: 'mia', role: 'ACCOUNT_MANAGER' } }).given;
const given = at(NOW);

const lin = { name: 'Lin', phone: '1', email: 'lin@a.cn', roles: [], influence: 1, active: true };
const customerOf = (profile: object, contacts: object = { lin }) => ({
  ...{ stage: 'known', profile: { ZONE: 'Asia/Shanghai', GRADE: 'REGULAR', ...profile }, contacts },
});
const value = { tier: 'STANDARD', months: [], scoredTier: 'STANDARD' };
const vip = { customer: customerOf({ GRADE: 'VIP' }), value };
const regular = { customer: customerOf({}), value };

const of = {
  ticketId: 't-1',
  customerId: 'c-1',
  type: 'FUNCTIONAL',
  urgency: 'IMPORTANT',
  raisedAt,
} as const;
const told = {
  channel: 'EMAIL',
  verbatim: 'export all orders',
  collectorId: 'sam',
  contactId: 'lin',
} as const;
const registeredAs = (changes: Partial<t.TicketRegistered> = {}) =>
  t.TicketRegistered.of({ ...of, ...told, isEnquiry: false, isComplex: false, ...changes }, raisedAt);
const registered = registeredAs();
const analysed = a.TicketAnalysed.of({
  ...{ ...of, version: 1, verdict: 'PARTIAL', inScope: true, matchesIndustryNorm: true, operable: false },
  ...{ suggestionCode: 'NEEDS_COORDINATION', suggestionText: 'x', alternativeRequired: true },
  ...{ noAlternative: false, resources: { people: [], budget: { minor: 0, currency: 'CNY' } } },
  ...{ responsibleDepartment: 'RND', analystId: 'uma', analysedOn: '2024-03-02', isComplex: false },
  mustBeTold: true,
});
const owned = t.TicketOwnerAssigned.of({ ...of, to: 'mia', reassignment: false });

const wish = (data: WantedNode) => hydrate(WantedNode, data);
const point = (part: WantedScriptPoint['part'], text: string) => hydrate(WantedScriptPoint, { part, text });
const evaluation = { content: 'report technical evaluation', agreedWithCustomer: true };
const risk = {
  ...{ riskTrigger: 'insists on the first wish', riskAction: 'a detailed development plan' },
  riskDepartment: 'TECHNICAL',
} as const;
const wanted: c.SetCommunicationStrategy = {
  ...{ ticketId: 't-1', goals: ['CONFIRM_DETAILS', 'TELL_DEVELOPMENT_CYCLE'], modes: ['PHONE', 'EMAIL'] },
  ...{ firstResponseDue: SLA_DUE, ownerId: 'mia', ownerCapacity: 'ACCOUNT_MANAGER' },
  keyNodes: [wish({ dueOn: '2024-03-05', ...evaluation })],
  scriptPoints: [
    ...[point('OPENING', 'good day'), point('CORE', 'two to three weeks'), point('CORE', 'a template now')],
    point('CLOSING', 'does that work?'),
  ],
  ...{ nextAction: 'report the evaluation', nextActionAt: TUESDAY_18, ...risk },
};
const set = (changes: Partial<c.SetCommunicationStrategy> = {}) =>
  c.SetCommunicationStrategy.of({ ...wanted, ...changes });
const lacking = (...fields: (keyof c.SetCommunicationStrategy)[]) =>
  c.SetCommunicationStrategy.of(
    Object.fromEntries(
      Object.entries(wanted).filter(([name]) => !fields.includes(name as (typeof fields)[number])),
    ) as unknown as c.SetCommunicationStrategy,
  );

const n1: KeyNode = { nodeId: 'n1', dueAt: TUESDAY_18, ...evaluation };
const stored: e.CommunicationStrategySet = {
  ...{ ...of, version: 1, goals: wanted.goals, modes: wanted.modes, contactId: 'lin' },
  ...{ firstResponseDue: SLA_DUE, keyNodes: [n1], ownerId: 'mia', ownerCapacity: 'ACCOUNT_MANAGER' },
  ...{ adHoc: true, openingWords: 'good day', coreWords: 'two to three weeks\na template now' },
  ...{ closingWords: 'does that work?', nextAction: 'report the evaluation', nextActionAt: TUESDAY_18 },
  ...risk,
};
const strategySet = e.CommunicationStrategySet.of(stored);

describe('a communication strategy is set', () => {
  it('as in WE-01: phone and mail, one agreed node on a day, which means 18:00; its owner owns the ticket', () => {
    given(registered, analysed).when(set(), vip).then(owned, strategySet);
    given(registered, analysed, owned).when(set(), vip).then(strategySet);
  });
  it('a first response after the SLA deadline is refused, at the deadline it is not (WE-01 c)', () => {
    given(registered, analysed)
      .when(set({ firstResponseDue: '2024-03-02T10:00:00.000Z' }), vip)
      .thenRefused('LATER_THAN_SLA');
    given(registered, analysed)
      .when(set({ firstResponseDue: '2024-03-02T09:00:00.001Z' }), vip)
      .thenRefused('LATER_THAN_SLA');
    const urgent = registeredAs({ urgency: 'URGENT' });
    at('2024-03-01T10:00:00.000Z')(urgent, analysed)
      .when(set({ firstResponseDue: '2024-03-01T11:00:00.001Z' }), vip)
      .thenRefused('LATER_THAN_SLA');
  });
  it('a deadline that has passed already forbids nothing', () => {
    const late = '2024-03-02T10:00:00.000Z';
    at('2024-03-02T09:30:00.000Z')(registered, analysed, owned)
      .when(set({ firstResponseDue: late }), vip)
      .then(e.CommunicationStrategySet.of({ ...stored, firstResponseDue: late }));
  });
  it('the first response is to come; once the customer has heard from us it need not be named', () => {
    given(registered, analysed)
      .when(set({ firstResponseDue: NOW }), vip)
      .thenRefused('FIRST_RESPONSE_IN_PAST');
    given(registered, analysed).when(lacking('firstResponseDue'), vip).thenRefused('FIRST_RESPONSE_MISSING');
    const answered = t.FirstResponseRecorded.of({ ...of, direction: 'x', respondedAt: NOW });
    const { firstResponseDue: _, ...rest } = stored;
    given(registered, analysed, owned, answered)
      .when(lacking('firstResponseDue'), vip)
      .then(e.CommunicationStrategySet.of(rest));
  });
  it('after the analysis, but what is urgent and important need not wait for it', () => {
    given(registered, owned).when(set(), vip).thenRefused('ANALYSIS_REQUIRED');
    const first = TicketPrioritised.of({
      ...{ ...of, priority: 1, quadrant: 'Q1', level: 1, urgent: true, important: true, score: 0 },
      scores: { impact: 0, returnOnCost: 0, customerValue: 0, feasibility: 0 },
      ...{ handling: 'START_AT_ONCE', emergency: true, prioritisedAt: raisedAt },
    });
    const now = '2024-03-01T09:10:00.000Z';
    at(now)(registered, owned, first)
      .when(set({ firstResponseDue: '2024-03-01T11:00:00.000Z' }), vip)
      .then(
        e.CommunicationStrategySet.of({
          ...{ ...stored, priority: 1, firstResponseDue: '2024-03-01T11:00:00.000Z' },
        }),
      );
    at(now)(registered, owned, first).when(set(), vip).thenRefused('LATER_THAN_SLA');
  });
  it('once: it is revised', () => {
    given(registered, analysed, strategySet).when(set(), vip).thenRefused('STRATEGY_SET');
  });
  it('scripts of the library are named, words for this ticket alone are marked', () => {
    const scripts = (['OPENING', 'CORE', 'CLOSING'] as const).map((part) =>
      hydrate(WantedScriptPoint, { part, scriptId: `s-${part}` }),
    );
    const { openingWords: _, coreWords: __, closingWords: ___, ...rest } = stored;
    given(registered, analysed, owned)
      .when(set({ scriptPoints: scripts }), vip)
      .then(
        e.CommunicationStrategySet.of({
          ...{ ...rest, adHoc: false },
          scripts: scripts.map(({ part }) => ({ part, scriptId: `s-${part}` })),
        }),
      );
    const empty = hydrate(WantedScriptPoint, { part: 'OBJECTION' });
    given(registered, analysed)
      .when(set({ scriptPoints: [...wanted.scriptPoints, empty] }), vip)
      .thenRefused('SCRIPT_POINT_EMPTY');
  });
});

describe('a strategy reaches the contact', () => {
  const reaching = (contact: object) => ({
    ...vip,
    customer: customerOf({ GRADE: 'VIP' }, { lin: contact }),
  });
  const deaf = { ...lin, phone: undefined };

  it('by every mode that it names', () => {
    given(registered, analysed).when(set(), reaching(deaf)).thenRefused('MODE_UNREACHABLE');
    given(registered, analysed)
      .when(set({ modes: ['PHONE', 'EMAIL', 'WECOM'] }), vip)
      .thenRefused('MODE_UNREACHABLE');
    given(registered, analysed)
      .when(set({ contactId: 'bo' }), vip)
      .thenRefused('CONTACT_UNKNOWN');
    given(registered, analysed)
      .when(set(), reaching({ ...lin, active: false }))
      .thenRefused('CONTACT_UNKNOWN');
  });
  it('the contact who was named later counts, where nobody is named any active contact', () => {
    const named = t.TicketDetailsAmended.of({ ...of, contactId: 'bo' });
    const both = { ...vip, customer: customerOf({ GRADE: 'VIP' }, { lin: deaf, bo: lin }) };
    given(registered, analysed, owned, named)
      .when(set(), both)
      .then(e.CommunicationStrategySet.of({ ...stored, contactId: 'bo' }));
    const { contactId: _, ...nobody } = told;
    const anonymous = t.TicketRegistered.of(
      { ...of, ...nobody, isEnquiry: false, isComplex: false },
      raisedAt,
    );
    const { contactId: __, ...rest } = stored;
    given(anonymous, analysed, owned).when(set(), both).then(e.CommunicationStrategySet.of(rest));
    const none = { ...vip, customer: customerOf({ GRADE: 'VIP' }, {}) };
    given(anonymous, analysed, owned).when(set(), none).then(e.CommunicationStrategySet.of(rest));
  });
});

describe('what every strategy holds', () => {
  it('an owner, a key node that is to come, and a closing', () => {
    expect(() => given(registered, analysed).when(lacking('ownerId'), vip).thenNothing()).toThrow(/ownerId/);
    given(registered, analysed)
      .when(set({ keyNodes: [] }), vip)
      .thenRefused('KEY_NODE_MISSING');
    given(registered, analysed).when(lacking('nextAction'), vip).thenRefused('CLOSING_MISSING');
    given(registered, analysed).when(lacking('nextActionAt'), vip).thenRefused('CLOSING_MISSING');
    given(registered, analysed)
      .when(set({ nextActionAt: NOW }), vip)
      .thenRefused('CLOSING_IN_PAST');
  });
  it('nodes to come, in order, each with one time', () => {
    const node = (data: Partial<WantedNode>) => wish({ ...evaluation, ...data });
    const refused: readonly (readonly [readonly WantedNode[], string])[] = [
      [[node({ dueAt: NOW })], 'NODE_IN_PAST'],
      [[node({ dueOn: '2024-03-01' })], 'NODE_IN_PAST'],
      [[node({})], 'NODE_WITHOUT_TIME'],
      [[node({ dueAt: TUESDAY_18, dueOn: '2024-03-05' })], 'NODE_WITHOUT_TIME'],
      [[node({ dueOn: '2024-03-06' }), node({ dueOn: '2024-03-05' })], 'NODES_UNORDERED'],
      [[node({ nodeId: 'n7', dueOn: '2024-03-05' })], 'NODE_UNKNOWN'],
    ];
    for (const [keyNodes, code] of refused)
      given(registered, analysed).when(set({ keyNodes }), vip).thenRefused(code);
  });

  const draft: Draft = {
    ...{ type: 'SERVICE', urgency: 'ROUTINE', isComplex: false, grade: 'REGULAR' },
    ...{ goals: ['GIVE_GUIDE'], modes: ['WECOM', 'PHONE'], keyNodes: [n1], ownerCapacity: 'OTHER' },
    ...{ parts: new Set(['OPENING', 'CORE', 'CLOSING'] as const), nextAction: 'x', nextActionAt: TUESDAY_18 },
  };
  const complaint = { type: 'COMPLAINT', goals: PROPOSED_GOALS.COMPLAINT } as const;
  const planned = { riskTrigger: 'x', riskAction: 'y' };
  const broken: readonly (readonly [string, Partial<Draft>, string])[] = [
    ['urgent without a call', { urgency: 'URGENT', modes: ['EMAIL'] }, 'MODE_MISSING'],
    ['important without a mail', { urgency: 'IMPORTANT', modes: ['PHONE', 'WECOM'] }, 'MODE_MISSING'],
    ['routine without a text', { modes: ['PHONE'] }, 'MODE_MISSING'],
    ['routine without a call', { modes: ['EMAIL', 'ONLINE_CHAT'] }, 'MODE_MISSING'],
    ['complex without a meeting', { isComplex: true }, 'MODE_MISSING'],
    ['a VIP with just anybody', { grade: 'VIP', ...planned }, 'OWNER_UNFIT'],
    [
      'a complaint that is not soothed',
      { ...complaint, ...planned, goals: ['PROMISE_FOLLOW_UP'] },
      'GOAL_MISSING',
    ],
    ['a talk without opening', { parts: new Set(['CORE', 'CLOSING'] as const) }, 'SCRIPT_PART_MISSING'],
    ['a talk without core', { parts: new Set(['OPENING', 'CLOSING'] as const) }, 'SCRIPT_PART_MISSING'],
    ['a talk without closing', { parts: new Set(['OPENING', 'CORE'] as const) }, 'CLOSING_MISSING'],
    ['a complaint without a risk plan', complaint, 'RISK_PLAN_MISSING'],
    ['a VIP without a risk plan', { grade: 'VIP', ownerCapacity: 'HEAD_DELEGATE' }, 'RISK_PLAN_MISSING'],
    ['priority 2 without a risk plan', { priority: 2 }, 'RISK_PLAN_MISSING'],
    ['a risk plan without action', { riskTrigger: 'x' }, 'RISK_PLAN_INCOMPLETE'],
    ['a prospect who does not hear what it is worth', { grade: 'PROSPECT' }, 'PROSPECT_POINTS_MISSING'],
    ['no node', { keyNodes: [] }, 'KEY_NODE_MISSING'],
  ];
  const codesOf = (change: Partial<Draft>) =>
    STRATEGY_RULES.filter((rule) => rule.broken({ ...draft, ...change })).map(({ code }) => code);

  it.each(broken)('%s is refused', (_, change, code) => {
    expect(codesOf(change)).toEqual([code]);
  });
  it('every rule is broken by one of them, and nothing else is', () => {
    const codes = new Set(broken.map(([, , code]) => code));
    expect(codes).toEqual(new Set(STRATEGY_RULES.map(({ code }) => code)));
    const fine: readonly Partial<Draft>[] = [
      {},
      { urgency: 'URGENT', modes: ['PHONE', 'EMAIL'] },
      { isComplex: true, modes: ['PHONE', 'EMAIL', 'ONLINE_MEETING'] },
      { grade: 'VIP', ownerCapacity: 'ACCOUNT_MANAGER', ...planned },
      { ...complaint, ...planned },
      { priority: 3 },
      { grade: 'PROSPECT', valuePoint: 'x', opportunityCheck: 'y' },
    ];
    for (const change of fine) expect([change, codesOf(change)]).toEqual([change, []]);
  });
  it('the modes that are proposed keep the rules for modes', () => {
    for (const urgency of ['URGENT', 'IMPORTANT', 'ROUTINE'] as const)
      for (const isComplex of [true, false]) {
        const modes = proposedModes({ urgency, isComplex, grade: 'REGULAR' });
        expect(codesOf({ urgency, isComplex, modes })).toEqual([]);
        expect(new Set(modes).size).toBe(modes.length);
      }
    expect(MODE_RULES).toHaveLength(3);
  });
  it('rules hold for the ticket as it stands: complex by its analysis, of the grade that the customer has now', () => {
    const complex = registeredAs({ isComplex: true });
    given(complex, a.TicketAnalysed.of({ ...analysed.data, isComplex: true }))
      .when(set(), vip)
      .thenRefused('MODE_MISSING');
    given(registered, analysed)
      .when(set({ ownerCapacity: 'OTHER' }), vip)
      .thenRefused('OWNER_UNFIT');
    given(registered, analysed, owned)
      .when(set({ ownerCapacity: 'OTHER' }), regular)
      .then(e.CommunicationStrategySet.of({ ...stored, ownerCapacity: 'OTHER' }));
  });
});

describe('a strategy is revised', () => {
  const revise = (changes: Partial<c.ReviseCommunicationStrategy>) =>
    c.ReviseCommunicationStrategy.of({ ticketId: 't-1', reason: 'the template is delivered', ...changes });
  const revised = (changes: Partial<e.CommunicationStrategyRevised>) =>
    e.CommunicationStrategyRevised.of({
      ...{ ...stored, version: 2, reason: 'the template is delivered', movedNodes: [], droppedNodeIds: [] },
      ...changes,
    });
  const story = [registered, analysed, owned, strategySet];
  const FRIDAY = '2024-03-08T03:00:00.000Z';
  const friday = at(FRIDAY);
  const node = (nodeId: string, dueAt: string, content = 'progress'): KeyNode => ({
    ...{ nodeId, dueAt, content, agreedWithCustomer: true },
  });
  const progress = (dueOn: string, nodeId?: string) =>
    wish({ dueOn, content: 'progress', agreedWithCustomer: true, ...(nodeId !== undefined && { nodeId }) });
  const n2 = node('n2', '2024-03-15T10:00:00.000Z');
  const n3 = node('n3', '2024-03-22T10:00:00.000Z');

  it('as in WE-01: new nodes on 15 and 22 March at 18:00; the one that has passed stays', () => {
    friday(...story)
      .when(revise({ keyNodes: [progress('2024-03-15'), progress('2024-03-22')] }), vip)
      .then(revised({ keyNodes: [n1, n2, n3] }));
  });
  it('running nodes are moved or dropped, and a new one never gets the number of an old one', () => {
    const before = revised({ keyNodes: [n1, n2, n3] });
    friday(...story, before)
      .when(revise({ keyNodes: [progress('2024-03-18', 'n3'), progress('2024-03-29')] }), vip)
      .then(
        revised({
          ...{ version: 3, droppedNodeIds: ['n2'] },
          keyNodes: [
            n1,
            { ...n3, dueAt: '2024-03-18T10:00:00.000Z' },
            node('n4', '2024-03-29T10:00:00.000Z'),
          ],
          movedNodes: [{ nodeId: 'n3', from: n3.dueAt, to: '2024-03-18T10:00:00.000Z' }],
        }),
      );
    const emptied = revised({ version: 3, keyNodes: [n1], droppedNodeIds: ['n2', 'n3'] });
    friday(...story, before)
      .when(revise({ keyNodes: [] }), vip)
      .then(emptied);
    friday(...story, before, emptied)
      .when(revise({ keyNodes: [progress('2024-03-29')] }), vip)
      .then(revised({ version: 4, keyNodes: [n1, node('n4', '2024-03-29T10:00:00.000Z')] }));
  });
  it('a passed node cannot be moved, and none is named twice', () => {
    friday(...story)
      .when(revise({ keyNodes: [progress('2024-03-15', 'n1')] }), vip)
      .thenRefused('NODE_PASSED');
    friday(...story, revised({ keyNodes: [n1, n2] }))
      .when(revise({ keyNodes: [progress('2024-03-15', 'n2'), progress('2024-03-16', 'n2')] }), vip)
      .thenRefused('NODE_REPEATED');
  });
  it('what is not named stays, what is named is held to the same rules', () => {
    friday(...story)
      .when(revise({ goalText: 'more', ownerId: 'max' }), vip)
      .then(
        t.TicketOwnerAssigned.of({
          ...{ ...of, from: 'mia', to: 'max', reassignment: true, reason: 'the template is delivered' },
        }),
        revised({ goalText: 'more', ownerId: 'max' }),
      );
    friday(...story)
      .when(revise({ modes: ['PHONE'] }), vip)
      .thenRefused('MODE_MISSING');
    friday(...story)
      .when(revise({ nextActionAt: NOW }), vip)
      .thenRefused('CLOSING_IN_PAST');
    friday(registered, analysed).when(revise({}), vip).thenRefused('STRATEGY_UNKNOWN');
  });
  it('script points are named all of them anew', () => {
    const objection = [
      ...wanted.scriptPoints.slice(1),
      point('OPENING', 'hello'),
      point('OBJECTION', 'yes, but'),
    ];
    friday(...story)
      .when(revise({ scriptPoints: objection }), vip)
      .then(revised({ openingWords: 'hello', objectionWords: 'yes, but' }));
    friday(...story, revised({ objectionWords: 'yes, but' }))
      .when(revise({ scriptPoints: wanted.scriptPoints }), vip)
      .then(revised({ version: 3 }));
  });
});

describe('the risk plan', () => {
  const trigger = c.TriggerRiskPlan.of({ ticketId: 't-1' });
  const triggered = (triggeredAt: string) =>
    e.RiskPlanTriggered.of({ ...of, ...risk, ownerId: 'mia', version: 1, triggeredAt });
  const story = [registered, analysed, owned, strategySet];

  it('is set in motion once, for TECHNICAL to act', () => {
    given(...story)
      .when(trigger)
      .then(triggered(NOW));
    given(...story, triggered(NOW))
      .when(trigger)
      .thenNothing();
    given(registered, analysed).when(trigger).thenRefused('STRATEGY_UNKNOWN');
  });
  it('by a customer who insists on the first wish (WE-01 f)', () => {
    const offered = a.AlternativeOffered.of({
      ...{
        ...of,
        alternativeId: 'a-1',
        alternative: 'x',
        verdict: 'PARTIAL',
        version: 1,
        offeredAt: raisedAt,
      },
    });
    const answer = RecordAlternativeAnswer.of({
      ...{ ticketId: 't-1', alternativeId: 'a-1', answer: 'REJECTED', insists: true, answeredAt: NOW },
    });
    const rejected = a.AlternativeRejected.of({
      ...of,
      alternativeId: 'a-1',
      version: 1,
      insists: true,
      answeredAt: NOW,
    });
    given(...story, offered)
      .when(answer)
      .then(rejected, triggered(NOW));
  });
  it('may be none', () => {
    const { riskTrigger: _, riskAction: __, riskDepartment: ___, ...rest } = stored;
    given(registered, analysed, e.CommunicationStrategySet.of(rest))
      .when(trigger)
      .thenRefused('RISK_PLAN_UNKNOWN');
  });
});
