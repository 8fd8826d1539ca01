import { Fenced, type Chart, type Member, type Seat, type SeatOnChart } from '@rapport/kernel';
import type { Database } from './driver';

export const SEATING = `
  create table members ("group" text not null, id text not null, until integer not null, primary key ("group", id)) strict;
  create table seats (name text primary key, "group" text not null, epoch integer not null, owner text, until integer not null) strict`;

/** Who does which part of the work, in the file of the rows. Its clock is the machine's: so are all who share the file. */
export class Seats {
  constructor(private readonly db: Database) {}

  /** Called within the transaction of a commit. */
  assertHeld(seats: readonly Seat[]): void {
    if (seats.length === 0) return;
    const epochOf = this.db.reading('select epoch from seats where name = ?');
    for (const { name, epoch } of seats) if (epochOf.first([name])?.[0] !== epoch) throw new Fenced(name);
  }
  /** Called within a transaction: whoever sits there must read anew. */
  fence(names: readonly string[]): void {
    const fence = this.db.writing('update seats set epoch = epoch + 1 where name = ?');
    for (const name of names) fence.run([name]);
  }
  arrange(group: string, change: (chart: Chart, now: number) => Chart): Chart {
    if (this.db.readonly) return this.shown(group, change);
    const rearrange = this.db.transaction(() => {
      const before = this.chart(group);
      const after = change(before, Date.now());
      if (after !== before) this.keep(group, after);
      return after;
    });
    return rearrange(undefined);
  }

  /** Who opened the file for reading may look, and no more. */
  private shown(group: string, change: (chart: Chart, now: number) => Chart): Chart {
    const chart = this.chart(group);
    if (change(chart, Date.now()) !== chart) throw new Error('the rows were opened for reading only');
    return chart;
  }
  private chart(group: string): Chart {
    const members = this.db
      .reading('select id, until from members where "group" = ? order by id')
      .all([group]);
    const seats = this.db
      .reading('select name, epoch, owner, until from seats where "group" = ? order by name')
      .all([group]);
    return {
      members: members.map(([id, until]) => ({ id, until }) as Member),
      seats: seats.map(([name, epoch, owner, until]) => ({ name, epoch, owner, until }) as SeatOnChart),
    };
  }
  private keep(group: string, { members, seats }: Chart): void {
    this.db.writing('delete from members where "group" = ?').run([group]);
    this.db.writing('delete from seats where "group" = ?').run([group]);
    const member = this.db.writing('insert into members values (?, ?, ?)');
    for (const { id, until } of members) member.run([group, id, until]);
    const seat = this.db.writing('insert into seats values (?, ?, ?, ?, ?)');
    for (const { name, epoch, owner, until } of seats) seat.run([name, group, epoch, owner, until]);
  }
}
