import { RegisterTicket } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { SpokenComplaint, type ComplaintIntake } from '@rapport/domain/values';
import { hydrate, policy } from '@rapport/kernel';

/** A split only says what shall become of the parts; each is then taken in like any other ticket (SYS-12). */
export const whenTicketSplitThenRegisterParts = policy(events, {
  name: 'when-ticket-split-then-register-parts',
  about: 'registers every part of a split ticket as a ticket of its own that names where it comes from',
  key: 'ticketId',
}).on({
  TicketPartSplitOff: (_, { ticketId: splitFrom, newTicketId: ticketId, ...part }) => {
    const { customerId, newType: type, newUrgency: urgency, channel, collectorId, raisedAt, verbatim } = part;
    const taken = { customerId, type, urgency, channel, collectorId, raisedAt, verbatim };
    const { newServicePhase: servicePhase } = part;
    const phase = servicePhase === undefined ? {} : { servicePhase };
    const said = { ...phase, ...summaryOf(part), ...complaintOf(part.complaint, part.complaintText) };
    return { send: [RegisterTicket.of({ ticketId, splitFrom, ...taken, ...said })] };
  },
});

interface Summary {
  readonly distilled?: string;
  readonly subjectiveWords?: readonly string[];
}
/** Whoever split it has answered for a subjective summary already. */
const summaryOf = ({ distilled, subjectiveWords }: Summary) =>
  distilled === undefined
    ? {}
    : { distilled, ...(subjectiveWords !== undefined && { distilledOverride: true }) };

const complaintOf = (complaint: ComplaintIntake | undefined, text: string | undefined) =>
  complaint === undefined
    ? {}
    : { complaint: hydrate(SpokenComplaint, { ...complaint, ...(text !== undefined && { text }) }) };
