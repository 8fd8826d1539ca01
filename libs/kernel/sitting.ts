import { left, seated, type Seat, type Seating } from './seats';

/** Which seats there are, and how a process sits on them. */
export interface SeatPlan {
  /** Those who share the work: `projections`, `reactions`. */
  readonly group: string;
  /** One seat for each lane. */
  readonly lanes: number;
  /** Names this process to others. */
  readonly member: string;
  /** How long a seat is kept without a word from its owner; the others wait that long when he has crashed. */
  readonly leaseMs: number;
  /** `all`: nobody else can be alive, so nobody is waited for. */
  readonly takes: 'all' | 'share';
}
/** A lease is renewed when a third of it is gone: two renewals may fail before somebody else takes the seat. */
const RENEWALS = 3;

/** The seats of one process in a group: taken, renewed, given back, lost. */
export class Sitting {
  private readonly all: readonly string[];
  private seats: ReadonlyMap<string, Seat> = new Map();
  private owners: ReadonlyMap<string, string | null> = new Map();
  private renewAt = 0;
  private came = false;

  constructor(
    private readonly rows: Seating,
    private readonly plan: SeatPlan,
  ) {
    this.all = Array.from({ length: plan.lanes }, (_, lane) => this.nameOf(lane));
  }

  /** The seat of a lane while it is ours. */
  of(lane: number): Seat | undefined {
    return this.seats.get(this.nameOf(lane));
  }
  get member(): string {
    return this.plan.member;
  }
  get lanes(): number {
    return this.plan.lanes;
  }
  /** What a commit of these has to name. */
  seatsOf(some: readonly { readonly lane?: number }[]): readonly Seat[] {
    const lanes = new Set(some.map(({ lane }) => lane ?? 0));
    return [...lanes].map((lane) => this.of(lane) ?? { name: this.nameOf(lane), epoch: NEVER });
  }
  names(lanes: readonly number[]): string {
    return lanes.map((lane) => this.nameOf(lane)).join(', ');
  }
  get count(): number {
    return this.seats.size;
  }
  get holdsAll(): boolean {
    return this.seats.size === this.all.length;
  }
  /** Who else sits here, for people. */
  get others(): readonly string[] {
    const others = [...this.owners.values()].filter((owner) => owner !== null && owner !== this.plan.member);
    return [...new Set(others as string[])];
  }

  /** Renews what is ours and takes what is free, when it is time for it; answers which lanes came and went. */
  async come(
    atOnce = false,
    now = performance.now(), // no clock that may be put back
  ): Promise<{ readonly gained: number[]; readonly lost: number[] }> {
    if (!atOnce && now < this.renewAt) return NO_CHANGE;
    const takes = this.came ? 'share' : this.plan.takes;
    const chart = await this.rows.arrange(this.plan.group, seated(this.all, { ...this.plan, takes }));
    this.came = true;
    this.renewAt = now + this.plan.leaseMs / RENEWALS;
    const mine = chart.seats.filter(({ owner }) => owner === this.plan.member);
    const before = this.seats;
    this.seats = new Map(mine.map(({ name, epoch }) => [name, { name, epoch }]));
    this.owners = new Map(chart.seats.map(({ name, owner }) => [name, owner]));
    const lanes = (isSo: (name: string) => boolean) => this.all.flatMap((name, n) => (isSo(name) ? [n] : []));
    return {
      gained: lanes(
        (name) => this.seats.has(name) && this.seats.get(name)?.epoch !== before.get(name)?.epoch,
      ),
      lost: lanes((name) => before.has(name) && !this.seats.has(name)),
    };
  }
  /** Whoever waits need not wait until the lease is over. */
  async leave(): Promise<void> {
    this.seats = new Map();
    if (this.came) await this.rows.arrange(this.plan.group, left(this.plan.member));
  }

  private nameOf(lane: number): string {
    return `${this.plan.group}/${lane}`;
  }
}
/** No seat ever has it: a commit that names it is void. */
const NEVER = -1;
const NO_CHANGE = { gained: [], lost: [] };
