import type { DataOf, Rules } from '@rapport/kernel';
import * as events from './slapolicy.events';
import type { SlaPolicies } from './slapolicy.inforce.rules';

type Of<Name extends keyof typeof events> = DataOf<(typeof events)[Name]>;
type Evolve = { [Name in keyof typeof events]: (state: SlaPolicies, data: Of<Name>) => SlaPolicies };

const evolve: Evolve = {
  SlaPolicyPublished: ({ versions, promises }, { supersedes: _, ...version }) => ({
    ...{ versions: [...versions, version], promises },
  }),
  SlaPolicyRetired: ({ versions, promises }, { version, retiredFrom }) => ({
    versions: versions.map((it) => (it.version === version ? { ...it, retiredFrom } : it)),
    promises,
  }),
  PublishedPromiseDeclared: ({ versions, promises }, { policyId: _, ...promise }) => ({
    ...{ versions, promises: [...promises, promise] },
  }),
  PublishedPromiseRetired: ({ versions, promises }, { promiseId, endsAt }) => ({
    versions,
    promises: promises.map((it) => (it.promiseId === promiseId ? { ...it, endsAt } : it)),
  }),
};
const initial: SlaPolicies = { versions: [], promises: [] };

/**
 * How a family of policies is read: by its own decisions, and by those of calendars and clocks, which ask for it with
 * `stateOf(slaPolicies, DEFAULT_POLICY)`. What may be decided stands in the decider.
 */
export const slaPolicies = {
  ...{ name: 'slapolicy', id: 'policyId', events, commands: {}, initial, evolve, decide: {} },
} satisfies Rules<SlaPolicies>;
