import { refuse, type Aggregate, type DataOf } from '@rapport/kernel';
import * as commands from './commitment.commands';
import * as events from './commitment.events';

/** What every event of it says again. */
export type Facts = Omit<DataOf<typeof events.CommitmentBroken>, 'brokenAt'>;
interface Standing {
  readonly of: Facts;
  /** Until then it has to be in writing; null: it is. */
  readonly writtenBy: string | null;
}
export type Open = Standing & {
  readonly stage: 'open';
  /** The last warning about this due time; null: none yet. */
  readonly hoursLeft: number | null;
};
export type Broken = Standing & { readonly stage: 'broken' };
export type Commitment =
  | { readonly stage: 'none' }
  | Open
  | Broken
  | { readonly stage: 'fulfilled'; readonly of: Facts }
  | { readonly stage: 'withdrawn'; readonly of: Facts };

type Table = Omit<Aggregate<Commitment, typeof events, typeof commands>, 'decide'>;

/** How a promise stands, for whoever only asks for that: a ticket is not closed over an open one (SYS-19.6). */
export const commitmentStanding: Table & { readonly decide: Record<never, never> } = {
  name: 'commitment',
  id: 'commitmentId',
  events,
  commands,
  initial: { stage: 'none' },
  decide: {},

  evolve: {
    CommitmentMade: (_, { writtenBy = null, ...made }) => ({
      ...{ stage: 'open', of: factsIn(made), writtenBy, hoursLeft: null },
    }),
    CommitmentConfirmedInWriting: (state) => ({ ...standing(state), writtenBy: null }),
    CommitmentDueSoon: (state, { hoursLeft }) => ({ ...standing(state), stage: 'open', hoursLeft }),
    CommitmentRescheduled: (state, { writtenId, writtenBy, ...moved }) => {
      const before = writtenId === undefined ? standing(state).writtenBy : null;
      return { stage: 'open', of: factsIn(moved), writtenBy: writtenBy ?? before, hoursLeft: null };
    },
    CommitmentBroken: (state) => {
      const { of, writtenBy } = standing(state);
      return { stage: 'broken', of, writtenBy };
    },
    CommitmentFulfilled: (state) => ({ stage: 'fulfilled', of: standing(state).of }),
    CommitmentWithdrawn: (state) => ({ stage: 'withdrawn', of: standing(state).of }),
  },
};

const factsIn = (data: Facts): Facts => {
  const { commitmentId, customerId, ticketId, kind, moment, makerId, department, madeAt, dueAt } = data;
  return {
    ...{ commitmentId, customerId, kind, makerId, madeAt, dueAt },
    ...(ticketId !== undefined && { ticketId }),
    ...(moment !== undefined && { moment }),
    ...(department !== undefined && { department }),
  };
};
/** The promise, if it still stands, broken or not. */
export const standing = (state: Commitment): Open | Broken => {
  if (state.stage === 'none') return refuse('COMMITMENT_UNKNOWN', 'there is no such commitment');
  if (state.stage === 'fulfilled') return refuse('COMMITMENT_FULFILLED', 'it has been fulfilled');
  if (state.stage === 'withdrawn') return refuse('COMMITMENT_WITHDRAWN', 'it has been withdrawn');
  return state;
};
