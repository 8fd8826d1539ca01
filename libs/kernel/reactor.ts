import type { Envelope } from './command-processor';
import type { CommandResult } from './known-stream';
import { Refusal } from './aggregate';
import { Unavailable, type Position } from './event-log';
import type { RecordedEvent } from './event-store';
import { idFrom } from './ids';
import { reactionTo, withoutTimer, type Policy } from './policy';
import type { RowReader, Write } from './row-store';
import { BEHIND, Parking, type Sources, type Subscriber } from './subscriber';
import type { Row, Table } from './table';
import type { Class } from './messages';
import { hydrate } from './validation';

export type Dispatch = (command: object, envelope: Envelope) => Promise<CommandResult>;
/** What a policy's command met when it was refused: expected (things had changed meanwhile), but counted and told. */
export type OnRefused = (policy: string, command: object, refusal: Refusal) => void;

interface Hit {
  readonly key: string;
  readonly event: RecordedEvent;
}

const MEMORY_MAX = 10_000;

/** Turns events into commands, and keeps what the policy remembers. Ids follow from the event: a command sent twice is done once. */
export class Reactor implements Subscriber {
  readonly name: string;
  readonly tables: readonly Table[];
  private readonly parking: Parking;
  private memory = new Map<string, Row | null>();
  /** When the next timer is due; null: none is set, undefined: to be looked up. */
  private soonest: string | null | undefined;

  constructor(
    readonly of: Policy,
    private readonly dispatch: Dispatch,
    private readonly classOf: (type: string) => Class,
    private readonly onRefused: OnRefused,
  ) {
    this.name = of.table.name;
    this.tables = [of.table];
    this.parking = new Parking(this.name);
  }

  async reset({ rows }: Sources, _from: Position): Promise<void> {
    this.memory.clear();
    this.soonest = undefined;
    await this.parking.reset(rows);
  }
  release(key: string): void {
    this.parking.release(key);
  }

  /** Keys side by side, the events of one key in order. */
  async consume(events: readonly RecordedEvent[], { rows }: Sources): Promise<readonly Write[]> {
    const byKey = new Map<string, Hit[]>();
    const aside: Write[] = [];
    for (const event of events) if (this.of.on[event.type]) this.sort(event, byKey, aside);
    if (byKey.size === 0) return aside;
    await this.recall([...byKey.keys()], rows);
    const writes = await Promise.all([...byKey.values()].map((hits) => this.reactInOrder(hits)));
    return [...aside, ...writes.flat()];
  }

  /** When the next timer is due, or null. Looked up once, then kept in step with the memory. */
  async nextDue(rows: RowReader): Promise<string | null> {
    if (this.soonest !== undefined) return this.soonest;
    const where = [['dueAt', '!=', null] as const];
    const [first] = await rows.find(this.of.table, { where, orderBy: { column: 'dueAt' }, limit: 1 });
    return (this.soonest = first ? String(first['dueAt']) : null);
  }

  /** Timers that are due at `now`, earliest first. */
  async due(now: string, rows: RowReader, limit: number): Promise<readonly Row[]> {
    const next = await this.nextDue(rows);
    if (next === null || next > now) return [];
    const where = [['dueAt', '<=', now] as const];
    return rows.find(this.of.table, { where, orderBy: { column: 'dueAt' }, limit });
  }

  /** Sends the command of a timer, at its own due time, and takes the timer away. */
  async fire(due: Row): Promise<readonly Write[]> {
    const [at, type] = [String(due['dueAt']), String(due['dueType'])];
    const command = hydrate(this.classOf(type), due['dueCommand'] as object);
    const commandId = idFrom(`${this.of.name}/${due.key}/${at}/${type}`);
    await this.send(command, {
      ...{ commandId, correlationId: commandId, now: at, source: 'TIMER' },
      actor: { id: this.of.name, role: 'POLICY' },
    });
    const row = withoutTimer(due);
    this.remember(due.key, due, row);
    return [{ table: this.of.table, key: due.key, row }];
  }

  private sort(event: RecordedEvent, byKey: Map<string, Hit[]>, aside: Write[]): void {
    try {
      for (const key of this.of.keysOf(event)) {
        const hits = byKey.get(key) ?? [];
        hits.push({ key, event });
        byKey.set(key, hits);
      }
    } catch (error) {
      aside.push(this.parking.park(event.stream, event, error));
    }
  }

  private async reactInOrder(hits: readonly Hit[]): Promise<readonly Write[]> {
    const aside: Write[] = [];
    const key = hits[0]?.key ?? '';
    const before = this.memory.get(key) ?? null;
    for (const hit of hits) {
      if (this.parking.has(key)) aside.push(this.parking.park(key, hit.event, BEHIND));
      else
        await this.react(hit).catch((error: unknown) => {
          if (error instanceof Unavailable) throw error; // nothing is wrong with this event: the loop waits and comes back
          aside.push(this.parking.park(key, hit.event, error));
        });
    }
    const after = this.memory.get(key) ?? null;
    return after === before ? aside : [{ table: this.of.table, key, row: after }, ...aside];
  }

  private async react({ key, event }: Hit): Promise<void> {
    const before = this.memory.get(key) ?? null;
    const { row, send } = reactionTo(this.of, before, key, event);
    for (const [n, command] of send.entries())
      await this.send(command, {
        commandId: idFrom(`${event.id}/${this.of.name}/${key}/${n}`),
        correlationId: event.meta.$correlationId,
        causationId: event.id,
        actor: { id: this.of.name, role: 'POLICY' },
        source: 'POLICY',
        now: event.occurredAt,
      });
    this.remember(key, before, row);
  }

  private remember(key: string, before: Row | null, after: Row | null): void {
    this.memory.set(key, after);
    if (this.soonest === undefined) return;
    const [was, is] = [dueAtOf(before), dueAtOf(after)];
    if (is !== null && (this.soonest === null || is < this.soonest)) this.soonest = is;
    else if (was === this.soonest && is !== was) this.soonest = undefined;
  }

  private async send(command: object, envelope: Envelope): Promise<void> {
    try {
      await this.dispatch(command, envelope);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.onRefused(this.of.name, command, error);
    }
  }

  private async recall(keys: readonly string[], rows: RowReader): Promise<void> {
    if (this.memory.size > MEMORY_MAX) this.memory = new Map();
    const missing = keys.filter((key) => !this.memory.has(key));
    if (missing.length === 0) return;
    for (const key of missing) this.memory.set(key, null);
    for (const row of await rows.load(this.of.table, missing)) this.memory.set(row.key, row);
  }
}

const dueAtOf = (row: Row | null): string | null => (row?.['dueAt'] ?? null) as string | null;
