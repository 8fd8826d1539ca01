import type { DataOf } from '@rapport/kernel';
import type * as events from './ticket.strategy.events';

type Whole = DataOf<typeof events.CommunicationStrategySet>;
/** The strategy that holds now, whole, so that a revision names only what it changes. */
export interface Strategy extends Omit<
  Whole,
  'ticketId' | 'customerId' | 'type' | 'urgency' | 'priority' | 'raisedAt'
> {
  /** Nodes that there ever were: the next one gets the next number. */
  readonly nodesMade: number;
  /** The version whose risk plan has been set in motion. */
  readonly riskTriggered?: number;
}
type Was = Strategy | undefined;

/** How events move it. */
export const strategyMoves = {
  CommunicationStrategySet: (_: Was, whole: Whole): Strategy => held(whole, 0),
  CommunicationStrategyRevised: (
    was: Was,
    {
      reason: _,
      movedNodes: __,
      droppedNodeIds: ___,
      ...whole
    }: DataOf<typeof events.CommunicationStrategyRevised>,
  ): Strategy => held(whole, was?.nodesMade ?? 0),
  RiskPlanTriggered: (was: Was, { version }: DataOf<typeof events.RiskPlanTriggered>): Strategy => {
    if (!was) throw new Error('a risk plan was set in motion and never made');
    return { ...was, riskTriggered: version };
  },
};

const held = (whole: Whole, made: number): Strategy => {
  const {
    ticketId: _,
    customerId: __,
    type: ___,
    urgency: ____,
    priority: _5,
    raisedAt: _6,
    ...strategy
  } = whole;
  const numbers = whole.keyNodes.map(({ nodeId }) => Number(nodeId.slice(1)));
  return { ...strategy, nodesMade: Math.max(made, ...numbers) };
};
