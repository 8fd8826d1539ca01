import { haltIn, modelOf, Subscription, type Subscriber } from '@rapport/kernel';
import type { Application } from './application';
import type { Loop } from './loop';

/** What does not go on in this process, and why: `churn-risk@2 paused by ann (OPERATOR): a migration`. */
export const haltsIn = ({ loops }: Pick<Application, 'loops'>): readonly string[] => [
  ...new Set([...loops.values()].flatMap(haltsOf)),
];

const haltsOf = (loop: Loop): readonly string[] =>
  loop instanceof Subscription ? haltsAmong(loop, loop.subscribers) : (loop.halts ?? []);

/** Of these who follow, or should. */
export const haltsAmong = (loop: Subscription, some: readonly Subscriber[]): readonly string[] =>
  some
    .map((one) => [modelOf(one), loop.stateOf(one)] as const)
    .filter(([, state]) => haltIn(state) !== null)
    .map(([model, state]) => `${model} ${state}`);
