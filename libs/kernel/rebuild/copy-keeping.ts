import { refuse } from '../aggregate';
import { START, type Position } from '../event-log';
import { keepersOf, laneName } from '../lanes';
import { OPERATING } from '../operations';
import type { RowStore, Write } from '../row-store';
import { PARKED, PARKED_MAX } from '../subscriber';
import type { Row, Table } from '../table';
import { COPIES, copyGone, copyKept, copyNamed, newCopy, type Copy } from './copies';
import { copyNameOf, copyOf, foldOf, formerOf, shapeOf, type Declared, type Edition } from './editions';
import type { Stretch } from './hand';

/** Parked events that are let go in one commit. */
const GONE_AT_ONCE = 10_000;

/** What stands beside the live models in the store, and what is noted of it. */
export class CopyKeeping {
  constructor(
    private readonly rows: RowStore,
    private readonly by: string,
  ) {}

  get lanes(): number {
    return this.rows.lanes;
  }
  async open(): Promise<void> {
    await this.rows.open([COPIES, PARKED, ...OPERATING]);
  }
  /** How far each lane of an edition has been read. */
  placesOf({ name }: Edition): Promise<readonly Position[]> {
    return Promise.all(keepersOf(name, this.lanes).map((keeper) => this.rows.position(keeper)));
  }

  async placeOfCopy(one: Stretch): Promise<Position> {
    const keeper = laneName(copyNameOf(one.model), { n: one.lane, of: this.lanes });
    return this.rows.position(keeper);
  }
  /** Nobody has ever read anything into it, if it is there at all. */
  async isNew(edition: Edition): Promise<boolean> {
    return (await this.placesOf(edition)).every((place) => place === START);
  }

  /** The copy from which it goes on; a new one where there is none, where another program began it, or where that is wished. */
  async begin(one: Declared, isFresh: boolean, indexes: 'now' | 'later'): Promise<Copy> {
    const edition = copyOf(one);
    const known = await copyNamed(this.rows, edition.name);
    if (known && !isFresh && this.isOfThisProgram(known, one)) {
      const position = Math.min(...(await this.placesOf(edition))) as Position; // its note may be older
      return { ...known, position };
    }
    await this.remove(edition, known);
    await this.rows.open(edition.tables, indexes);
    const copy = newCopy({
      ...{
        key: edition.name,
        model: one.model.name,
        by: this.by,
        tables: edition.tables.map(({ name }) => name),
      },
      ...{ shape: shapeOf(one, this.lanes), fold: foldOf(one) },
    });
    await this.keep(copy);
    return copy;
  }
  /** A copy that has been read to its end, by this program. Throws a `Refusal`. */
  async complete(one: Declared): Promise<Copy> {
    const { name } = one.model;
    const copy = await copyNamed(this.rows, copyOf(one).name);
    if (!copy) return refuse('COPY_MISSING', `there is no copy of ${name}: rebuild it first`);
    if (!this.isOfThisProgram(copy, one))
      return refuse(
        'COPY_OF_ANOTHER_PROGRAM',
        `the copy of ${name} was built by another program, which declared it otherwise: rebuild it`,
      );
    if (copy.state !== 'complete')
      return refuse(
        'COPY_INCOMPLETE',
        `the copy of ${name} is not complete (${copy.state}): rebuild it, which goes on with it`,
      );
    return copy;
  }
  /** What was live before the last switch. Throws a `Refusal`. */
  async former(one: Declared): Promise<Copy> {
    const { name } = one.model;
    const former = await copyNamed(this.rows, formerOf(one).name);
    if (!former)
      return refuse(
        'FORMER_MISSING',
        `nothing was kept of ${name}: it was never switched, or what was live before is gone`,
      );
    if (former.shape !== shapeOf(one, this.lanes))
      return refuse(
        'FORMER_OF_ANOTHER_PROGRAM',
        `what was live before of ${name} has another shape than this program declares: start the program that it belongs to`,
      );
    return former;
  }

  async keep(...copies: readonly Copy[]): Promise<void> {
    await this.rows.commit(copies.map(copyKept), []);
  }
  /** Tables, checkpoints and parked events of an edition; last of all the note of it, so that it can be done again. */
  async remove(edition: Edition, known: Copy | null): Promise<void> {
    const gone = (await this.parkedUnder(edition.name)).map(({ key }): Write => ({
      table: PARKED,
      key,
      row: null,
    }));
    for (let n = 0; n < gone.length; n += GONE_AT_ONCE)
      await this.rows.commit(gone.slice(n, n + GONE_AT_ONCE), []);
    const names = new Set([...edition.tables.map(({ name }) => name), ...(known?.tables ?? [])]);
    await this.rows.drop([...names].map(onlyNamed), keepersOf(edition.name, this.lanes));
    if (known) await this.rows.commit([copyGone(edition.name)], []);
  }
  /** Tables of a program that declared more figures than this one. */
  async removeLeftOver(before: Copy | null, edition: Edition): Promise<void> {
    const taken = new Set(edition.tables.map(({ name }) => name));
    const left = (before?.tables ?? []).filter((name) => !taken.has(name));
    if (left.length > 0) await this.rows.drop(left.map(onlyNamed), []);
  }

  /** Parked events go where their model goes. Answers what is to be written. */
  async parkedMoved(ways: readonly (readonly [from: string, to: string])[]): Promise<readonly Write[]> {
    const gone: Write[] = [];
    const put: Write[] = [];
    for (const [from, to] of ways)
      for (const row of await this.parkedUnder(from)) {
        gone.push({ table: PARKED, key: row.key, row: null });
        const key = to + row.key.slice(from.length);
        put.push({ table: PARKED, key, row: { ...row, key, subscriber: to } });
      }
    return [...gone, ...put];
  }
  async parkedGone(name: string): Promise<readonly Write[]> {
    return (await this.parkedUnder(name)).map(({ key }) => ({ table: PARKED, key, row: null }));
  }
  countParked(name: string): Promise<number> {
    return this.rows.count(PARKED, [['subscriber', '=', name]]);
  }

  private parkedUnder(name: string): Promise<readonly Row[]> {
    return this.rows.find(PARKED, { where: [['subscriber', '=', name]], limit: PARKED_MAX });
  }
  private isOfThisProgram({ shape, fold }: Copy, one: Declared): boolean {
    return shape === shapeOf(one, this.lanes) && fold === foldOf(one);
  }
}

/** A table of which nothing is known but its name: enough to remove it. */
const onlyNamed = (name: string): Table => ({ name, columns: {}, indexes: [] });
