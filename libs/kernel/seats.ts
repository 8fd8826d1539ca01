/**
 * A part of the work that one process does at a time. The epoch grows whenever the seat changes hands, and every commit
 * names it: who sat there before, and does not know yet that his time is over, can write nothing any more.
 */
export interface Seat {
  readonly name: string;
  readonly epoch: number;
}
export interface SeatOnChart extends Seat {
  /** Who sits there, or null. */
  readonly owner: string | null;
  /** Until when it is his, in milliseconds of the store's clock: from then on anybody may take it. */
  readonly until: number;
}
export interface Member {
  readonly id: string;
  /** Until when it counts as alive, in milliseconds of the store's clock. */
  readonly until: number;
}
/** Who is there and who sits where, in one group. */
export interface Chart {
  readonly members: readonly Member[];
  readonly seats: readonly SeatOnChart[];
}
/** Where seats are kept: with the rows, so that one commit can check them. */
export interface Seating {
  /**
   * Reads the chart of a group and keeps what `change` makes of it (all of it; what is left out is gone), nobody else
   * between. `now` is the store's clock in milliseconds, one clock for all who share the store. Answers the chart as kept.
   */
  arrange(group: string, change: (chart: Chart, now: number) => Chart): Promise<Chart>;
}

/** Who wants to sit, and how. */
export interface SeatClaim {
  readonly member: string;
  /** How long a seat is his without a word from him. */
  readonly leaseMs: number;
  /** `all`: nobody else can be alive, so every seat is taken at once; `share`: what is free, up to a fair share. */
  readonly takes: 'all' | 'share';
}

/** The chart after a member has come by: his seats last longer, free ones are his up to his fair share, what is more is given back. */
export const seated =
  (names: readonly string[], { member, leaseMs, takes }: SeatClaim) =>
  (chart: Chart, now: number): Chart => {
    const until = now + leaseMs;
    const { members, seats } = inTime(chart, member, until);
    const others = members.filter(({ id, until: end }) => id !== member && end > now);
    const known = names.map((name) => seats.find((seat) => seat.name === name) ?? unused(name));
    if (takes === 'all')
      return { members: [{ id: member, until }], seats: known.map((seat) => taken(seat, member, until)) };
    const share = shareOf(known, others);
    let mine = 0;
    const kept = known.map((seat) => {
      if (seat.owner !== member) return seat;
      return ++mine > share ? free(seat) : { ...seat, until };
    });
    const seatsNow = kept.map((seat) => {
      const isFree = seat.owner === null || (seat.owner !== member && seat.until <= now);
      return isFree && mine < share && ++mine ? taken(seat, member, until) : seat;
    });
    return { members: [...others, { id: member, until }], seats: seatsNow };
  };

/** Shares differ by one seat at most. One more than the least is his as long as those who can have it are not full without him. */
const shareOf = (seats: readonly SeatOnChart[], others: readonly Member[]): number => {
  const least = Math.floor(seats.length / (others.length + 1));
  const haveMore = seats.length - least * (others.length + 1);
  const more = others.map(({ id }) => seats.filter(({ owner }) => owner === id).length - least);
  return more.reduce((sum, seatsMore) => sum + Math.max(0, seatsMore), 0) < haveMore ? least + 1 : least;
};

/**
 * A store's clock that was put back would let the seats of those who crashed last longer by as much. Whoever comes by
 * sees it by his own lease, which cannot have been longer than the one he asks for now.
 */
const inTime = (chart: Chart, member: string, until: number): Chart => {
  const putBack = (chart.members.find(({ id }) => id === member)?.until ?? until) - until;
  if (putBack <= 0) return chart;
  const earlier = <T extends { readonly until: number }>(one: T): T => ({
    ...one,
    until: one.until - putBack,
  });
  return { members: chart.members.map(earlier), seats: chart.seats.map(earlier) };
};

/** The chart after a member has left: his seats are free at once. */
export const left =
  (member: string) =>
  ({ members, seats }: Chart): Chart => ({
    members: members.filter(({ id }) => id !== member),
    seats: seats.map((seat) => (seat.owner === member ? free(seat) : seat)),
  });

const free = (seat: SeatOnChart): SeatOnChart => ({ ...seat, owner: null, until: 0 });
const unused = (name: string): SeatOnChart => ({ name, epoch: 0, owner: null, until: 0 });
/** Also where it was his already: an earlier life of the same member must not write any more. */
const taken = ({ name, epoch }: SeatOnChart, owner: string, until: number): SeatOnChart => ({
  ...{ name, epoch: epoch + 1, owner, until },
});
