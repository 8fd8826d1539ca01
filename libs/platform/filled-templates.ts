import { ticketFileOf, type Happened, type TicketFile } from '@rapport/read-models';
import type { EventStore, RecordedEvent } from '@rapport/kernel';

/** What a reader may see of an event. */
export type Shown = (event: RecordedEvent) => object;

/** `需-2024-001`, and as it may be typed without Chinese letters: `REQ-2024-001` (4.1). */
const NUMBER = /^(?:需|REQ)-(\d{4})-(\d{3,9})$/;
/** Numbers that are read at once while one is looked for. */
const PAGE = 1_000;

interface Numbered {
  readonly ticketId: string;
  readonly ticketNumber: string;
}

/**
 * The file of a ticket, read from the log when it is asked for: what a person is called stands in no row, so whoever has
 * been forgotten is forgotten here at once. `no`: its number or its id. Null: there is no such ticket.
 */
export const ticketFileIn = async (
  store: EventStore,
  no: string,
  shown: Shown,
): Promise<TicketFile | null> => {
  const named = await numbered(store, no);
  const ticketId = named?.ticketId ?? no;
  const events = await store.read(`ticket-${ticketId}`);
  const registered = events.find(({ type }) => type === 'TicketRegistered');
  if (!registered) return null;
  const { customerId, raisedAt } = registered.data as {
    readonly customerId: string;
    readonly raisedAt: string;
  };
  const number = named?.ticketNumber ?? (await numberOf(store, ticketId, raisedAt.slice(0, 4)));
  const as = (event: RecordedEvent): Happened => ({ type: event.type, data: shown(event) });
  const customer = await store.read(`customer-${customerId}`);
  return ticketFileOf(events.map(as), customer.map(as), number);
};

/** The register of a year holds nothing but its numbers, without a gap: the n-th event is number n. */
const numbered = async (store: EventStore, no: string): Promise<Numbered | undefined> => {
  const [, year, sequence] = NUMBER.exec(no) ?? [];
  if (year === undefined || Number(sequence) === 0) return undefined;
  const [event] = await store.read(registerOf(year), { from: Number(sequence) - 1, limit: 1 });
  return event?.data as Numbered | undefined;
};
/** The number of a ticket, looked for in the register of its year; empty: it has none yet. */
const numberOf = async (store: EventStore, ticketId: string, year: string): Promise<string> => {
  for (let from = 0; ; from += PAGE) {
    const page = await store.read(registerOf(year), { from, limit: PAGE });
    const found = page.map(({ data }) => data as Numbered).find((one) => one.ticketId === ticketId);
    if (found || page.length < PAGE) return found?.ticketNumber ?? '';
  }
};
const registerOf = (year: string): string => `ticketregister-${year}`;
