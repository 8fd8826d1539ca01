import { refuse } from '../aggregate';
import { START, type Position } from '../event-log';
import type { RowStore } from '../row-store';
import type { Sources } from '../subscriber';
import { ChangingPlaces, type Switched } from './changing-places';
import { copyNamed, type Copy } from './copies';
import { CopyKeeping } from './copy-keeping';
import { copyOf, formerOf, liveOf, type Declared } from './editions';
import type { Crew } from './hand';
import { Job, Stopped, type JobHow } from './job';
import { ReadingOn } from './reading-on';
import type { TableComparison } from './row-comparison';
import { SeatsTaken } from './seats-taken';
import { NotStill, StandingStill, type Party, type StillLimits } from './standing-still';

export interface BuildHow extends JobHow {
  /** From the first event, also where a copy stands that could be gone on with. */
  readonly fresh?: boolean;
}
export interface SwitchHow extends JobHow {
  /** Also where the comparison has found rows that differ: a fold that was mended differs on purpose. */
  readonly evenIfDifferent?: boolean;
}
/** A copy as it stands now. */
export interface CopyBuilt {
  readonly model: string;
  readonly state: Copy['state'];
  readonly position: Position;
  /** Where it went on, or null where it began. */
  readonly wentOnFrom: Position | null;
  /** Events that were read in this go. */
  readonly events: number;
  readonly parked: number;
}
export interface Compared {
  readonly model: string;
  /** Of the log at which both stood; null where nothing is live under this name yet. */
  readonly position: Position | null;
  readonly identical: boolean;
  readonly tables: readonly TableComparison[];
  readonly parked: { readonly live: number; readonly rebuilt: number };
}
/** How often it is looked whether a live model has come as far as its copy. */
const LOOK_EVERY_MS = 100;
/** A live model that is kept comes as far as its copy within this time, or something is wrong with it. */
const COMES_MS_MAX = 600_000;

/**
 * Read models built anew beside the running product: built, compared, put in the place of the live ones, and taken back.
 * Whoever keeps the live models goes on meanwhile. Policies, timers and what is published have no part in it.
 */
export class Rebuilds {
  private readonly keeping: CopyKeeping;
  private readonly still: StandingStill;
  private readonly reading: ReadingOn;
  private readonly places: ChangingPlaces;
  private readonly rows: RowStore;

  constructor(
    private readonly sources: Sources,
    private readonly declared: readonly Declared[],
    private readonly crew: Crew,
    private readonly party: Party,
    limits: Partial<StillLimits> = {},
  ) {
    this.rows = sources.rows;
    this.keeping = new CopyKeeping(this.rows, party.by);
    this.still = new StandingStill(this.rows, party, limits);
    this.places = new ChangingPlaces(sources, this.keeping, party);
    this.reading = new ReadingOn(sources, crew, this.keeping, this.still);
  }

  /** Builds copies beside the live models, or goes on with those that stand there. A stop leaves what was done. */
  build(models: readonly string[], how: BuildHow = {}): Promise<readonly CopyBuilt[]> {
    return this.seated(models, how, async (all, job) => {
      job.begins('rebuilding');
      const { indexes } = await this.reading.pace();
      const begun: Copy[] = [];
      for (const one of all)
        begun.push(await this.counted(await this.keeping.begin(one, how.fresh === true, indexes)));
      const built = await this.reading.toTheEnd(all, begun, job);
      return Promise.all(built.map((copy, n) => this.told(copy, begun[n] as Copy)));
    });
  }

  /** Row by row, while both stand at one place of the log. A stop ends it between two models. */
  compare(models: readonly string[], how: JobHow = {}): Promise<readonly Compared[]> {
    return this.eachInTurn(models, how, (one, job) => this.compareOne(one, job));
  }

  /**
   * The copy takes the place of the live model in one step; what was live is kept. A stop ends it between two models;
   * where one of them may not be switched, none is.
   */
  switch(models: readonly string[], how: SwitchHow = {}): Promise<readonly Switched[]> {
    const mayBe = (one: Declared) => this.assertMayBeSwitched(one, how.evenIfDifferent === true);
    return this.eachInTurn(models, how, (one, job) => this.switchOne(one, job), mayBe);
  }

  /** What was live before the last switch and what is live now change places: the former goes on from where it stood. */
  rollback(models: readonly string[], how: JobHow = {}): Promise<readonly Switched[]> {
    return this.eachInTurn(models, how, async (one, job) => {
      const former = await this.keeping.former(one);
      const why = 'what was live before comes back';
      return this.still.during(
        one.model.name,
        why,
        () => this.places.swap(one, former, job),
        () => job.goOn(),
      );
    });
  }

  /** What stands beside goes: the copy, or what was live before. Answers of which models there was something. */
  discard(models: readonly string[], what: 'copy' | 'former' = 'copy'): Promise<readonly string[]> {
    return this.seated(models, {}, async (all) => {
      const gone: string[] = [];
      for (const one of all) {
        const edition = what === 'copy' ? copyOf(one) : formerOf(one);
        const known = await copyNamed(this.rows, edition.name);
        await this.keeping.remove(edition, known);
        if (known) gone.push(one.model.name);
      }
      return gone;
    });
  }

  private async compareOne(one: Declared, job: Job): Promise<Compared> {
    const { name } = one.model;
    const copy = await this.broughtOn(one, job);
    const live = liveOf(one);
    if (await this.keeping.isNew(live)) return this.nothingLive(name);
    job.begins(`comparing ${name}`);
    await this.liveHasCome(one, job);
    const compare = async () => {
      const places = await this.keeping.placesOf(live);
      const met = await this.reading.toThePlaces(one, copy, places, job);
      await this.rows.open(live.tables); // figures of this program that the one that serves does not know
      await this.assertTheyStand(one, places);
      const tables = await this.crew.compare(name);
      await this.assertTheyStand(one, places);
      return this.compared(met, tables, Math.min(...places) as Position);
    };
    return this.still.during(name, 'its copy is being compared with it', compare, () => job.goOn());
  }
  private async compared(
    copy: Copy,
    tables: readonly TableComparison[],
    position: Position,
  ): Promise<Compared> {
    const differing = tables.reduce((sum, table) => sum + table.differing, 0);
    await this.keeping.keep({ ...copy, differing, comparedAt: new Date().toISOString() });
    const [live, rebuilt] = await Promise.all(
      [copy.model, copy.key].map((name) => this.keeping.countParked(name)),
    );
    return {
      ...{ model: copy.model, position, identical: differing === 0, tables },
      parked: { live: live ?? 0, rebuilt: rebuilt ?? 0 },
    };
  }
  private nothingLive(model: string): Compared {
    return { model, position: null, identical: true, tables: [], parked: { live: 0, rebuilt: 0 } };
  }

  private async assertMayBeSwitched(one: Declared, evenIfDifferent: boolean): Promise<void> {
    const { differing } = await this.keeping.complete(one);
    if ((differing ?? 0) > 0 && !evenIfDifferent)
      refuse(
        'COPY_DIFFERS',
        `${differing} rows of ${one.model.name} differ from its copy: look at the comparison; where a fold was mended on purpose, say so`,
        { differing },
      );
  }
  private async switchOne(one: Declared, job: Job): Promise<Switched> {
    const { name } = one.model;
    const copy = await this.broughtOn(one, job);
    job.begins(`switching ${name}`);
    if (await this.keeping.isNew(liveOf(one))) return this.places.putIn(one, copy, job);
    const putIn = async () => {
      const met = await this.reading.toThePlaces(one, copy, await this.keeping.placesOf(liveOf(one)), job);
      return this.places.putIn(one, met, job);
    };
    return this.still.during(name, 'its copy takes its place', putIn, () => job.goOn());
  }

  /** A complete copy, read on while nobody waits for it. */
  private async broughtOn(one: Declared, job: Job): Promise<Copy> {
    const copy = await this.keeping.complete(one);
    job.begins(`bringing the copy of ${one.model.name} up to date`);
    const [read] = await this.reading.toTheEnd([one], [copy], job);
    job.goOn();
    return read ?? copy;
  }
  private async liveHasCome(one: Declared, job: Job): Promise<void> {
    const { name } = one.model;
    for (const late = Date.now() + COMES_MS_MAX; !(await this.hasCome(one));) {
      job.goOn();
      if (!(await this.still.isKept()) || Date.now() > late)
        refuse(
          'LIVE_BEHIND',
          `${name} has not read as far as its copy, and nobody brings it on: start what keeps it, or rebuild the copy from the beginning`,
        );
      await new Promise((go) => setTimeout(go, LOOK_EVERY_MS));
    }
  }
  private async hasCome(one: Declared): Promise<boolean> {
    const [live, copy] = [await this.keeping.placesOf(liveOf(one)), await this.keeping.placesOf(copyOf(one))];
    return live.every((place, lane) => place >= (copy[lane] ?? place));
  }
  private async assertTheyStand(one: Declared, places: readonly Position[]): Promise<void> {
    for (const edition of [liveOf(one), copyOf(one)])
      if (String(await this.keeping.placesOf(edition)) !== String(places))
        throw new NotStill(
          `${edition.name} moved while it was to stand still: nothing was compared, try again`,
        );
  }
  /** As many events as there are up to where it stands. */
  private async counted(copy: Copy): Promise<Copy> {
    const { log } = this.sources.store;
    if (copy.position === START) return { ...copy, events: 0 };
    return { ...copy, events: (await log.countAfter(START)) - (await log.countAfter(copy.position)) };
  }
  private async told(copy: Copy, begun: Copy): Promise<CopyBuilt> {
    return {
      ...{
        model: copy.model,
        state: copy.state,
        position: copy.position,
        events: copy.events - begun.events,
      },
      wentOnFrom: begun.position > 0 ? begun.position : null,
      parked: await this.keeping.countParked(copy.key),
    };
  }

  private async eachInTurn<T>(
    models: readonly string[],
    how: JobHow,
    work: (one: Declared, job: Job) => Promise<T>,
    before: (one: Declared) => Promise<void> = () => Promise.resolve(),
  ): Promise<readonly T[]> {
    return this.seated(models, how, async (all, job) => {
      const done: T[] = [];
      for (const one of all) await before(one);
      try {
        for (const one of all) done.push(await work(one, job));
      } catch (error) {
        if (!(error instanceof Stopped)) throw toldBehind(models.slice(0, done.length), error);
      }
      return done;
    });
  }
  private async seated<T>(
    models: readonly string[],
    how: JobHow,
    work: (all: readonly Declared[], job: Job) => Promise<T>,
  ): Promise<T> {
    const all = models.map((name) => this.named(name));
    await this.keeping.open();
    const seats = await SeatsTaken.take(this.rows, models, this.party);
    const job = new Job(how, () => seats.stay());
    seats.renewing((error) => job.lose(error));
    try {
      const done = await work(all, job);
      job.goOnUnlessLost();
      return done;
    } finally {
      job.end();
      await seats.leave();
    }
  }
  private named(name: string): Declared {
    const found = this.declared.find(({ model }) => model.name === name);
    return found ?? refuse('UNKNOWN_MODEL', `there is no read model ${name}`);
  }
}

/** Whoever asked for several has to know which of them it came too late for. */
const toldBehind = (done: readonly string[], error: unknown): unknown =>
  error instanceof NotStill && done.length > 0
    ? new NotStill(`${error.message} (${done.join(', ')} had been done before, and stays so)`)
    : error;
