import { EscalateTicket } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { ESCALATED_ROUND } from '@rapport/domain/values';
import { policy, type RecordedEvent } from '@rapport/kernel';

/**
 * Two attempts have failed: the head of the department looks at the third, whether the customer said so at once or the
 * problem came back (SYS-19.2). What was imported is history.
 */
export const whenThirdRoundBeginsThenEscalate = policy(events, {
  name: 'when-third-round-begins-then-escalate',
  about: 'calls the head of the department to a ticket whose third round begins',
  key: 'ticketId',
}).on({
  SecondCommunicationStarted: (_, again, event) => called(again, event, UNSATISFIED),
  TicketReopened: (_, again, event) => called(again, event, BACK),
});

const UNSATISFIED = 'the customer was not satisfied twice: the third round begins';
const BACK = 'the problem is back after two attempts: the third round begins';

interface Again {
  readonly ticketId: string;
  readonly round: number;
}
const called = ({ ticketId, round }: Again, { meta }: RecordedEvent, reason: string) =>
  round !== ESCALATED_ROUND || meta.actorRole === 'MIGRATION'
    ? undefined
    : { send: [EscalateTicket.of({ ticketId, level: 'DEPARTMENT_HEAD', askedBy: 'CUSTOMER', reason })] };
