/** Where a ticket stands, whether or not it is over. */
export type TicketState =
  'NEW' | 'WORKING' | 'WAITING' | 'SOLVED' | 'CONFIRMED' | 'CLOSED' | 'ARCHIVED' | 'WITHDRAWN';

interface Standing {
  readonly state: TicketState;
  readonly solvedAt: string | null;
}
const begun = ({ state }: Standing): { readonly state: TicketState } => ({
  state: state === 'NEW' ? 'WORKING' : state,
});
const unsolved = { state: 'WORKING', solvedAt: null } as const;

/** How what happens moves a ticket, for every model that shows where it stands. */
export const stateMoves = {
  /** A receipt that a machine sent is no work on it (SYS-21.4). */
  TicketAcknowledged: (row: Standing, { automatic = false }: { readonly automatic?: boolean }) =>
    automatic ? undefined : begun(row),
  FirstResponseRecorded: begun,
  PlanPresented: begun,
  TicketWaitingForCustomer: () => ({ state: 'WAITING' }) as const,
  TicketResumed: ({ solvedAt }: Standing): { readonly state: TicketState } => ({
    state: solvedAt === null ? 'WORKING' : 'SOLVED',
  }),
  CustomerConfirmedSatisfied: () => ({ state: 'CONFIRMED' }) as const,
  CustomerReportedDissatisfied: () => unsolved,
};
export { begun, unsolved };
