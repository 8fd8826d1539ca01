import { haltIn, modelOf, Subscription } from '@rapport/kernel';
import type { Application } from './application';
import type { Loop } from './loop';

/** What does not go on in this process, and why: `churn-risk@2 paused by ann (OPERATOR): a migration`. */
export const haltsIn = ({ loops }: Application): readonly string[] => [
  ...new Set([...loops].flatMap(([name, loop]) => haltsOf(name, loop))),
];

const haltsOf = (name: string, loop: Loop): readonly string[] => {
  if (!(loop instanceof Subscription)) return haltIn(loop.state) === null ? [] : [`${name} ${loop.state}`];
  const states = loop.subscribers.map((one) => [modelOf(one), loop.stateOf(one)] as const);
  return states.filter(([, state]) => haltIn(state) !== null).map(([model, state]) => `${model} ${state}`);
};
