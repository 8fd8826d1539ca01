import { Fenced, START, type Checkpoint, type Move, type Position } from '@rapport/kernel';
import type { Asking, Link } from './database';
import { placed } from './names';

/** How far subscribers have read. A move is compare-and-set: from where the batch began, or not at all. */
export class Checkpoints {
  private readonly table: string;

  constructor(schema: string) {
    this.table = placed(schema, 'checkpoints');
  }

  /** How far each of them has read. */
  async positions(asking: Asking, subscribers: readonly string[]): Promise<readonly Position[]> {
    const sql = `select subscriber, position from ${this.table} where subscriber = any($1::text[])`;
    const { rows } = await asking.run({ sql, values: [[...new Set(subscribers)]] });
    const known = new Map(rows.map(([subscriber, position]) => [subscriber, Number(position) as Position]));
    return subscribers.map((subscriber) => known.get(subscriber) ?? START);
  }

  /** All of them in one statement; whoever comes second waits for the first, and is fenced by what he finds then. */
  async move(link: Link, checkpoints: readonly Checkpoint[]): Promise<void> {
    if (checkpoints.length === 0) return;
    await this.begin(link, checkpoints);
    const sql = `
      with asked as (select * from unnest($1::text[], $2::bigint[], $3::bigint[]) as a (subscriber, "from", "to")),
        held as (select c.subscriber, a."to" from ${this.table} c join asked a on a.subscriber = c.subscriber
          where c.position = a."from" order by c.subscriber for update of c)
      update ${this.table} c set position = held."to" from held where c.subscriber = held.subscriber
      returning c.subscriber`;
    const { rows, count } = await link.run({
      sql,
      values: [
        checkpoints.map(({ subscriber }) => subscriber),
        checkpoints.map(({ from }) => from),
        checkpoints.map(({ to }) => to),
      ],
    });
    if (count === checkpoints.length) return;
    const moved = new Set(rows.map(([subscriber]) => subscriber));
    throw new Fenced(checkpoints.find(({ subscriber }) => !moved.has(subscriber))?.subscriber ?? '');
  }

  async forget(link: Link, subscribers: readonly string[]): Promise<void> {
    const sql = `delete from ${this.table} where subscriber = any($1::text[])`;
    if (subscribers.length > 0) await link.run({ sql, values: [subscribers] });
  }
  async rename(link: Link, { from, to, kept }: Move<string>): Promise<void> {
    const aside = `${to}~aside`;
    if (kept === undefined) await this.forget(link, [to]);
    else await this.call(link, to, aside);
    await this.call(link, from, to);
    if (kept === undefined) return;
    await this.forget(link, [kept]);
    await this.call(link, aside, kept);
  }

  /** Whoever begins stands at the start. */
  private async begin(link: Link, checkpoints: readonly Checkpoint[]): Promise<void> {
    const first = checkpoints.filter(({ from }) => from === START).map(({ subscriber }) => subscriber);
    if (first.length === 0) return;
    const sql = `insert into ${this.table} (subscriber, position) select s, ${START} from unnest($1::text[]) s on conflict do nothing`;
    await link.run({ sql, values: [[...first].sort()] });
  }
  private async call(link: Link, from: string, to: string): Promise<void> {
    const sql = `update ${this.table} set subscriber = $2 where subscriber = $1`;
    await link.run({ sql, values: [from, to] });
  }
}
