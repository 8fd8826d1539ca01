import type { Position } from '../event-log';
import type { Sources } from '../subscriber';
import { copyGone, copyKept, copyNamed, newCopy, type Copy } from './copies';
import type { CopyKeeping } from './copy-keeping';
import { copyOf, formerOf, liveOf, moves, shapeOf, type Declared } from './editions';
import type { Job } from './job';
import { keeperSeats, type Party } from './standing-still';

export interface Switched {
  readonly model: string;
  /** Where what is live now stands in the log. */
  readonly position: Position;
  /** Events that it has still to read: whoever keeps it does so from here. */
  readonly behind: number;
  /** What was live before can come back by `rollback`. */
  readonly kept: boolean;
}

/** One edition of a model takes the place of another: tables, checkpoints, parked events and notes in one step. */
export class ChangingPlaces {
  constructor(
    private readonly sources: Sources,
    private readonly keeping: CopyKeeping,
    private readonly party: Party,
  ) {}

  /** The copy becomes live, what was live is kept as the former, and what was kept before goes. */
  async putIn(one: Declared, copy: Copy, job: Job): Promise<Switched> {
    const [from, live, kept] = [copyOf(one), liveOf(one), formerOf(one)];
    const before = await copyNamed(this.sources.rows, kept.name);
    const isNew = await this.keeping.isNew(live);
    const note = isNew ? copyGone(kept.name) : copyKept(await this.formerNoted(one));
    const parked = [
      ...(await this.keeping.parkedGone(kept.name)),
      ...(await this.keeping.parkedMoved([
        [live.name, kept.name],
        [from.name, live.name],
      ])),
    ];
    const { tables, checkpoints } = moves(from, live, kept, this.keeping.lanes);
    const writes = [...parked, copyGone(copy.key), note];
    await job.stays();
    await this.sources.rows.replace(tables, checkpoints, keeperSeats(this.keeping.lanes), writes);
    await this.keeping.removeLeftOver(before, kept);
    return this.switched(one, !isNew);
  }

  /** What is live and what was live before. */
  async swap(one: Declared, former: Copy, job: Job): Promise<Switched> {
    const [live, before] = [liveOf(one), formerOf(one)];
    const parked = await this.keeping.parkedMoved([
      [live.name, before.name],
      [before.name, live.name],
    ]);
    const note = copyKept({ ...(await this.formerNoted(one)), startedAt: former.startedAt });
    const { tables, checkpoints } = moves(before, live, before, this.keeping.lanes);
    await job.stays();
    await this.sources.rows.replace(tables, checkpoints, keeperSeats(this.keeping.lanes), [...parked, note]);
    return this.switched(one, true);
  }

  /** What is live now, as it is noted when it is kept. */
  private async formerNoted(one: Declared): Promise<Copy> {
    const edition = formerOf(one);
    const made = newCopy({
      ...{ key: edition.name, model: one.model.name, by: this.party.by, fold: '' },
      ...{ shape: shapeOf(one, this.keeping.lanes), tables: edition.tables.map(({ name }) => name) },
    });
    return { ...made, state: 'former', position: await this.slowestOf(one) };
  }
  private async switched(one: Declared, kept: boolean): Promise<Switched> {
    const position = await this.slowestOf(one);
    const behind = await this.sources.store.log.countAfter(position);
    return { model: one.model.name, position, behind, kept };
  }
  private async slowestOf(one: Declared): Promise<Position> {
    return Math.min(...(await this.keeping.placesOf(liveOf(one)))) as Position;
  }
}
