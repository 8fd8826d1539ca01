import { Fenced, type Chart, type Member, type Seat, type SeatOnChart } from '@rapport/kernel';
import { locked } from './bookkeeping';
import type { Database, Link } from './database';
import { placed } from './names';

/**
 * Who does which part of the work, beside the rows. A commit holds its seats with `for key share`: whoever gives such a
 * seat to another one waits until the commit is over, and a commit that comes later finds the new epoch. Staying longer
 * changes no key, so it waits for nobody.
 */
export class Seats {
  private readonly seats: string;
  private readonly members: string;

  constructor(
    private readonly database: Database,
    private readonly schema: string,
    /** Who opened the rows for reading may look, and no more. */
    private readonly isReadonly = false,
  ) {
    this.seats = placed(schema, 'seats');
    this.members = placed(schema, 'members');
  }

  /** Called within the transaction of a commit, and before anything else in it. */
  async assertHeld(link: Link, held: readonly Seat[]): Promise<void> {
    if (held.length === 0) return;
    const sql = `select name, epoch from ${this.seats} where name = any($1::text[]) order by name for key share`;
    const { rows } = await link.run({ sql, values: [held.map(({ name }) => name)] });
    const epochs = new Map(rows.map(([name, epoch]) => [name, Number(epoch)]));
    for (const { name, epoch } of held) if (epochs.get(name) !== epoch) throw new Fenced(name);
  }
  /** Called within a transaction, and before anything else in it: whoever sits there must read anew. */
  async fence(link: Link, names: readonly string[]): Promise<void> {
    if (names.length === 0) return;
    const sql = `select name from ${this.seats} where name = any($1::text[]) order by name for update`;
    await link.run({ sql, values: [names] });
    await link.run({
      sql: `update ${this.seats} set epoch = epoch + 1 where name = any($1::text[])`,
      values: [names],
    });
  }
  arrange(group: string, change: (chart: Chart, now: number) => Chart): Promise<Chart> {
    return this.database.transaction(async (link) => {
      if (this.isReadonly) return this.shown(link, group, change);
      await locked(link, this.schema, `seats/${group}`);
      const now = await clock(link);
      const before = await this.chart(link, group);
      const after = change(before, now);
      if (after === before) return after;
      await this.keepMembers(link, group, before.members, after.members);
      await this.keepSeats(link, group, before.seats, after.seats);
      return after;
    });
  }

  private async shown(
    link: Link,
    group: string,
    change: (chart: Chart, now: number) => Chart,
  ): Promise<Chart> {
    const chart = await this.chart(link, group, '');
    if (change(chart, await clock(link)) !== chart) throw new Error('the rows were opened for reading only');
    return chart;
  }
  /** The seats are held, so that nobody fences one between here and what becomes of it; unless they are only looked at. */
  private async chart(link: Link, group: string, held = 'for no key update'): Promise<Chart> {
    const members = await link.run({
      sql: `select id, until from ${this.members} where "group" = $1 order by id`,
      values: [group],
    });
    const seats = await link.run({
      sql: `select name, epoch, owner, until from ${this.seats} where "group" = $1 order by name ${held}`,
      values: [group],
    });
    return {
      members: members.rows.map(([id, until]) => ({ id, until: Number(until) }) as Member),
      seats: seats.rows.map(
        ([name, epoch, owner, until]) =>
          ({ name, epoch: Number(epoch), owner, until: Number(until) }) as SeatOnChart,
      ),
    };
  }
  private async keepMembers(
    link: Link,
    group: string,
    before: readonly Member[],
    after: readonly Member[],
  ): Promise<void> {
    const ids = new Set(after.map(({ id }) => id));
    const gone = before.filter(({ id }) => !ids.has(id)).map(({ id }) => id);
    if (gone.length > 0)
      await link.run({
        sql: `delete from ${this.members} where "group" = $1 and id = any($2::text[])`,
        values: [group, gone],
      });
    if (after.length === 0) return;
    await link.run({
      sql: `insert into ${this.members} ("group", id, until) select $1, * from unnest($2::text[], $3::bigint[])
        on conflict ("group", id) do update set until = excluded.until`,
      values: [group, after.map(({ id }) => id), after.map(({ until }) => until)],
    });
  }

  /** Each seat by what became of it: staying longer must not look as if it had changed hands. */
  private async keepSeats(
    link: Link,
    group: string,
    before: readonly SeatOnChart[],
    after: readonly SeatOnChart[],
  ): Promise<void> {
    const known = new Map(before.map((seat) => [seat.name, seat]));
    const names = new Set(after.map(({ name }) => name));
    const gone = before.filter(({ name }) => !names.has(name)).map(({ name }) => name);
    if (gone.length > 0)
      await link.run({ sql: `delete from ${this.seats} where name = any($1::text[])`, values: [gone] });
    const made = after.filter(({ name }) => !known.has(name));
    const lists = '$1::text[], $2::bigint[], $3::text[], $4::bigint[]';
    const sat = `from unnest(${lists}) as n (name, epoch, owner, until) where s.name = n.name`;
    const changed = (isOther: boolean) =>
      after.filter((seat) => {
        const was = known.get(seat.name);
        return was !== undefined && (was.epoch !== seat.epoch) === isOther && isAnother(was, seat);
      });
    await written(link, changed(false), `update ${this.seats} s set owner = n.owner, until = n.until ${sat}`);
    await written(
      link,
      changed(true),
      `update ${this.seats} s set epoch = n.epoch, owner = n.owner, until = n.until ${sat}`,
    );
    await written(
      link,
      made,
      `insert into ${this.seats} (name, epoch, owner, until, "group") select *, $5::text from unnest(${lists})`,
      [group],
    );
  }
}

const written = async (
  link: Link,
  seats: readonly SeatOnChart[],
  sql: string,
  more: readonly unknown[] = [],
): Promise<void> => {
  if (seats.length === 0) return;
  const lists = [
    seats.map(({ name }) => name),
    seats.map(({ epoch }) => epoch),
    seats.map(({ owner }) => owner),
    seats.map(({ until }) => until),
  ];
  await link.run({ sql, values: [...lists, ...more] });
};
const isAnother = (one: SeatOnChart, other: SeatOnChart): boolean =>
  one.epoch !== other.epoch || one.owner !== other.owner || one.until !== other.until;

/** One clock for all who share the server, in milliseconds. */
const clock = async (link: Link): Promise<number> => {
  const sql = 'select floor(extract(epoch from clock_timestamp()) * 1000)::bigint';
  return Number((await link.run({ sql })).rows[0]?.[0]);
};
