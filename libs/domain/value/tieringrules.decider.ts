import type { Aggregate } from '@rapport/kernel';
import * as commands from './tieringrules.commands';
import * as events from './tieringrules.events';
import { assertSound, BUILT_IN, type TieringRules } from './tieringrules.rules';

/** What was published for a scope; null: nothing yet. */
export interface PublishedRules {
  readonly published: TieringRules | null;
}

const { TieringRulesPublished } = events;

/** The rules for scores and tiers of one scope: `default`, or an industry whose rules replace them (SYS-36.3). */
export const tieringRules: Aggregate<PublishedRules, typeof events, typeof commands> = {
  name: 'tieringrules',
  id: 'scope',
  events,
  commands,
  initial: { published: null },

  evolve: {
    TieringRulesPublished: (_, published) => ({ published }),
  },

  decide: {
    PublishTieringRules: ({ published }, command) => {
      assertSound(command);
      if (published && sameRules(published, command)) return [];
      return [TieringRulesPublished.of({ ...command, version: (published ?? BUILT_IN).version + 1 })];
    },
  },
};

const sameRules = (one: Omit<TieringRules, 'version'>, other: Omit<TieringRules, 'version'>): boolean =>
  textOf(one) === textOf(other);
const textOf = ({
  basis,
  recency,
  frequency,
  monetary,
  highValue,
  growth,
}: Omit<TieringRules, 'version'>): string =>
  JSON.stringify([
    basis,
    ...[recency, frequency, ...monetary.map(({ bands }) => bands)].map((bands) =>
      bands.map(({ score, from, to }) => [score, from, to]),
    ),
    monetary.map(({ currency }) => currency),
    ...[highValue.sumMin, highValue.monetaryMin],
    ...[growth.sumMin, growth.sumMax, growth.recencyMin, growth.frequencyMax],
  ]);
