import { RaiseUnacceptedEscalation } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { justAfter } from '@rapport/domain/values';
import { at, policy } from '@rapport/kernel';

const FORGET = { remember: null };

/** Whoever is called has half an hour; then the next level is called, up to the top (2.4, SYS-22). */
export const whenEscalationUnacceptedThenRaise = policy(events, {
  name: 'when-escalation-unaccepted-then-raise',
  about: 'moves an escalation up one level when nobody has accepted it within 30 minutes',
  key: 'ticketId',
}).on({
  TicketEscalated: (_, { ticketId, level, acceptBy }) =>
    acceptBy === undefined
      ? FORGET
      : { wake: at(justAfter(acceptBy), RaiseUnacceptedEscalation.of({ ticketId, level, acceptBy })) },
  EscalationAccepted: () => FORGET,
  EscalationResolved: () => FORGET,
});
