import { randomUUID } from 'node:crypto';
import { Refusal } from '../aggregate';
import type { RowStore } from '../row-store';
import type { Chart, SeatOnChart } from '../seats';
import type { Party } from './standing-still';

/** Somebody else rebuilds this model, or compares or switches what was rebuilt. */
export class RebuildUnderWay extends Refusal {
  constructor(model: string, owner: string) {
    super(
      'REBUILD_UNDER_WAY',
      `${model} is being rebuilt, compared or switched by ${owner}; if that one has died, its time is over within ${LEASE_MS / 1_000} s`,
      'state',
      { model, owner },
    );
  }
}

const GROUP = 'rebuild';
/** Long enough for a step, an index or a slow disk; who dies keeps others waiting for no longer. */
const LEASE_MS = 30_000;
const RENEWALS = 3;

/** One at a time has to do with what stands beside a model: a seat for each. */
export class SeatsTaken {
  private readonly owner: string;
  private renewal: NodeJS.Timeout | undefined;

  private constructor(
    private readonly rows: RowStore,
    private readonly models: readonly string[],
    private readonly party: Party,
  ) {
    this.owner = `${party.member}/${randomUUID().slice(0, 4)}`;
  }

  /** Throws `RebuildUnderWay`. */
  static async take(rows: RowStore, models: readonly string[], party: Party): Promise<SeatsTaken> {
    const taken = new SeatsTaken(rows, models, party);
    await taken.come((seat, now) => taken.isFree(seat, now));
    return taken;
  }
  /** From here on they are kept; who cannot be asked for them now is asked again. `onLost`: somebody else has one. */
  renewing(onLost: (error: RebuildUnderWay) => void): void {
    this.renewal = setInterval(() => {
      this.stay().catch((error: unknown) => {
        if (error instanceof RebuildUnderWay) onLost(error);
      });
    }, LEASE_MS / RENEWALS);
  }

  async leave(): Promise<void> {
    clearInterval(this.renewal);
    await this.rows.arrange(GROUP, (chart) => ({
      ...chart,
      seats: chart.seats.map((seat) => (this.isOurs(seat) ? { ...seat, owner: null, until: 0 } : seat)),
    }));
  }

  /** Keeps the seats for longer. Throws `RebuildUnderWay` where somebody else has, or has had, one since we took it. */
  async stay(): Promise<void> {
    await this.come((seat) => this.isOurs(seat));
  }
  private async come(mayTake: (seat: SeatOnChart, now: number) => boolean): Promise<void> {
    let taken: SeatOnChart | undefined;
    await this.rows.arrange(GROUP, (chart, now) => {
      const wanted = this.models.map((model) => seatOf(chart, model));
      taken = wanted.find((seat) => !mayTake(seat, now));
      return taken ? chart : this.seated(chart, wanted, now);
    });
    if (taken) throw new RebuildUnderWay(taken.name.slice(GROUP.length + 1), taken.owner ?? 'somebody else');
  }
  private seated(chart: Chart, wanted: readonly SeatOnChart[], now: number): Chart {
    const names = new Set(wanted.map(({ name }) => name));
    const mine = wanted.map(({ name, owner, epoch }) => ({
      ...{ name, owner: this.owner, until: now + LEASE_MS },
      epoch: owner === this.owner ? epoch : epoch + 1,
    }));
    return {
      members: chart.members,
      seats: [...chart.seats.filter(({ name }) => !names.has(name)), ...mine],
    };
  }
  private isFree({ owner, until }: SeatOnChart, now: number): boolean {
    return owner === null || until <= now || this.party.hasEnded?.(owner) === true;
  }
  private isOurs({ owner }: SeatOnChart): boolean {
    return owner === this.owner;
  }
}

const seatOf = ({ seats }: Chart, model: string): SeatOnChart => {
  const name = `${GROUP}/${model}`;
  return seats.find((seat) => seat.name === name) ?? { name, epoch: 0, owner: null, until: 0 };
};
