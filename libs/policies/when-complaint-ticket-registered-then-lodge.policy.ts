import { LodgeComplaint } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { ToldFindings, type ComplaintIntake } from '@rapport/domain/values';
import { hydrate, policy } from '@rapport/kernel';

interface Told {
  readonly ticketId: string;
  readonly type?: string;
  readonly complaint?: ComplaintIntake;
  readonly complaintText?: string;
}
const lodge = ({ ticketId, type, complaint, complaintText }: Told) => {
  if (type !== 'COMPLAINT' || !complaint) return undefined;
  const { causes, emotion, ...found } = complaint;
  const findings = hydrate(ToldFindings, found);
  const words = complaintText === undefined ? {} : { text: complaintText };
  return { send: [LodgeComplaint.of({ ticketId, causes, emotion, findings, ...words })] };
};

/** A ticket that tells of a complaint is taken up as one, so that nobody has to type it twice (SYS-28). */
export const whenComplaintTicketRegisteredThenLodge = policy(events, {
  name: 'when-complaint-ticket-registered-then-lodge',
  about: 'takes up as a complaint what a ticket of type COMPLAINT told when it was registered or classified',
  key: 'ticketId',
}).on({
  TicketRegistered: (_, told) => lodge(told),
  TicketClassified: (_, told) => lodge(told),
});
