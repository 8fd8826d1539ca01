import {
  keepersOf,
  pausesKept,
  START,
  isOver,
  Unavailable,
  type Pause,
  type Position,
  type Row,
} from '@rapport/kernel';
import type { Application } from '../application';
import type { Lag } from '../freshness';
import { followersOf, type Follower } from './followers';
import { ifThere } from './if-there';
import { isThereIn, keepersIn, type IsThere, type Keepers } from './keepers';
import { parkedOf } from './parked';

/** How one part of a model is doing. */
export interface LaneStanding {
  readonly lane: number;
  /** The process that keeps it, or null. */
  readonly owner: string | null;
  readonly state: string;
  readonly position: string;
  readonly lag: Lag;
  readonly eventsPerSecond: number;
  readonly error: string | null;
}
/** How a read model, a policy or another follower of the log is doing. Of several lanes what the worst of them does counts. */
export interface Standing extends Pick<Follower, 'model' | 'kind' | 'version' | 'group'> {
  /** `live`, `catching up`, `waiting: …`, `paused by …: …`, `stands still: …`, `failed`, `nobody keeps it`, … */
  readonly state: string;
  readonly owners: readonly string[];
  /** Processes that would take over. */
  readonly standingBy: readonly string[];
  /** Of the slowest lane. */
  readonly position: string;
  readonly lag: Lag;
  readonly eventsPerSecond: number;
  readonly parked: { readonly keys: number; readonly events: number };
  /** Null: they were not counted. */
  readonly rows: number | null;
  readonly error: string | null;
  /** Somebody's wish that it stands still, also before it is heeded. */
  readonly pause: Pick<Pause, 'by' | 'reason' | 'since' | 'until'> | null;
  readonly lanes: readonly LaneStanding[];
}
export interface Looking {
  /** Default: all of them, the publisher where one has ever run. */
  readonly only?: Follower;
  /** Whether a seat's owner is there (default: as this process can tell). */
  readonly isThere?: IsThere;
  /** Count the rows of every model: that may take its time (default: no). */
  readonly counting?: boolean;
}

export const NOBODY = 'nobody keeps it';

/** How everybody who follows the log is doing, by the rows, the seats and what their keepers have told. */
export const standingsOf = async (
  application: Application,
  { only, isThere = isThereIn(application), counting = false }: Looking = {},
): Promise<readonly Standing[]> => {
  const { rows } = application;
  const keepers = await keepersIn(application, isThere);
  const pauses = await ifThere(pausesKept(rows), new Map<string, Pause>());
  const lagAt = lagsOf(application);
  const standing = async (one: Follower): Promise<Standing> => {
    const pause = activeIn(pauses.get(one.model));
    const lanes = await lanesOf(application, one, { keepers, lagAt, pause });
    const parked = await ifThere(parkedOf(rows, one.model), { keys: 0, events: 0 });
    const counted = counting && one.table ? await ifThere(rows.count(one.table), 0) : null;
    const { model, kind, version, group } = one;
    const standingBy = keepers.standingBy(group);
    return {
      ...{ model, kind, version, group, standingBy, parked, pause, rows: counted },
      ...summed(lanes),
      lanes,
    };
  };
  if (only) return [await standing(only)];
  const all = await Promise.all(followersOf(application).map(standing));
  return all.filter(
    ({ kind, owners, position }) => kind !== 'publisher' || owners.length > 0 || position !== '0',
  );
};

const activeIn = (pause: Pause | undefined): Pause | null =>
  pause && !isOver(pause, new Date().toISOString()) ? pause : null;

interface Seen {
  readonly keepers: Keepers;
  readonly lagAt: (position: Position) => Promise<Lag>;
  readonly pause: Pause | null;
}

const lanesOf = (
  { rows }: Application,
  one: Follower,
  { keepers, lagAt, pause }: Seen,
): Promise<readonly LaneStanding[]> =>
  Promise.all(
    keepersOf(one.model, one.lanes).map(async (name, lane) => {
      const position = await rows.position(name);
      const told = keepers.stateOf(one, lane);
      const owner = keepers.ownerOf(one, lane);
      return {
        ...{ lane, owner, position: String(position), lag: await lagAt(position) },
        state: owner === null ? unkept(pause) : textIn(told, 'state', 'starting'),
        eventsPerSecond: Number(told?.['eventsPerSecond'] ?? 0),
        error: (told?.['error'] ?? null) as string | null,
      };
    }),
  );
const unkept = (pause: Pause | null): string =>
  pause ? `${NOBODY}; paused by ${pause.by}: ${pause.reason}` : NOBODY;
const textIn = (row: Row | undefined, column: string, otherwise: string): string =>
  String(row?.[column] ?? otherwise);

/** The first word that fits counts: what wants a person most comes first, and what is known by no word comes between. */
const WORST_FIRST = [
  'failed',
  'stands still',
  'nobody',
  'paused',
  'waiting',
  'starting',
  'stopped',
  'catching up',
];
const rankOf = (state: string): number => {
  const rank = WORST_FIRST.findIndex((word) => state.startsWith(word));
  return rank >= 0 ? rank : state === 'live' ? WORST_FIRST.length + 1 : WORST_FIRST.length;
};

const summed = (lanes: readonly LaneStanding[]) => {
  const byState = [...lanes].sort((one, other) => rankOf(one.state) - rankOf(other.state));
  const slowest = [...lanes].sort((one, other) => Number(one.position) - Number(other.position))[0];
  const state = byState[0]?.state ?? NOBODY;
  const alike = lanes.filter((one) => one.state === state).length;
  return {
    state: alike === lanes.length ? state : `${state} (${alike} of ${lanes.length} lanes)`,
    owners: [...new Set(lanes.flatMap(({ owner }) => owner ?? []))],
    position: slowest?.position ?? String(START),
    lag: slowest?.lag ?? UNKNOWN_LAG,
    eventsPerSecond: lanes.reduce((sum, one) => sum + one.eventsPerSecond, 0),
    error: byState.find(({ error }) => error !== null)?.error ?? null,
  };
};

const UNKNOWN_LAG: Lag = { events: null, seconds: null };
/** Most stand at the same place: each place is asked for once, since a log elsewhere reads to count. */
const lagsOf = ({ freshness }: Application) => {
  const known = new Map<Position, Promise<Lag>>();
  return (position: Position): Promise<Lag> => {
    const lag = known.get(position) ?? freshness.at(position).then((fresh) => fresh.lag, whileAway);
    known.set(position, lag);
    return lag;
  };
};
const whileAway = (error: unknown): Lag => {
  if (error instanceof Unavailable) return UNKNOWN_LAG;
  throw error;
};
