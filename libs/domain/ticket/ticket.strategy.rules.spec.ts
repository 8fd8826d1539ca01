import { scenario } from '@rapport/kernel/spec';
import * as a from './ticket.analysis.events';
import { ticket } from './ticket.decider';
import * as e from './ticket.strategy.events';
import { STRATEGY_RULES, type Draft } from './ticket.strategy.rules';
import { MODE_RULES, PROPOSED_GOALS, proposedModes, type WantedNode } from './ticket.strategy.values';
import {
  NOW,
  TUESDAY_18,
  vip,
  regular,
  registeredAs,
  registered,
  analysed,
  owned,
  wish,
  evaluation,
  set,
  lacking,
  n1,
  stored,
} from './ticket.spoken.story';

const at = (now: string) => scenario(ticket, { now, actor: { id: 'mia', role: 'ACCOUNT_MANAGER' } }).given;
const given = at(NOW);

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
