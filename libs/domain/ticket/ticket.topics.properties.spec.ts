import fc from 'fast-check';
import { hydrate, Refusal, type Actor, type Class, type NewEvent } from '@rapport/kernel';
import { recorded } from '@rapport/kernel/spec';
import * as a from './ticket.analysis.events';
import { ticket, type Ticket } from './ticket.decider';
import * as t from './ticket.events';
import { commands } from './ticket.language';
import * as p from './ticket.priority.events';
import { levelOf, quadrantOf } from './ticket.priority.values';
import * as s from './ticket.strategy.events';
import { WantedNode } from './ticket.strategy.values';
import { wanted as assessment } from './ticket.weighed.story';
import { vip, wanted as strategy } from './ticket.spoken.story';

const START = Date.parse('2024-03-01T09:00:00.000Z');
const HOUR = 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString();
const known = {
  ...{ ...vip, register: { last: 0, numbered: [] } },
};

/** What may be wanted next: `now` is the clock, `n` some number, `of` the ticket as it stands. */
const wishes: readonly ((now: number, n: number, of: Ticket) => readonly [keyof typeof commands, object])[] =
  [
    () => ['AnalyseTicket', assessment],
    (_, n) => [
      'ReviseAnalysis',
      { ...assessment, verdict: VERDICTS[n % 3], revisionReason: 'x', noAlternative: false },
    ],
    (now) => ['TellVerdict', { toldAt: iso(now) }],
    (now, n) => ['OfferAlternative', { alternativeId: `a-${n % 3}`, alternative: 'x', offeredAt: iso(now) }],
    (now, n) => [
      'RecordAlternativeAnswer',
      {
        ...{ alternativeId: `a-${n % 3}`, answer: n % 2 ? 'ACCEPTED' : 'REJECTED', answeredAt: iso(now) },
        insists: n % 4 === 0,
      },
    ],
    (_, n) => ['PrioritiseTicket', { urgent: n % 2 === 0, important: n % 3 === 0 }],
    (_, n) => ['OverridePriority', { level: 1 + (n % 4), reason: 'x' }],
    (_, n) => [
      'ScheduleTicketInPlan',
      n % 2 ? { kind: 'SPECIAL', name: `p-${n}` } : { kind: 'ITERATION', reviewOn: '2025-01-01' },
    ],
    (now, _, of) => ['NotePlanningOverdue', { planBy: planByOf(of) ?? iso(now) }],
    (now, n) => [
      'SetCommunicationStrategy',
      { ...strategy, firstResponseDue: iso(now + 1), ...ahead(now, n) },
    ],
    (now, n) => ['ReviseCommunicationStrategy', { reason: 'x', ...ahead(now, n) }],
    (now, n) => [
      'ReviseCommunicationStrategy',
      { reason: 'x', keyNodes: [node(now + n * HOUR + 1, `n${1 + (n % 5)}`)] },
    ],
    () => ['TriggerRiskPlan', {}],
    (now) => ['DeliverSolution', { solution: 'x', deliveredAt: iso(now) }],
    () => ['ConfirmSatisfied', { evidence: 'mail' }],
    () => ['CloseTicket', {}],
    () => ['ReopenTicket', { reason: 'again' }],
  ];
const planByOf = (of: Ticket) => ('of' in of ? of.of.prioritised?.planBy : undefined);
const VERDICTS = ['YES', 'NO', 'PARTIAL'];
const node = (due: number, nodeId?: string) =>
  hydrate(WantedNode, {
    ...{ dueAt: iso(due), content: 'x', agreedWithCustomer: true },
    ...(nodeId !== undefined && { nodeId }),
  });
const ahead = (now: number, n: number) => ({
  keyNodes: [node(now + (1 + n) * HOUR), node(now + (2 + n) * HOUR)],
  nextActionAt: iso(now + HOUR),
});

interface Step {
  readonly wish: number;
  readonly n: number;
  readonly passes: number;
}
const steps = fc.array(
  fc.record({
    ...{ wish: fc.nat(wishes.length - 1), n: fc.nat(20) },
    passes: fc.integer({ min: 0, max: 40 * HOUR }),
  }),
  { minLength: 20, maxLength: 60 },
);
const registered = t.TicketRegistered.of(
  {
    ...{ ticketId: 't-1', customerId: 'c-1', type: 'FUNCTIONAL', urgency: 'IMPORTANT', raisedAt: iso(START) },
    ...{
      channel: 'EMAIL',
      verbatim: 'x',
      collectorId: 's',
      isEnquiry: false,
      isComplex: false,
      contactId: 'lin',
    },
  },
  iso(START),
);
const uma: Actor = { id: 'uma', role: 'SUPERVISOR' };

/** All that happens when these wishes are brought forward, with the time of each; a refusal changes nothing. */
const lifeOf = (asked: readonly Step[]) => {
  let [state, now] = [after(ticket.initial, [registered]), START];
  const told: (readonly [event: NewEvent, now: string])[] = [[registered, iso(now)]];
  for (const { wish, n, passes } of asked) {
    now += passes;
    const events = decided(state, wishes[wish]!(now, n, state), iso(now));
    told.push(...events.map((event) => [event, iso(now)] as const));
    state = after(state, events);
  }
  return told;
};
const decided = (state: Ticket, [name, data]: readonly [keyof typeof commands, object], now: string) => {
  const command = hydrate(commands[name] as Class, { ticketId: 't-1', ...data });
  const decide = ticket.decide[name] as (s: Ticket, c: object, context: object) => readonly NewEvent[];
  try {
    return decide(state, command, { now, actor: uma, known, eventId: String });
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
};
const after = (state: Ticket, events: readonly NewEvent[]): Ticket =>
  events
    .map(recorded)
    .reduce(
      (was, { type, data }) => ticket.evolve[type as 'TicketResumed'](was, data as t.TicketResumed, ''),
      state,
    );
type Ranking = Pick<
  p.TicketPrioritised,
  'quadrant' | 'level' | 'priority' | 'planBy' | 'urgent' | 'important'
>;
const is = <T extends object>(event: NewEvent, ...classes: Class<T>[]): event is NewEvent<T> =>
  (classes as readonly object[]).includes(event.messageClass);

describe('whatever is wanted of analysis, priority and strategy, in whatever order', () => {
  const always = (holds: (life: ReturnType<typeof lifeOf>) => void) =>
    fc.assert(
      fc.property(steps, (asked) => holds(lifeOf(asked))),
      { numRuns: 300 },
    );

  it('versions follow each other without a gap', () => {
    always((life) => {
      const count = { analysis: 0, strategy: 0 };
      for (const [event] of life) {
        if (is<a.TicketAnalysed>(event, a.TicketAnalysed, a.TicketAnalysisRevised))
          expect(event.data.version).toBe(++count.analysis);
        if (is<s.CommunicationStrategySet>(event, s.CommunicationStrategySet, s.CommunicationStrategyRevised))
          expect(event.data.version).toBe(++count.strategy);
      }
    });
  });
  it('nobody closes a ticket whose NO or PARTIAL the customer has not heard of', () => {
    always((life) => {
      let untold = false;
      for (const [event] of life) {
        if (is<a.TicketAnalysed>(event, a.TicketAnalysed, a.TicketAnalysisRevised))
          untold = event.data.mustBeTold;
        if (is<object>(event, a.VerdictTold, a.AlternativeOffered)) untold = false;
        if (is(event, t.TicketClosed)) expect(untold).toBe(false);
      }
    });
  });
  it('the level is the number of the quadrant, and only Q2 has a time by which it is planned', () => {
    always((life) => {
      for (const [event] of life)
        if (is<Ranking>(event, p.TicketPrioritised, p.TicketPriorityOverridden)) {
          const { quadrant, level, priority, planBy } = event.data;
          expect([quadrantOf(event.data), level, priority]).toEqual([quadrant, levelOf(quadrant), level]);
          expect(planBy !== undefined).toBe(quadrant === 'Q2');
        }
    });
  });
  it('what is neither urgent nor important lies in the iteration backlog at once', () => {
    always((life) => {
      life.forEach(([event], n) => {
        if (!is<p.TicketPrioritised>(event, p.TicketPrioritised) || event.data.quadrant !== 'Q4') return;
        expect(life[n + 1]?.[0].data).toMatchObject({ to: { kind: 'ITERATION' } });
      });
    });
  });
  it('a node whose time has come stays as it was, and none has the name of another', () => {
    always((life) => {
      let before: s.CommunicationStrategySet['keyNodes'] = [];
      for (const [event, now] of life) {
        if (
          !is<s.CommunicationStrategySet>(event, s.CommunicationStrategySet, s.CommunicationStrategyRevised)
        )
          continue;
        const { keyNodes } = event.data;
        const passed = before.filter(({ dueAt }) => dueAt <= now);
        expect(keyNodes.slice(0, passed.length)).toEqual(passed);
        for (const { dueAt } of keyNodes.slice(passed.length))
          expect(dueAt > now || before.some((one) => one.dueAt === dueAt)).toBe(true);
        expect(keyNodes.map(({ dueAt }) => dueAt)).toEqual(keyNodes.map(({ dueAt }) => dueAt).sort());
        expect(new Set(keyNodes.map(({ nodeId }) => nodeId)).size).toBe(keyNodes.length);
        before = keyNodes;
      }
    });
  });
  it('a risk plan is set in motion once for each version', () => {
    always((life) => {
      const versions = life.flatMap(([event]) =>
        is(event, s.RiskPlanTriggered) ? [event.data.version] : [],
      );
      expect(new Set(versions).size).toBe(versions.length);
    });
  });
  it('a plan is missed once for each time by which it was due', () => {
    always((life) => {
      const times = life.flatMap(([event]) => (is(event, p.PlanningOverdue) ? [event.data.planBy] : []));
      expect(new Set(times).size).toBe(times.length);
    });
  });
  it('every wish is granted in some life: none of them is always refused', () => {
    const seen = new Set<string>();
    fc.sample(steps, 400).forEach((asked) =>
      lifeOf(asked).forEach(([{ messageClass }]) => seen.add(messageClass.name)),
    );
    expect([...seen].sort()).toEqual(
      expect.arrayContaining([
        ...[
          'AlternativeAccepted',
          'AlternativeOffered',
          'AlternativeRejected',
          'PlanningOverdue',
          'CommunicationStrategyRevised',
        ],
        ...['CommunicationStrategySet', 'RiskPlanTriggered', 'TicketAnalysed', 'TicketAnalysisRevised'],
        ...['TicketPrioritised', 'TicketPriorityOverridden', 'TicketScheduledInPlan', 'VerdictTold'],
      ]),
    );
  });
});
