import { PUBLISHER } from '@rapport/integration';
import { LOG_MARKS, SEALS, UNKNOWN_EVENTS, type Table } from '@rapport/kernel';
import type { Application } from '../application';
import { namesNear } from '../near-names';
import { EdgeProblem } from '../problem';

/** Whoever follows the log in this product, as operators call him. */
export interface Follower {
  /** `churn-risk@2` */
  readonly model: string;
  /** `churn-risk`: the name without its version. */
  readonly name: string;
  readonly version: number | null;
  readonly kind: 'read model' | 'policy' | 'seals' | 'marks' | 'unknown events' | 'publisher';
  /** Those who share its work. */
  readonly group: 'projections' | 'reactions' | 'publishing';
  /** In how many parts it is kept. */
  readonly lanes: number;
  /** What it keeps; the publisher keeps nothing. */
  readonly table: Table | null;
}

/** No read model, policy or other follower of the log is called so. */
export class UnknownFollower extends EdgeProblem {
  constructor(name: string, near: readonly string[]) {
    const meant = near.length > 0 ? `; did you mean ${near.join(' or ')}?` : '';
    super(404, 'UNKNOWN_MODEL', `there is no read model or policy ${name}${meant}`, { near });
  }
}

/** Read models first, in the order of their list. */
export const followersOf = ({ plan, rows }: Application): readonly Follower[] => [
  ...plan.readModels.map(({ table }) => follower('read model', table.name, table, rows.lanes)),
  ...plan.policies.map(({ table }) => follower('policy', table.name, table)),
  follower('seals', SEALS.name, SEALS),
  follower('marks', LOG_MARKS.name, LOG_MARKS),
  follower('unknown events', UNKNOWN_EVENTS.name, UNKNOWN_EVENTS),
  follower('publisher', PUBLISHER, null),
];

/** By its full name, or by the name without the version. Throws `UnknownFollower`. */
export const followerNamed = (application: Application, name: string): Follower => {
  const all = followersOf(application);
  const found = all.find((one) => one.model === name || one.name === name);
  if (found) return found;
  throw new UnknownFollower(
    name,
    namesNear(
      name,
      all.map((one) => one.name),
    ),
  );
};

const GROUPS = { policy: 'reactions', publisher: 'publishing' } as const;
const VERSION = /@(\d+)$/;

const follower = (kind: Follower['kind'], model: string, table: Table | null, lanes = 1): Follower => {
  const [, version] = VERSION.exec(model) ?? [];
  return {
    ...{ model, kind, table, lanes, name: model.replace(VERSION, '') },
    version: version === undefined ? null : Number(version),
    group: kind === 'policy' || kind === 'publisher' ? GROUPS[kind] : 'projections',
  };
};
