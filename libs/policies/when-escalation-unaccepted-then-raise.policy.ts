import { RaiseUnacceptedEscalation } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { justAfter } from '@rapport/domain/values';
import { at, policy } from '@rapport/kernel';

/** `t-1|2`: several escalations of a ticket wait side by side. */
const each = ({ ticketId, escalation }: { readonly ticketId: string; readonly escalation: number }) => [
  `${ticketId}|${escalation}`,
];
const FORGET = { remember: null };

/** Whoever is called has half an hour; then the next level is called, up to the top (2.4, SYS-22). */
export const whenEscalationUnacceptedThenRaise = policy(events, {
  name: 'when-escalation-unaccepted-then-raise',
  about: 'moves an escalation up one level when nobody has accepted it within 30 minutes',
  version: 2,
  key: 'ticketId',
  keys: { TicketEscalated: each, EscalationAccepted: each, EscalationResolved: each },
}).on({
  TicketEscalated: (_, { ticketId, level, acceptBy, escalation }) =>
    acceptBy === undefined
      ? FORGET
      : {
          wake: at(
            justAfter(acceptBy),
            RaiseUnacceptedEscalation.of({ ticketId, escalation, level, acceptBy }),
          ),
        },
  EscalationAccepted: () => FORGET,
  EscalationResolved: () => FORGET,
});
