import { STATES, type Member, type Row, type SeatOnChart } from '@rapport/kernel';
import type { Application } from '../application';
import { ifThere } from './if-there';
import type { Follower } from './followers';

/** Whether whoever has a seat is there at all. */
export type IsThere = (seat: SeatOnChart, now: number) => boolean;

/** Who keeps what, as the seats and the words of their owners say. */
export interface Keepers {
  /** Null: nobody keeps this lane. */
  ownerOf(follower: Follower, lane: number): string | null;
  /** What the owner has told of it last; undefined: nothing yet. */
  stateOf(follower: Follower, lane: number): Row | undefined;
  /** Those who are there to take over. */
  standingBy(group: Follower['group']): readonly string[];
}

/** Where several may be alive: as long as the time lasts that he took. */
export const byLease: IsThere = ({ until }, now) => until > now;
/** Where nobody else can be alive, whoever sits there is this process or is gone. */
export const isThereIn = ({ plan, member }: Application): IsThere =>
  (plan.leaseMs ?? null) === null ? ({ owner }) => owner === member : byLease;

const GROUPS: readonly Follower['group'][] = ['projections', 'reactions', 'publishing'];
/** More keepers than there will ever be: every follower has one for each lane. */
const STATES_MAX = 10_000;

export const keepersIn = async (application: Application, isThere: IsThere): Promise<Keepers> => {
  const { rows } = application;
  const owners = new Map<string, string>();
  const members = new Map<Follower['group'], readonly string[]>();
  for (const group of GROUPS) {
    const { seats, alive } = await seatsIn(application, group, isThere);
    for (const { name, owner } of seats) if (owner !== null) owners.set(name, owner);
    members.set(group, alive);
  }
  const told = await ifThere(rows.find(STATES, { limit: STATES_MAX }), []);
  const states = new Map(told.map((row) => [`${String(row['model'])}#${String(row['lane'])}`, row]));
  const ownerOf = ({ group }: Follower, lane: number) => owners.get(`${group}/${lane}`) ?? null;
  return {
    ownerOf,
    stateOf: (follower, lane) => {
      const state = states.get(`${follower.model}#${lane}`);
      return state?.['owner'] === ownerOf(follower, lane) ? state : undefined;
    },
    standingBy: (group) => members.get(group) ?? [],
  };
};

const seatsIn = async ({ rows }: Application, group: string, isThere: IsThere) => {
  let now = 0;
  const look = rows.arrange(group, (chart, clock) => ((now = clock), chart));
  const { seats, members } = await ifThere(look, { seats: [], members: [] });
  const taken = seats.filter((seat) => seat.owner !== null && isThere(seat, now));
  const busy = new Set(taken.map(({ owner }) => owner));
  const isIdle = ({ id, until }: Member) => !busy.has(id) && isThere({ ...NO_SEAT, owner: id, until }, now);
  const alive = members.filter(isIdle).map(({ id }) => id);
  return { seats: taken, alive };
};
const NO_SEAT = { name: '', epoch: 0 };
