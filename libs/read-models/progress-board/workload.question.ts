import { Count, Id, Optional, pagesOf, question, type Row, type RowReader } from '@rapport/kernel';
import { claimsOf, inProposedOrder, type Claim } from './claims';
import { progressItems } from './progress-items.projection';
import { staffCapacity } from './staff-capacity.projection';

class WorkloadParams {
  /** One person; everybody if nothing is said. */
  @Optional() @Id() staffId?: string;
  @Optional() @Id() department?: string;
  /** People and conflicts that are listed, the fullest first; 100 if nothing is said. */
  @Optional() @Count(1, 1_000) limit?: number;
}
const LIMIT = 100;
/** Claims of one person that are listed. */
const CLAIMS_MAX = 100;

/** Who has more to do than they can, and who is wanted twice at a time (SYS-62.3, SYS-62.4). */
export const workload = question({
  name: 'workload',
  about:
    'Who works on how many tickets against their capacity, and who is wanted by several at a time, in which order?',
  params: WorkloadParams,
  reads: [progressItems, staffCapacity],
  answer: async ({ staffId, department, limit = LIMIT }, { rows, now }) => {
    const capacities = await capacitiesOf(rows);
    const people = [...(await claimsByPerson(rows, now, capacities.keys()))]
      .map(([id, claims]) => loadOf(id, claims, capacities.get(id)))
      .filter((each) => staffId === undefined || each.staffId === staffId)
      .filter((each) => department === undefined || each.department === department)
      .sort(fullest);
    const conflicts = people.filter(isWantedTwice).map(({ staffId: id, claims, overloaded }) => ({
      ...{ staffId: id, overloaded },
      proposed: inProposedOrder(claims).slice(0, CLAIMS_MAX),
    }));
    return {
      ...{ asOf: now, people: people.length, overloaded: people.filter((each) => each.overloaded).length },
      workload: people.slice(0, limit).map(({ claims: _, ...load }) => load),
      conflicts: conflicts.slice(0, limit),
    };
  },
});

const capacitiesOf = async (rows: RowReader): Promise<ReadonlyMap<string, Row>> => {
  const found = new Map<string, Row>();
  for await (const page of pagesOf(rows, staffCapacity.table))
    for (const row of page) found.set(row.key, row);
  return found;
};
/** Whoever has a capacity is listed, wanted or not. */
const claimsByPerson = async (rows: RowReader, now: string, known: Iterable<string>) => {
  const found = new Map<string, Claim[]>([...known].map((staffId) => [staffId, []]));
  for await (const page of pagesOf(rows, progressItems.table))
    for (const [staffId, claim] of page.flatMap((row) => claimsOf(row, now))) {
      const claims = found.get(staffId);
      if (claims) claims.push(claim);
      else found.set(staffId, [claim]);
    }
  return found;
};

type Load = ReturnType<typeof loadOf>;
const loadOf = (staffId: string, claims: readonly Claim[], of: Row | undefined) => {
  const capacity = of === undefined ? null : Number(of['capacity']);
  const owned = claims.filter(({ as }) => as === 'OWNER').length;
  return {
    ...{ staffId, department: (of?.['department'] ?? null) as string | null, claims, capacity },
    ...{ tickets: claims.length, owned, inTaskForces: claims.length - owned },
    overdue: claims.filter((claim) => claim.overdue).length,
    overloaded: capacity !== null && claims.length > capacity,
    free: capacity === null ? null : capacity - claims.length,
  };
};
/** Least free first; of those who have said no capacity the ones with most to do. */
const fullest = (one: Load, other: Load): number =>
  Number(other.overloaded) - Number(one.overloaded) ||
  other.tickets - one.tickets ||
  (one.staffId < other.staffId ? -1 : 1);

/** Two claims that cannot wait for each other, or more of any kind than the person can do. */
const isWantedTwice = ({ claims, overloaded }: Load): boolean =>
  claims.length > 1 && (overloaded || claims.filter(({ rank }) => rank !== 'OTHER').length > 1);
