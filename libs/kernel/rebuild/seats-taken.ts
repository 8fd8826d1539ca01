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

/** One process at a time has to do with what stands beside a model: a seat for each. */
export class SeatsTaken {
  private readonly renewal: NodeJS.Timeout;

  private constructor(
    private readonly rows: RowStore,
    private readonly models: readonly string[],
    private readonly party: Party,
    onLost: (error: unknown) => void,
  ) {
    this.renewal = setInterval(() => {
      this.come().catch(onLost);
    }, LEASE_MS / RENEWALS);
  }

  /** Throws `RebuildUnderWay`. Afterwards `onLost` is told of the one who has taken a seat that was ours, if ever. */
  static async take(
    rows: RowStore,
    models: readonly string[],
    party: Party,
    onLost: (error: unknown) => void,
  ): Promise<SeatsTaken> {
    const taken = new SeatsTaken(rows, models, party, onLost);
    try {
      await taken.come();
      return taken;
    } catch (error) {
      clearInterval(taken.renewal);
      throw error;
    }
  }

  async leave(): Promise<void> {
    clearInterval(this.renewal);
    await this.rows.arrange(GROUP, (chart) => ({
      ...chart,
      seats: chart.seats.map((seat) => (this.isOurs(seat) ? { ...seat, owner: null, until: 0 } : seat)),
    }));
  }

  private async come(): Promise<void> {
    let taken: SeatOnChart | undefined;
    await this.rows.arrange(GROUP, (chart, now) => {
      const wanted = this.models.map((model) => seatOf(chart, model));
      taken = wanted.find((seat) => !this.isFree(seat, now));
      return taken ? chart : this.seated(chart, wanted, now);
    });
    if (taken) throw new RebuildUnderWay(taken.name.slice(GROUP.length + 1), taken.owner ?? '');
  }
  private seated(chart: Chart, wanted: readonly SeatOnChart[], now: number): Chart {
    const names = new Set(wanted.map(({ name }) => name));
    const mine = wanted.map((seat) => ({
      ...{ name: seat.name, owner: this.party.member, until: now + LEASE_MS },
      epoch: this.isOurs(seat) ? seat.epoch : seat.epoch + 1,
    }));
    return {
      members: chart.members,
      seats: [...chart.seats.filter(({ name }) => !names.has(name)), ...mine],
    };
  }
  private isFree(seat: SeatOnChart, now: number): boolean {
    const { owner, until } = seat;
    return owner === null || until <= now || this.isOurs(seat) || this.party.hasEnded?.(owner) === true;
  }
  private isOurs({ owner }: SeatOnChart): boolean {
    return owner === this.party.member;
  }
}

const seatOf = ({ seats }: Chart, model: string): SeatOnChart => {
  const name = `${GROUP}/${model}`;
  return seats.find((seat) => seat.name === name) ?? { name, epoch: 0, owner: null, until: 0 };
};
