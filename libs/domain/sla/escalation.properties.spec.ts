import fc from 'fast-check';
import { Refusal, type NewEvent } from '@rapport/kernel';
import { scenario } from '@rapport/kernel/spec';
import * as c from './escalation.commands';
import { escalation } from './escalation.decider';
import { TicketEscalated } from './escalation.events';
import { EscalationLevel, higherThan } from './escalation.values';

const T0 = '2024-03-01T09:00:00.000Z';
const T30 = '2024-03-01T09:30:00.000Z';
const as = (role: string, now: string) => scenario(escalation, { now, actor: { id: 'uma', role } }).given;
const of = { ticketId: 't-1', customerId: 'c-1', type: 'SERVICE', urgency: 'URGENT', raisedAt: T0 };
const known = {
  ...{ ticket: { stage: 'working', of: { ...of, ownerId: 'ann' } }, complaint: { stage: 'none' } },
  ...{ value: { tier: 'STANDARD' }, customer: { stage: 'known', profile: {}, contacts: {} } },
};
const LEVELS = Object.keys(EscalationLevel) as EscalationLevel[];
const asked = { ticketId: 't-1', askedBy: 'CUSTOMER', reason: 'nothing moves' } as const;

describe('whatever happens to an escalation', () => {
  const wish = fc.record({ what: fc.nat(4), minutes: fc.nat(50), role: fc.constantFrom(...LEVELS) });

  it('each level is called once, upward, and nobody waits longer than half an hour', () =>
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 15 }), (wishes) => {
        const history: NewEvent[] = [];
        let now = Date.parse(T0);
        for (const { what, minutes, role } of wishes) {
          now += minutes * 60_000 + 1;
          history.push(...decided(history, commands[what]!, new Date(now).toISOString(), role));
        }
        assertLadders(history);
      }),
    ));

  const commands = [
    c.EscalateTicket.of(asked),
    c.EscalateTicket.of({ ...asked, level: 'DEPARTMENT_HEAD' }),
    c.AcceptEscalation.of({ ticketId: 't-1' }),
    c.ResolveEscalation.of({ ticketId: 't-1', note: 'done' }),
    c.RaiseUnacceptedEscalation.of({ ticketId: 't-1', level: 'SUPERVISOR', acceptBy: T30 }),
  ];
  const decided = (history: readonly NewEvent[], command: object, now: string, role: string) => {
    try {
      return as(
        role,
        now,
      )(...history)
        .when(command, known)
        .decided();
    } catch (error) {
      if (error instanceof Refusal) return [];
      throw error;
    }
  };
  const assertLadders = (history: readonly NewEvent[]) => {
    const levels = new Map<number, EscalationLevel>();
    let due: string | undefined;
    for (const { messageClass, data } of history) {
      const { escalation: n, level, acceptBy, ...event } = data as TicketEscalated;
      if (messageClass === TicketEscalated) {
        const before = levels.get(n);
        if (before) expect(higherThan(level, before)).toBeGreaterThan(0);
        if (due !== undefined) expect(event.escalatedAt <= due).toBe(true);
        levels.set(n, level);
        due = acceptBy;
      } else due = undefined;
    }
  };
});
