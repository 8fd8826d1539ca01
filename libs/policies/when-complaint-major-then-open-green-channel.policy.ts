import { OpenGreenChannel } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { policy, type RecordedEvent } from '@rapport/kernel';

/** A major complaint passes before all others, whatever its quadrant (R-12, SYS-24.1). What was imported is history. */
export const whenComplaintMajorThenOpenGreenChannel = policy(events, {
  name: 'when-complaint-major-then-open-green-channel',
  about: 'opens the green channel for a complaint that is graded or raised MAJOR',
  key: 'ticketId',
}).on({
  ComplaintGraded: (_, { ticketId, level }, event) => opened(ticketId, level, event),
  ComplaintLevelRaised: (_, { ticketId, to }, event) => opened(ticketId, to, event),
});

const opened = (ticketId: string, level: string, { meta }: RecordedEvent) =>
  level === 'MAJOR' && meta.actorRole !== 'MIGRATION'
    ? { send: [OpenGreenChannel.of({ ticketId, cause: 'MAJOR_COMPLAINT' })] }
    : undefined;
