import {
  DEFAULT_POLICY,
  inForce,
  SLA_PROMISES_MAX,
  SLA_VERSIONS_MAX,
  versionInForce,
  type PolicyVersion,
  type PublishedPromise,
} from '@rapport/domain/values';
import { Id, Instant, Optional, question, type RowOf, type RowReader } from '@rapport/kernel';
import { publishedPromises } from './published-promises.projection';
import { slaPolicy } from './sla-policy.projection';

class InForceParams {
  /** `default` if nothing is said. */
  @Optional() @Id() policyId?: string;
  /** Now if nothing is said; a time to come shows what is to hold then. */
  @Optional() @Instant() at?: string;
}

/** The policy that holds at a time, its published promises among its rules (SYS-20). */
export const slaPolicyInForce = question({
  name: 'sla-policy-in-force',
  about: 'Which SLA policy holds now, or at any time, with which rules and published promises?',
  params: InForceParams,
  reads: [slaPolicy, publishedPromises],
  answer: async ({ policyId = DEFAULT_POLICY, at }, { rows, now }) => {
    const versions = await versionsOf(rows, policyId);
    const promises = await promisesOf(rows, policyId);
    const moment = at ?? now;
    const { basis, effectiveFrom } = versionInForce(versions, moment);
    const { version, calendarId, rules, ladder } = inForce({ versions, promises }, moment);
    return {
      ...{ asOf: now, at: moment, policyId, version, basis, calendarId },
      effectiveFrom: effectiveFrom || null,
      ...{ ladder, rules },
      later: versions
        .filter((it) => it.effectiveFrom > moment)
        .map((it) => ({ version: it.version, effectiveFrom: it.effectiveFrom, basis: it.basis })),
    };
  },
});

const of = (policyId: string) => [['policyId', '=', policyId] as const];
const versionsOf = async (rows: RowReader, policyId: string): Promise<readonly PolicyVersion[]> => {
  const found = await rows.find(slaPolicy.table, {
    ...{ where: of(policyId), orderBy: { column: 'version' }, limit: SLA_VERSIONS_MAX },
  });
  return (found as readonly RowOf<typeof slaPolicy.table.columns>[]).map(
    ({ warnAtPercent, departmentHeadAtPercent, seniorManagementAtPercent, retiredFrom, ...row }) => ({
      ...row,
      ...(retiredFrom !== null && { retiredFrom }),
      ladder: { warnAtPercent, departmentHeadAtPercent, seniorManagementAtPercent },
    }),
  );
};
const promisesOf = async (rows: RowReader, policyId: string): Promise<readonly PublishedPromise[]> => {
  const found = await rows.find(publishedPromises.table, {
    ...{ where: of(policyId), orderBy: { column: 'effectiveFrom' }, limit: SLA_PROMISES_MAX },
  });
  return (found as readonly RowOf<typeof publishedPromises.table.columns>[]).map(
    ({ kind, minutes, days, endsAt, ...row }) => ({
      ...row,
      within: { kind, ...(minutes !== null && { minutes }), ...(days !== null && { days }) },
      ...(endsAt !== null && { endsAt }),
    }),
  );
};
