import { aggregates } from '@rapport/domain';
import { policies } from '@rapport/policies';
import { evolve, type EventStore, type Policy, type Rules } from '@rapport/kernel';

/** An aggregate of the product by its name. */
export const aggregateNamed = (name: string): Rules => found(aggregates, name);
/** A policy of the product by its name. */
export const policyNamed = (name: string): Policy => found(policies, name);

const found = <T extends { readonly name: string }>(some: readonly T[], name: string): T => {
  const one = some.find((of) => of.name === name);
  if (!one) throw new Error(`${name} is missing from the product`);
  return one;
};
/** How one aggregate stands by all that happened to it. */
export const standing = async (store: EventStore, of: Rules, id: string): Promise<unknown> =>
  (await store.read(`${of.name}-${id}`)).reduce<unknown>(
    (state, event) => evolve(of, state, event),
    of.initial,
  );
