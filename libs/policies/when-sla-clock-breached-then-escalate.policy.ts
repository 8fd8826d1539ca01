import { EscalateBreachedClock, SettleBreachedClock } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { policy } from '@rapport/kernel';

/** A missed deadline calls management by itself, level by level, until the moment is reached after all (R-21, SYS-22). */
export const whenSlaClockBreachedThenEscalate = policy(events, {
  name: 'when-sla-clock-breached-then-escalate',
  about: 'calls the next level when a deadline is missed or left overdue, and settles it when it is reached',
  key: 'ticketId',
}).on({
  SlaClockBreached: (_, { ticketId, moment, round: clockRound, level, dueAt }) => ({
    send: [EscalateBreachedClock.of({ ticketId, moment, clockRound, level, percent: 100, dueAt })],
  }),
  SlaClockLeftOverdue: (_, { ticketId, moment, round: clockRound, level, percent, dueAt }) => ({
    send: [EscalateBreachedClock.of({ ticketId, moment, clockRound, level, percent, dueAt })],
  }),
  SlaClockMetLate: (_, { ticketId, moment, round: clockRound, reachedBy, reachedAt }) => {
    const note = `${moment} was reached by ${reachedBy} at ${reachedAt}`;
    return { send: [SettleBreachedClock.of({ ticketId, moment, clockRound, note })] };
  },
});
