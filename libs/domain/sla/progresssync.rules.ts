import type { SlaRuleChoice } from './slaclocks.values';
import { AGREED_NODE_RULE, type SlaNode } from './slaclocks.values';
import { rulingsOf } from './slapolicy.rules';
import type { SlaCase, SlaPolicy } from './slapolicy.values';
import type { WorkingCalendar } from './workingcalendar.values';

/** What a sync is due by: the ticket as rules see it, when the customer heard of us last, and what was agreed. */
export interface SyncAsked {
  readonly of: SlaCase;
  /** The first response, the last sync, or the time at which one was missed (SYS-23.5). */
  readonly from: string;
  /** Agreed times, in their order. */
  readonly nodes: readonly SlaNode[];
  /** Only those after it are still to come; default: `from`. */
  readonly nodesAfter?: string;
}
export interface SyncDue {
  readonly winner: SlaRuleChoice;
  /** Rules that hold too; under an agreed time: those that it replaces. */
  readonly losers: readonly SlaRuleChoice[];
}

/**
 * When the customer hears from us next: at the next time that was agreed, which replaces the cadence, or else by the strictest
 * rule: every 24 hours for problems, every 48 for what takes longer than three days (R-09, R-10, R-11, C-07, SYS-23.1).
 * Undefined: nobody has to say anything by itself.
 */
export const syncDueOf = (
  { of, from, nodes, nodesAfter = from }: SyncAsked,
  policy: Pick<SlaPolicy, 'rules'>,
  calendar: WorkingCalendar,
): SyncDue | undefined => {
  const ruling = rulingsOf(of, { LAST_SYNC: from }, policy, calendar).PROGRESS_SYNC;
  const cadence = ruling && [chosen(ruling), ...ruling.losers.map(chosen)];
  const node = nodes.find(({ dueAt }) => dueAt > nodesAfter);
  if (node) return { winner: agreed(node, from, of), losers: cadence ?? [] };
  const [winner, ...losers] = cadence ?? [];
  return winner && { winner, losers };
};

const chosen = ({ rule, basis, startEvent, start, within, tier, due }: SlaRuleChoice): SlaRuleChoice => ({
  ...{ rule, startEvent, start, within, tier, due },
  ...(basis !== undefined && { basis }),
});
const agreed = ({ nodeId, dueAt: due }: SlaNode, start: string, of: SlaCase): SlaRuleChoice => ({
  ...{ rule: AGREED_NODE_RULE, basis: `C-07, node ${nodeId}`, startEvent: 'LAST_SYNC', start, due },
  within: { kind: 'CONTINUOUS', minutes: Math.min(YEAR_MINUTES, minutesBetween(start, due)) },
  tier: of.priorityCustomer ? 'PRIORITY' : 'STANDARD',
});
const YEAR_MINUTES = 527_040;
const minutesBetween = (from: string, to: string): number =>
  Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 60_000));
