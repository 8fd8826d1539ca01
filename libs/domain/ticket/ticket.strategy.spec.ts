import { hydrate } from '@rapport/kernel';
import { scenario } from '@rapport/kernel/spec';
import { SlaDuration } from '../sla/sla.values';
import { BUILT_IN_POLICY } from '../sla/slapolicy.builtin.rules';
import { publishedSince } from '../sla/sla.story';
import type { SlaRule } from '../sla/slapolicy.values';
import { RecordAlternativeAnswer } from './ticket.analysis.commands';
import * as a from './ticket.analysis.events';
import { ticket } from './ticket.decider';
import * as t from './ticket.events';
import { TicketPrioritised } from './ticket.priority.events';
import * as c from './ticket.strategy.commands';
import * as e from './ticket.strategy.events';
import { WantedScriptPoint } from './ticket.strategy.values';
import {
  raisedAt,
  NOW,
  lin,
  customerOf,
  vip,
  of,
  told,
  registeredAs,
  registered,
  analysed,
  owned,
  risk,
  wanted,
  set,
  lacking,
  stored,
  strategySet,
} from './ticket.spoken.story';

const at = (now: string) => scenario(ticket, { now, actor: { id: 'mia', role: 'ACCOUNT_MANAGER' } }).given;
const given = at(NOW);

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
  it('what was promised to everybody counts, too', () => {
    const promise: SlaRule = {
      ...{ id: 'PROMISE:20h', match: {}, moment: 'FIRST_RESPONSE', start: 'RAISED' },
      within: hydrate(SlaDuration, { kind: 'CONTINUOUS', minutes: 20 * 60 }),
    };
    const rulebook = publishedSince('2024-01-01T00:00:00.000Z', {
      policy: { rules: [...BUILT_IN_POLICY.rules, promise] },
    });
    given(registered, analysed)
      .when(set(), { ...vip, rulebook })
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
