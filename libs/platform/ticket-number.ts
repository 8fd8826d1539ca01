import type { EventStore } from '@rapport/kernel';

/** `需-2024-001`, and as it may be typed without Chinese letters: `REQ-2024-001` (4.1). */
const NUMBER = /^(?:需|REQ)-(\d{4})-(\d{3,9})$/;

/**
 * The id of a ticket that is named by its number, or by its id already. The register of a year holds nothing but its numbers,
 * without a gap: the n-th event is number n.
 */
export const ticketIdIn = async (store: EventStore, no: string): Promise<string> => {
  const [, year, sequence] = NUMBER.exec(no) ?? [];
  if (year === undefined || Number(sequence) === 0) return no;
  const [event] = await store.read(`ticketregister-${year}`, { from: Number(sequence) - 1, limit: 1 });
  return (event?.data as { readonly ticketId: string } | undefined)?.ticketId ?? no;
};
