import { EscalateTicket } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { ESCALATED_ROUND } from '@rapport/domain/values';
import { policy } from '@rapport/kernel';

/** Two attempts have failed: the head of the department looks at the third (SYS-19.2). What was imported is history. */
export const whenThirdRoundBeginsThenEscalate = policy(events, {
  name: 'when-third-round-begins-then-escalate',
  about: 'calls the head of the department to a ticket whose third round begins',
  key: 'ticketId',
}).on({
  SecondCommunicationStarted: (_, { ticketId, round }, { meta }) =>
    round !== ESCALATED_ROUND || meta.actorRole === 'MIGRATION'
      ? undefined
      : {
          send: [
            EscalateTicket.of({ ticketId, level: 'DEPARTMENT_HEAD', askedBy: 'CUSTOMER', reason: REASON }),
          ],
        },
});

const REASON = 'the customer was not satisfied twice: the third round begins';
