import fc from 'fast-check';
import { aggregates } from '@rapport/domain';
import type { AssessChurnRisk } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { daysAfter, type SentSignal } from '@rapport/domain/values';
import {
  evolve,
  reactionTo,
  withoutTimer,
  type NewEvent,
  type RecordedEvent,
  type Row,
} from '@rapport/kernel';
import { recorded } from '@rapport/kernel/spec';
import { policies } from '@rapport/policies';

const customerId = 'c-1';
const START = '2024-01-01T00:00:00.000Z';
const day = (n: number) => daysAfter(START, n);
const churnRisk = aggregates.find(({ name }) => name === 'churnrisk')!;
const churnWatch = policies.find(({ name }) => name === 'churn-watch')!;

/** The policy and the decider by themselves: events in the order of time, and every timer at its own time between them. */
const watched = (history: readonly NewEvent[]) => {
  let state = churnRisk.initial as unknown;
  let memory: Row | null = null;
  let signals: readonly SentSignal[] = [];
  const log: RecordedEvent[] = [];
  const assessments: { readonly at: string; readonly score: number; readonly level: string }[] = [];
  const take = (event: RecordedEvent): void => {
    log.push(event);
    const reaction = reactionTo(churnWatch, memory, customerId, event);
    memory = reaction.row;
    for (const command of reaction.send) decide(command, event.occurredAt);
  };
  const decide = (command: object, now: string): void => {
    const { name } = command.constructor;
    if (name !== 'AssessChurnRisk') return;
    ({ signals } = command as AssessChurnRisk);
    const context = { now, actor: { id: 'a', role: 'b' }, known: {} as never, eventId: String };
    for (const decided of churnRisk.decide[name]!(state, command as never, context)) {
      const event = recorded({ ...decided, at: decided.at ?? now }, log.length);
      state = evolve(churnRisk, state, event);
      const { score, level } = event.data as events.ChurnRiskAssessed;
      if (event.type === 'ChurnRiskAssessed') assessments.push({ at: event.occurredAt, score, level });
      if (churnWatch.on[event.type]) take(event);
    }
  };
  const fireUntil = (time: string): void => {
    for (
      let due = memory?.['dueAt'];
      memory && typeof due === 'string' && due <= time;
      due = memory['dueAt']
    ) {
      const command = Object.assign(new (commandClass())(), memory['dueCommand']);
      memory = withoutTimer(memory);
      decide(command, due);
    }
  };
  return {
    take: (event: NewEvent) => {
      const next = recorded(event, log.length);
      fireUntil(next.occurredAt);
      take(next);
    },
    fireUntil,
    last: (time: string) => assessments.findLast(({ at }) => at <= time) ?? { score: 0, level: 'LOW' },
    signals: () => signals,
    history,
  };
};
const commandClass = () => churnRisk.commands['AssessChurnRisk']!;

const ticket = (n: number) =>
  ({ ticketId: `t-${n}`, customerId, urgency: 'ROUTINE', raisedAt: START }) as const;
const intake = {
  isEnquiry: false,
  isComplex: false,
  channel: 'PHONE',
  verbatim: 'no',
  collectorId: 'a',
} as const;
const findings = { businessInterrupted: false, dataLeak: false, publicThreat: false, safety: false };
const KINDS: readonly ((n: number, at: string) => NewEvent)[] = [
  (n, at) => events.TicketRegistered.of({ ...ticket(n), ...intake }, at),
  (n, at) =>
    events.ComplaintGraded.of(
      {
        ...{ ...ticket(n), causes: ['POOR_QUALITY'], level: 'SERIOUS', findings, codes: [], reasons: [] },
        ...{ ruleVersion: 1, recurrence: false, priorityCustomer: false, tier: 'STANDARD' },
      },
      at,
    ),
  (n, at) => events.TicketClosed.of({ ...ticket(n), outcome: 'CONFIRMED', closedAt: at, round: 1 }, at),
  (n, at) =>
    events.TicketReopened.of(
      { ...ticket(n), reason: 'again', reopenedAt: at, withinRecurrence: true, round: 2, ...intake },
      at,
    ),
  (_, at) =>
    events.CustomerTurnedSilent.of(
      {
        ...{ customerId, lastActivityAt: daysAfter(at, -30), lastActivityEventId: 'e', tier: 'HIGH_VALUE' },
        ...{ thresholdDays: 30, silentSince: at },
      },
      at,
    ),
  (_, at) =>
    events.CustomerReawakened.of(
      { customerId, activityAt: at, activityEventId: 'e', activity: 'PURCHASE', silentSince: at },
      at,
    ),
  (_, at) => events.ChurnRiskFlagged.of({ customerId, reason: 'x' }, at),
  (_, at) => events.ChurnFlagCleared.of({ customerId, reason: 'x' }, at),
  (_, at) => events.CustomerChurned.of({ customerId, reason: 'PRICE', stageBefore: 'DECLINE' }, at),
  (_, at) => events.CustomerWonBack.of({ customerId, purchaseId: 'p' }, at),
];
const happening = fc.record({
  kind: fc.integer({ min: 0, max: KINDS.length - 1 }),
  ticket: fc.integer({ min: 1, max: 3 }),
  on: fc.integer({ min: 0, max: 200 }),
});
/** A grave complaint that is closed some days later: so that many signals end by themselves. */
const complaint = fc
  .record({ ticket: fc.integer({ min: 1, max: 6 }), on: fc.integer({ min: 0, max: 150 }), days: fc.nat(40) })
  .map(({ ticket: n, on, days }) => [
    { kind: 0, ticket: n, on },
    { kind: 1, ticket: n, on },
    { kind: 2, ticket: n, on: on + days },
  ]);
const histories = fc
  .tuple(fc.array(complaint, { maxLength: 5 }), fc.array(happening, { maxLength: 5 }))
  .map(([complaints, more]) => [...complaints.flat(), ...more].sort((a, b) => a.on - b.on))
  .map((all) => all.map(({ kind, ticket: n, on }) => KINDS[kind]!(n, day(on))));

/** What the signals that were sent last make of a day, by the decider alone. */
const scoreOn = (signals: readonly SentSignal[], now: string) => {
  const command = Object.assign(new (commandClass())(), { customerId, signals });
  const context = { now, actor: { id: 'a', role: 'b' }, known: {} as never, eventId: String };
  const [event] = churnRisk.decide['AssessChurnRisk']!(churnRisk.initial, command as never, context);
  const { score, level } = (event?.data ?? { score: 0, level: 'LOW' }) as events.ChurnRiskAssessed;
  return { score, level };
};

it('the chain of assessments never stops: on every day the last one says what the signals of that day weigh', () =>
  fc.assert(
    fc.property(histories, (history) => {
      const story = watched(history);
      let next = 0;
      for (let n = 0; n <= 320; n++) {
        for (; history[next] && (history[next]!.at ?? '') <= day(n); next++) story.take(history[next]!);
        story.fireUntil(day(n));
        const { score, level } = story.last(day(n));
        const due = scoreOn(story.signals(), day(n));
        if (score !== due.score || level !== due.level)
          expect([n, score, level]).toEqual([n, due.score, due.level]);
      }
    }),
    { numRuns: 60 },
  ));

it('the same history gives the same score at the same date', () =>
  fc.assert(
    fc.property(histories, fc.integer({ min: 0, max: 320 }), (history, n) => {
      const [one, other] = [watched(history), watched(history)];
      for (const event of history) {
        one.take(event);
        other.take(event);
      }
      one.fireUntil(day(n));
      other.fireUntil(day(400));
      expect(other.last(day(n))).toEqual(one.last(day(n)));
    }),
    { numRuns: 100 },
  ));
