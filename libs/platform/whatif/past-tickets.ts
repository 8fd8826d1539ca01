import type { EventStore, Projection, RecordedEvent, RowReader } from '@rapport/kernel';

/** Tickets that are looked for at once. */
const PAGE = 500;
/** Customers whose history is kept at hand: neighbours in time often have the same one. */
const CUSTOMERS_AT_HAND = 500;

/** Tickets that were raised from an instant up to another one, that one not included. */
export interface Span {
  readonly from: string;
  readonly to: string;
}
export interface PastTicket {
  readonly ticketId: string;
  readonly raisedAt: string;
  readonly priority: number | null;
  /** What the system it came from said of its own deadline; null: nothing. */
  readonly sourceVerdict: 'MET' | 'MISSED' | null;
  /** All that its clocks depend on, in the order of the log. */
  readonly events: readonly RecordedEvent[];
}

/** Past tickets one by one, in the order in which they were raised, with their history; as much is kept as one ticket has. */
export class PastTickets {
  private readonly customers = new Map<string, readonly RecordedEvent[]>();

  constructor(
    private readonly store: EventStore,
    private readonly rows: RowReader,
    private readonly table: Projection['table'],
  ) {}

  count({ from, to }: Span): Promise<number> {
    return this.rows.count(this.table, [...raisedIn(from, to)]);
  }
  async *all({ from, to }: Span): AsyncGenerator<PastTicket> {
    for (let after: readonly [string, string] | undefined, more = true; more;) {
      const page = await this.rows.find(this.table, {
        ...{ where: raisedIn(from, to), orderBy: { column: 'raisedAt' }, limit: PAGE },
        ...(after && { after }),
      });
      for (const row of page) {
        const { key: ticketId, customerId, raisedAt, priority, sourceVerdict } = row;
        const events = await this.historyOf(ticketId, String(customerId));
        const told = { priority, sourceVerdict } as Pick<PastTicket, 'priority' | 'sourceVerdict'>;
        yield { ticketId, raisedAt: String(raisedAt), ...told, events };
      }
      const last = page.at(-1);
      if (last) after = [String(last['raisedAt']), last.key];
      more = page.length === PAGE;
    }
  }

  private async historyOf(ticketId: string, customerId: string): Promise<readonly RecordedEvent[]> {
    const ticket = await this.store.read(`ticket-${ticketId}`);
    const promised = ticket.flatMap(({ type, data }) =>
      type === 'CommitmentTied' ? [(data as { readonly commitmentId: string }).commitmentId] : [],
    );
    const beside = await Promise.all(
      [`complaint-${ticketId}`, `slaclocks-${ticketId}`, ...promised.map((id) => `commitment-${id}`)].map(
        (name) => this.store.read(name),
      ),
    );
    const all = [...(await this.customer(customerId)), ...ticket, ...beside.flat()];
    return all.sort(byPosition);
  }
  private async customer(customerId: string): Promise<readonly RecordedEvent[]> {
    const known = this.customers.get(customerId);
    if (known) return known;
    const streams = await Promise.all(
      ['customer', 'value'].map((of) => this.store.read(`${of}-${customerId}`)),
    );
    if (this.customers.size >= CUSTOMERS_AT_HAND) this.customers.clear();
    this.customers.set(customerId, streams.flat());
    return streams.flat();
  }
}

const raisedIn = (from: string, to: string) =>
  [
    ['raisedAt', '>=', from],
    ['raisedAt', '<', to],
  ] as const;
const byPosition = (one: RecordedEvent, other: RecordedEvent): number =>
  one.position === other.position ? one.revision - other.revision : one.position < other.position ? -1 : 1;
