import { reject } from '@rapport/kernel';
import { assertCausesExplained, findingsAfter } from '../complaint/complaint.rules';
import type { SpokenComplaint } from '../complaint/complaint.values';
import type { AmendTicketDetails } from './ticket.commands';
import { checkedSummary } from './ticket.objectivity';
import { present } from './ticket.state';
import type { TicketType } from './ticket.values';

/** The customer's words go beside the complaint, where they can be sealed. */
export const spoken = (
  complaint: SpokenComplaint | undefined,
  type: TicketType | undefined,
  field = 'complaint',
) => {
  if (!complaint) return {};
  if (type !== 'COMPLAINT')
    return reject('NOT_A_COMPLAINT', field, 'only a ticket of type COMPLAINT carries a complaint');
  const { text, causes, emotion, ...told } = complaint;
  assertCausesExplained(causes, text, `${field}.text`);
  return { complaint: { ...findingsAfter(told), causes, emotion }, ...present({ complaintText: text }) };
};

/** Marks of what was said: a subjective summary that was kept, order numbers that nobody has verified (SYS-12). */
export const checked = (
  said: Pick<AmendTicketDetails, 'distilled' | 'distilledOverride' | 'orderNumbers'>,
) => ({
  ...checkedSummary(said),
  ...((said.orderNumbers?.length ?? 0) > 0 && { ordersVerified: false }),
});
