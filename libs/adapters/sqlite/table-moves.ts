import type { Move, Table } from '@rapport/kernel';
import type { Database } from './driver';
import { makeIndexes } from './indexes';
import { quoted } from './row-codec';

/** Tables and checkpoints under other names, within a transaction. */
export class TableMoves {
  constructor(private readonly db: Database) {}

  drop({ name }: Table): void {
    this.db.exec(`drop table if exists ${quoted(name)}`);
  }
  forget(subscriber: string): void {
    this.db.writing('delete from checkpoints where subscriber = ?').run([subscriber]);
  }

  move({ from, to, kept }: Move<Table>): void {
    const aside = kept && this.exists(to) ? { ...to, name: asideOf(to.name) } : null;
    if (aside) this.rename(to, aside);
    else this.drop(to);
    this.rename(from, to);
    if (!kept) return;
    this.drop(kept);
    if (aside) this.rename(aside, kept);
  }
  moveCheckpoint({ from, to, kept }: Move<string>): void {
    const rename = this.db.writing('update checkpoints set subscriber = ? where subscriber = ?');
    if (kept === undefined) this.forget(to);
    else rename.run([asideOf(to), to]);
    rename.run([to, from]);
    if (kept === undefined) return;
    this.forget(kept);
    rename.run([kept, asideOf(to)]);
  }

  /** Its indexes go along; those that were to be made later are made now. */
  private rename(from: Table, to: Table): void {
    this.db.exec(`alter table ${quoted(from.name)} rename to ${quoted(to.name)}`);
    makeIndexes(this.db, to);
  }
  private exists({ name }: Table): boolean {
    const sql = "select 1 from sqlite_master where type = 'table' and name = ?";
    return this.db.reading(sql).first([name]) !== undefined;
  }
}

/** Where something stands while two things change places. */
const asideOf = (name: string): string => `${name}~aside`;
