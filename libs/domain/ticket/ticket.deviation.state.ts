import type { DataOf } from '@rapport/kernel';
import type * as events from './ticket.deviation.events';
import type { AcceptancePhase, MatrixEntry, Milestone, PlanDate } from './ticket.deviation.values';

type Declared = DataOf<typeof events.RequirementDeviationDeclared>;
type Issued = DataOf<typeof events.RevisedPlanIssued>;

/** A revised plan and what the customer said to it; null: nothing yet. */
export interface RevisedPlan extends Pick<Issued, 'plan' | 'milestones' | 'phases' | 'issuedById'> {
  readonly answer: 'ACCEPTED' | 'REJECTED' | null;
}
/** One deviation from the plan: over as soon as a revised plan is accepted. */
export interface Deviation extends Pick<Declared, 'deviation' | 'planDueAt'> {
  readonly itemIds: readonly string[];
  readonly agreed: readonly Milestone[];
  /** Where each item belongs; undefined: nobody has sorted them yet. */
  readonly matrix?: readonly MatrixEntry[];
  readonly assessed: readonly string[];
  /** The latest one. */
  readonly revised?: RevisedPlan;
}
/** What is accepted part by part. */
export interface Phases {
  readonly phaseSet: number;
  readonly phases: readonly AcceptancePhase[];
  /** How many the customer has accepted: always the first ones. */
  readonly accepted: number;
  /** How often the phase whose turn it is has been rejected. */
  readonly rejections: number;
}
export interface Planned {
  readonly deviation?: Deviation;
  readonly phases?: Phases;
  /** Dates of the accepted plan that no accepted phase has kept yet. */
  readonly promised: readonly PlanDate[];
}
type Was = Planned | undefined;

/** How events move it. */
export const deviationMoves = {
  RequirementDeviationDeclared: (was: Was, data: Declared): Planned => {
    const { deviation, planDueAt, agreed, items } = data;
    const itemIds = items.map(({ itemId }) => itemId);
    return { ...planned(was), deviation: { deviation, planDueAt, agreed, itemIds, assessed: [] } };
  },
  RequirementMatrixRecorded: (
    was: Was,
    { entries }: DataOf<typeof events.RequirementMatrixRecorded>,
  ): Planned => withDeviation(was, { matrix: entries }),
  FeasibilityAssessed: (was: Was, { itemId }: DataOf<typeof events.FeasibilityAssessed>): Planned =>
    withDeviation(was, { assessed: [...new Set([...declared(was).assessed, itemId])] }),
  RevisedPlanIssued: (was: Was, { plan, milestones, phases, issuedById }: Issued): Planned =>
    withDeviation(was, { revised: { plan, milestones, phases, issuedById, answer: null } }),
  RevisedPlanAccepted: (was: Was, { dates }: DataOf<typeof events.RevisedPlanAccepted>): Planned => ({
    ...answered(was, 'ACCEPTED'),
    promised: dates,
  }),
  RevisedPlanRejected: (was: Was, _: DataOf<typeof events.RevisedPlanRejected>): Planned =>
    answered(was, 'REJECTED'),
  AcceptancePhasesDefined: (
    was: Was,
    { phaseSet, phases }: DataOf<typeof events.AcceptancePhasesDefined>,
  ): Planned => ({ ...planned(was), phases: { phaseSet, phases, accepted: 0, rejections: 0 } }),
  PhaseAccepted: (was: Was, { phase }: DataOf<typeof events.PhaseAccepted>): Planned => ({
    ...withPhases(was, { accepted: phase, rejections: 0 }),
    promised: planned(was).promised.filter((date) => date.phase !== phase),
  }),
  PhaseRejected: (was: Was, { rejections }: DataOf<typeof events.PhaseRejected>): Planned =>
    withPhases(was, { rejections }),
};

const planned = (was: Was): Planned => was ?? { promised: [] };
const withDeviation = (was: Was, change: Partial<Deviation>): Planned => ({
  ...planned(was),
  deviation: { ...declared(was), ...change },
});
const answered = (was: Was, answer: RevisedPlan['answer']): Planned => {
  const { revised } = declared(was);
  return revised ? withDeviation(was, { revised: { ...revised, answer } }) : planned(was);
};
const withPhases = (was: Was, change: Partial<Phases>): Planned => {
  const { phases } = planned(was);
  if (!phases) throw new Error('a phase has a history but was never defined');
  return { ...planned(was), phases: { ...phases, ...change } };
};
/** The log holds nothing of a deviation before it was declared. */
const declared = (was: Was): Deviation => {
  if (!was?.deviation) throw new Error('a deviation has a history but was never declared');
  return was.deviation;
};
