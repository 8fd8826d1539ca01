import type { Row } from '@rapport/kernel';

/** The order in which a person who is wanted twice at a time should be given (SYS-62.4) [D]. */
export const CLAIM_ORDER = ['Q1', 'MAJOR', 'SERIOUS', 'PRIORITY_CUSTOMER', 'OTHER'] as const;
export type ClaimRank = (typeof CLAIM_ORDER)[number];

/** One ticket that wants a person. */
export interface Claim {
  readonly ticketId: string;
  readonly as: 'OWNER' | 'TASK_FORCE';
  readonly rank: ClaimRank;
  readonly green: boolean;
  readonly dueAt: string | null;
  readonly overdue: boolean;
  readonly customerId: string;
}

const rankOf = (row: Row): ClaimRank => {
  if (row['quadrant'] === 'Q1') return 'Q1';
  if (row['complaintLevel'] === 'MAJOR' || row['complaintLevel'] === 'SERIOUS') return row['complaintLevel'];
  return row['priorityCustomer'] === true || row['grade'] === 'VIP' ? 'PRIORITY_CUSTOMER' : 'OTHER';
};

/** Who is wanted by a ticket, and as what: its owner, and its task force. Work that is done wants nobody. */
export const claimsOf = (row: Row, now: string): readonly (readonly [staffId: string, claim: Claim])[] => {
  if (row['state'] === 'CONFIRMED') return [];
  const dueAt = row['dueAt'] === null ? null : String(row['dueAt']);
  const claim = {
    ...{ ticketId: row.key, rank: rankOf(row), green: row['green'] === true, dueAt },
    ...{ overdue: dueAt !== null && dueAt < now, customerId: String(row['customerId']) },
  };
  const ownerId = row['ownerId'] === null ? [] : [String(row['ownerId'])];
  const force = (row['force'] as readonly string[]).filter((staffId) => !ownerId.includes(staffId));
  return [
    ...ownerId.map((staffId) => [staffId, { ...claim, as: 'OWNER' as const }] as const),
    ...force.map((staffId) => [staffId, { ...claim, as: 'TASK_FORCE' as const }] as const),
  ];
};

/** Q1, MAJOR, SERIOUS, priority customer, others; of two alike the one that is due first, and at last by id. */
export const inProposedOrder = (claims: readonly Claim[]): readonly Claim[] =>
  [...claims].sort(
    (one, other) =>
      CLAIM_ORDER.indexOf(one.rank) - CLAIM_ORDER.indexOf(other.rank) ||
      compare(one.dueAt ?? LAST, other.dueAt ?? LAST) ||
      compare(one.ticketId, other.ticketId),
  );
/** Sorts after every instant. */
const LAST = '~';
const compare = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);
