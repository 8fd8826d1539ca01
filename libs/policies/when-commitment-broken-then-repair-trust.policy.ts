import { EscalateTicket, OpenTrustRepair, RaiseTrustRepair } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { BROKEN_TO_ESCALATE, BROKEN_WITHIN_DAYS, daysAfter } from '@rapport/domain/values';
import { json, policy } from '@rapport/kernel';

/** Broken promises of the last thirty days, as far as they are remembered: the oldest are let go. */
const REMEMBERED_MAX = 100;

/** A broken promise is made good, and whoever breaks a second one within thirty days has the head called (SYS-27.1, SYS-27.3). */
export const whenCommitmentBrokenThenRepairTrust = policy(events, {
  name: 'when-commitment-broken-then-repair-trust',
  about:
    'opens a trust repair for every broken commitment, and calls the head of the department at the second in 30 days',
  key: 'customerId',
  columns: { broken: json<readonly string[]>([]) },
}).on({
  CommitmentBroken: ({ broken }, promise, { id: repairId }) => {
    const { commitmentId, customerId, ticketId, makerId, department, brokenAt } = promise;
    const lately = [...broken, brokenAt].filter((at) => isNear(at, brokenAt)).slice(-REMEMBERED_MAX);
    const open = OpenTrustRepair.of({
      ...{ repairId, customerId, breach: 'BROKEN_COMMITMENT', commitmentId, makerId, brokenAt },
      ...(ticketId !== undefined && { ticketId }),
      ...(department !== undefined && { department }),
    });
    const again = lately.length < BROKEN_TO_ESCALATE ? [] : raised(repairId, lately.length, ticketId);
    return { remember: { broken: [...broken, brokenAt].slice(-REMEMBERED_MAX) }, send: [open, ...again] };
  },
});

/** Of two moments it makes no difference which one was noticed first. */
const isNear = (one: string, other: string): boolean =>
  daysAfter(one, BROKEN_WITHIN_DAYS) >= other && daysAfter(other, BROKEN_WITHIN_DAYS) >= one;

const raised = (repairId: string, brokenPromises: number, ticketId: string | undefined) => {
  const level = 'DEPARTMENT_HEAD' as const;
  const raise = RaiseTrustRepair.of({ repairId, level, brokenPromises });
  if (ticketId === undefined) return [raise];
  const reason = `${brokenPromises} promises to this customer were broken within ${BROKEN_WITHIN_DAYS} days`;
  return [raise, EscalateTicket.of({ ticketId, level, askedBy: 'CUSTOMER', reason })];
};
