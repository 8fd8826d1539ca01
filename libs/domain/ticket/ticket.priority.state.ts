import type { DataOf } from '@rapport/kernel';
import type * as events from './ticket.priority.events';
import type { PlanPlace } from './ticket.priority.values';

type Ranking = DataOf<typeof events.TicketPrioritised>;
/** Where it stands in the order of work now, and where it is planned. */
export interface Prioritised extends Pick<
  Ranking,
  'quadrant' | 'level' | 'urgent' | 'important' | 'scores' | 'score' | 'planBy'
> {
  readonly plan?: PlanPlace;
  /** It was noted that this time passed without a plan. */
  readonly overdueSince?: string;
}
type Was = Prioritised | undefined;

/** How events move it. */
export const priorityMoves = {
  TicketPrioritised: (was: Was, ranking: Ranking): Prioritised => held(ranking, was?.plan),
  TicketPriorityOverridden: (
    was: Was,
    ranking: DataOf<typeof events.TicketPriorityOverridden>,
  ): Prioritised => held(ranking, was?.plan),
  TicketScheduledInPlan: (
    was: Was,
    { to: plan }: DataOf<typeof events.TicketScheduledInPlan>,
  ): Prioritised => ({ ...made(was), plan }),
  PlanningOverdue: (
    was: Was,
    { planBy: overdueSince }: DataOf<typeof events.PlanningOverdue>,
  ): Prioritised => ({ ...made(was), overdueSince }),
};

const held = (
  { quadrant, level, urgent, important, scores, score, planBy }: Omit<Ranking, 'emergency' | 'prioritisedAt'>,
  plan: PlanPlace | undefined,
): Prioritised => ({
  ...{ quadrant, level, urgent, important, scores, score },
  ...(planBy !== undefined && { planBy }),
  ...(plan !== undefined && { plan }),
});
/** The log holds nothing of a ranking before it was made. */
const made = (was: Was): Prioritised => {
  if (!was) throw new Error('the ticket was planned but never ranked');
  return was;
};
