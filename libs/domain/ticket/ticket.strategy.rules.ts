import { reject } from '@rapport/kernel';
import {
  MODE_RULES,
  needsRiskPlan,
  PROPOSED_GOALS,
  type CommunicationGoal,
  type CommunicationMode,
  type KeyNode,
  type OwnerCapacity,
  type ScriptPart,
  type Spoken,
} from './ticket.strategy.values';

/** A strategy as it would stand, and the ticket it is for. */
export interface Draft extends Spoken {
  readonly goals: readonly CommunicationGoal[];
  readonly modes: readonly CommunicationMode[];
  readonly keyNodes: readonly KeyNode[];
  readonly ownerCapacity: OwnerCapacity;
  readonly parts: ReadonlySet<ScriptPart>;
  readonly nextAction?: string;
  readonly nextActionAt?: string;
  readonly riskTrigger?: string;
  readonly riskAction?: string;
  readonly valuePoint?: string;
  readonly opportunityCheck?: string;
}
interface StrategyRule {
  readonly code: string;
  readonly field: string;
  readonly sentence: string;
  readonly broken: (draft: Draft) => boolean;
}

/** What every strategy holds (SYS-15.2, SYS-15.5, SYS-15.6, template 3). The first rule that is broken is named. */
export const STRATEGY_RULES: readonly StrategyRule[] = [
  {
    ...{ code: 'KEY_NODE_MISSING', field: 'keyNodes', sentence: 'name at least one key node' },
    broken: ({ keyNodes }) => keyNodes.length === 0,
  },
  ...MODE_RULES.map(({ sentence, when, keptBy }) => ({
    ...{ code: 'MODE_MISSING', field: 'modes', sentence },
    broken: (draft: Draft) => when(draft) && !keptBy(draft.modes),
  })),
  {
    ...{ code: 'OWNER_UNFIT', field: 'ownerCapacity' },
    sentence: 'a VIP is answered by the account manager or a delegate of the head',
    broken: ({ grade, ownerCapacity }) => grade === 'VIP' && ownerCapacity === 'OTHER',
  },
  {
    ...{ code: 'GOAL_MISSING', field: 'goals' },
    sentence: 'a complaint is soothed, apologised for and explained, and followed up',
    broken: ({ type, goals }) =>
      type === 'COMPLAINT' && !PROPOSED_GOALS.COMPLAINT.every((goal) => goals.includes(goal)),
  },
  {
    ...{ code: 'SCRIPT_PART_MISSING', field: 'scriptPoints' },
    sentence: 'say how the talk opens and what is at its core',
    broken: ({ parts }) => !parts.has('OPENING') || !parts.has('CORE'),
  },
  {
    ...{ code: 'CLOSING_MISSING', field: 'nextAction' },
    sentence: 'say how the talk closes: what is done next, and until when',
    broken: ({ parts, nextAction, nextActionAt }) =>
      !parts.has('CLOSING') || nextAction === undefined || nextActionAt === undefined,
  },
  {
    ...{ code: 'RISK_PLAN_MISSING', field: 'riskAction' },
    sentence: 'a complaint, a VIP and the first two priorities need a risk plan: its trigger and its action',
    broken: (draft) =>
      needsRiskPlan(draft) && (draft.riskTrigger === undefined || draft.riskAction === undefined),
  },
  {
    ...{ code: 'RISK_PLAN_INCOMPLETE', field: 'riskAction' },
    sentence: 'a risk plan has a trigger and an action',
    broken: ({ riskTrigger, riskAction }) => (riskTrigger === undefined) !== (riskAction === undefined),
  },
  {
    ...{ code: 'PROSPECT_POINTS_MISSING', field: 'valuePoint' },
    sentence: 'a PROSPECT hears what it is worth, and is asked what more might come of it',
    broken: ({ grade, valuePoint, opportunityCheck }) =>
      grade === 'PROSPECT' && (valuePoint === undefined || opportunityCheck === undefined),
  },
];

/** Refuses a strategy that lacks something, with the field at fault. */
export const assertWhole = (draft: Draft): void => {
  const found = STRATEGY_RULES.find(({ broken }) => broken(draft));
  if (found) reject(found.code, found.field, found.sentence);
};
