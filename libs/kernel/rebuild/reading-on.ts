import type { Position } from '../event-log';
import { BESIDE, REBUILD, type Pace } from '../pace';
import type { Sources } from '../subscriber';
import type { Copy, CopyState } from './copies';
import type { CopyKeeping } from './copy-keeping';
import { copyOf, liveOf, type Declared } from './editions';
import type { Crew, Stretch } from './hand';
import type { Job } from './job';
import type { StandingStill } from './standing-still';

/** While a copy is read to the end of the log, the log grows: it is read again, so often at most. */
const ROUNDS_MAX = 3;
/** How often what is noted of a copy is brought up to date. */
const NOTE_EVERY_MS = 2_000;

/** Brings copies on: to the end of the log while nobody waits, or to the very places where a live model stands still. */
export class ReadingOn {
  constructor(
    private readonly sources: Sources,
    private readonly crew: Crew,
    private readonly keeping: CopyKeeping,
    private readonly still: StandingStill,
  ) {}

  /** How copies are read now: whoever serves from the same file must get his turn. */
  async pace(): Promise<Pace> {
    return this.sources.rows.lanes === 1 && (await this.still.isServed()) ? BESIDE : REBUILD;
  }

  /** As far as it makes sense now. What is stopped or breaks is noted, and can be gone on with. */
  async toTheEnd(all: readonly Declared[], copies: readonly Copy[], job: Job): Promise<readonly Copy[]> {
    const notes = new Notes(this.keeping, all, copies, job);
    try {
      for (let round = 0; round < ROUNDS_MAX && !job.isStopped; round++) {
        const stretches = await this.ahead(all);
        if (stretches.length === 0) break;
        await this.fold(stretches, job, notes);
      }
    } catch (error) {
      if (!job.isLost) await notes.end('failed', messageOf(error));
      throw error;
    }
    return notes.end(job.isStopped ? 'stopped' : 'complete');
  }

  /** Exactly to these places, one for each lane, where the copy is not there yet. */
  async toThePlaces(one: Declared, copy: Copy, places: readonly Position[], job: Job): Promise<Copy> {
    const stands = await this.keeping.placesOf(copyOf(one));
    const stretches = places.flatMap((until, lane) =>
      (stands[lane] ?? until) < until ? [{ model: one.model.name, lane, until }] : [],
    );
    const notes = new Notes(this.keeping, [one], [copy], job);
    if (stretches.length > 0) await this.fold(stretches, job, notes);
    job.goOn();
    const [noted] = await notes.end('complete');
    return noted ?? copy;
  }

  /** To the end of the log; or, where nobody brings the live model on, to where that one stands, for it is no use to go further. */
  private async ahead(all: readonly Declared[]): Promise<readonly Stretch[]> {
    const head = await this.sources.store.log.head();
    const isKept = await this.still.isKept();
    const stretches: Stretch[] = [];
    for (const one of all) {
      const [live, copy] = await Promise.all(
        [liveOf(one), copyOf(one)].map((each) => this.keeping.placesOf(each)),
      );
      const isNew = live?.every((place) => place === 0) ?? true;
      for (const [lane, place] of (copy ?? []).entries()) {
        const until = isKept || isNew ? head : (live?.[lane] ?? head);
        if (place < until) stretches.push({ model: one.model.name, lane, until });
      }
    }
    return stretches;
  }

  private async fold(stretches: readonly Stretch[], job: Job, notes: Notes): Promise<void> {
    const eventsAll = await this.eventsIn(stretches);
    let events = 0;
    const onEvents = (more: number): void => {
      events = Math.min(eventsAll, events + more);
      job.progressed(events, eventsAll);
      notes.read(more);
    };
    const { eventsPerSecond } = job.how;
    const plan = { pace: await this.pace(), ...(eventsPerSecond !== undefined && { eventsPerSecond }) };
    await this.crew.fold(stretches, plan, { onEvents, signal: job.signal });
    job.goOnUnlessLost();
  }
  private async eventsIn(stretches: readonly Stretch[]): Promise<number> {
    const { log } = this.sources.store;
    const places = await Promise.all(stretches.map((one) => this.keeping.placeOfCopy(one)));
    const from = Math.min(...places) as Position;
    const until = Math.max(...stretches.map((stretch) => stretch.until)) as Position;
    return (await log.countAfter(from)) - (await log.countAfter(until));
  }
}

/** What is noted of copies while they are read. */
class Notes {
  private readonly startedAt = performance.now();
  private events = 0;
  private notedAt = performance.now();
  private noting: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly keeping: CopyKeeping,
    private readonly all: readonly Declared[],
    private copies: readonly Copy[],
    private readonly job: Job,
  ) {}

  read(events: number): void {
    this.events += events;
    if (performance.now() - this.notedAt < NOTE_EVERY_MS) return;
    this.notedAt = performance.now();
    this.noting = this.noting.then(() => this.note('building')).catch(ignored);
  }
  async end(state: CopyState, error: string | null = null): Promise<readonly Copy[]> {
    await this.noting;
    return (this.copies = await this.note(state, error));
  }

  private async note(state: CopyState, error: string | null = null): Promise<readonly Copy[]> {
    const perSecond = this.events / Math.max(1, (performance.now() - this.startedAt) / 1_000);
    const copies: Copy[] = [];
    for (const [n, copy] of this.copies.entries()) {
      const places = await this.keeping.placesOf(copyOf(this.all[n] as Declared));
      copies.push({
        ...{ ...copy, state, error, position: Math.min(...places) as Position },
        ...{ events: copy.events + Math.round(this.events), eventsPerSecond: Math.round(perSecond) },
      });
    }
    await this.job.stays();
    await this.keeping.keep(...copies);
    return copies;
  }
}
/** A note that cannot be written is written again with the next one; the last one fails aloud. */
const ignored = (): void => undefined;
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
