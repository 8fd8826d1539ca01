import { randomUUID } from 'node:crypto';
import { laneName, lanesOf } from '../lanes';
import { haltIn, pausedModels, pauseModel, pausesKept, resumeModel, STATES } from '../operations';
import type { RowStore } from '../row-store';
import type { SeatOnChart } from '../seats';

/** Who has something done, and what he knows of others. */
export interface Party {
  /** For people: it is kept. */
  readonly by: string;
  /** Names the process to others. */
  readonly member: string;
  /** A member of whom it is known that he has ended, although his lease has not (default: nobody is known to). */
  readonly hasEnded?: (member: string) => boolean;
  /** The same of one who keeps read models. */
  readonly keeperHasEnded?: (member: string) => boolean;
}
/** Nobody let the model stand still within the time that is given for it. */
export class NotStill extends Error {}

export interface StillLimits {
  /** A pause ends by itself so long after its last word: whoever placed it may die in between. */
  readonly pauseMs: number;
  /** How long is waited until the model stands still. */
  readonly waitMs: number;
}
const LIMITS: StillLimits = { pauseMs: 60_000, waitMs: 30_000 };
/** A pause is renewed when a third of it is gone. */
const RENEWALS = 3;
const LOOK_EVERY_MS = 100;
/** Whoever keeps a model tells so within a beat of his loop: who has not told for so long does not know the model. */
const SILENT_MS = 5_000;

/** The seats of those who keep read models, one for each lane. */
export const keeperSeats = (lanes: number): readonly string[] =>
  lanesOf(lanes).map(({ n }) => `${GROUP}/${n}`);
const GROUP = 'projections';
const WORKING = [GROUP, 'reactions', 'publishing'];

interface Placed {
  /** Whoever keeps the model tells it when he heeds the pause. */
  readonly reason: string;
  end(): Promise<void>;
}

/** Lets a live model stand still for a while: by a pause that whoever keeps it heeds, and that ends by itself. */
export class StandingStill {
  private readonly limits: StillLimits;

  constructor(
    private readonly rows: RowStore,
    private readonly party: Party,
    limits: Partial<StillLimits> = {},
  ) {
    this.limits = { ...LIMITS, ...limits };
  }

  /** The model stands still while this is done, and goes on afterwards, whatever happens here. Throws `NotStill`. */
  async during<T>(model: string, why: string, work: () => Promise<T>, goOn: () => void): Promise<T> {
    const pause = await this.place(model, why);
    try {
      await this.settled(model, pause, goOn);
      return await work();
    } finally {
      await pause.end();
    }
  }

  /** Somebody is there who would bring a model on, if it is his. */
  async isKept(): Promise<boolean> {
    return (await this.keepers()).some((keeper) => keeper !== null);
  }
  /** Somebody is there who works on these rows. */
  async isServed(): Promise<boolean> {
    for (const group of WORKING) {
      const { seats, now } = await this.chart(group);
      if (seats.some((seat) => this.ownerOf(seat, now) !== null)) return true;
    }
    return false;
  }

  /** A model that stands still by somebody else's wish stays as it is. */
  private async place(model: string, why: string): Promise<Placed> {
    const others = (await pausedModels(this.rows)).get(model);
    if (others) return { reason: others.reason, end: nothing };
    const asked = { by: this.party.by, reason: `${why} (${randomUUID().slice(0, 8)})` };
    const until = () => new Date(Date.now() + this.limits.pauseMs);
    const isOurs = async () => {
      const pause = (await pausesKept(this.rows)).get(model);
      return pause?.reason === asked.reason && pause.resumedAt === null;
    };
    await pauseModel(this.rows, model, asked, until());
    const renewal = setInterval(() => {
      isOurs()
        .then((is) => (is ? pauseModel(this.rows, model, asked, until()) : null))
        .catch(ignored);
    }, this.limits.pauseMs / RENEWALS);
    const end = async () => {
      clearInterval(renewal);
      if (await isOurs()) await resumeModel(this.rows, model);
    };
    return { reason: asked.reason, end };
  }

  private async settled(model: string, { reason }: Placed, goOn: () => void): Promise<void> {
    const since = Date.now();
    for (;;) {
      goOn();
      const moving = await this.moving(model, reason, Date.now() - since);
      if (moving === null) return;
      if (Date.now() - since > this.limits.waitMs)
        throw new NotStill(
          `${model} does not stand still: ${moving} keeps it and has not heeded the pause for ${this.limits.waitMs / 1_000} s; look at its log, or stop it and try again`,
        );
      await new Promise((go) => setTimeout(go, LOOK_EVERY_MS));
    }
  }

  /** Who may still write to the model, or null. */
  private async moving(model: string, reason: string, waitedMs: number): Promise<string | null> {
    const keepers = await this.keepers();
    const names = lanesOf(this.rows.lanes).map((lane) => laneName(model, lane));
    const states = new Map((await this.rows.load(STATES, names)).map((row) => [row.key, row]));
    for (const [n, keeper] of keepers.entries()) {
      if (keeper === null) continue;
      const told = states.get(names[n] ?? '');
      if (told?.['owner'] !== keeper) {
        if (waitedMs < SILENT_MS) return keeper;
      } else if (!isStill(String(told['state']), reason)) return keeper;
    }
    return null;
  }

  /** Of each lane who sits there and lives, or null. */
  private async keepers(): Promise<readonly (string | null)[]> {
    const { seats, now } = await this.chart(GROUP);
    const byName = new Map(seats.map((seat) => [seat.name, seat]));
    return keeperSeats(this.rows.lanes).map((name) => this.ownerOf(byName.get(name), now));
  }
  private async chart(
    group: string,
  ): Promise<{ readonly seats: readonly SeatOnChart[]; readonly now: number }> {
    let now = 0;
    const { seats } = await this.rows.arrange(group, (chart, time) => {
      now = time;
      return chart;
    });
    return { seats, now };
  }
  private ownerOf(seat: SeatOnChart | undefined, now: number): string | null {
    if (!seat || seat.owner === null || seat.until <= now) return null;
    return this.party.keeperHasEnded?.(seat.owner) ? null : seat.owner;
  }
}

/** As `Subscription.stateOf` tells it: by this wish, or by its own trouble, which ends no sooner. */
const isStill = (state: string, reason: string): boolean =>
  haltIn(state) === 'stands still' || (haltIn(state) === 'paused' && state.includes(reason));
const nothing = (): Promise<void> => Promise.resolve();
/** A pause that cannot be renewed ends early, and whoever relied on it finds that the model has moved. */
const ignored = (): void => undefined;
