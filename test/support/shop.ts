import { MemoryEventLog, MemoryKeyRing, MemoryRowStore } from '@rapport/adapters/memory';
import {
  groupsOf,
  keepersOf,
  LIVE,
  PARKED,
  pauseModel,
  placeOrder,
  reactionTo,
  Rebuild,
  resumeModel,
  START,
  type EventLog,
  type Position,
  type RecordedEvent,
  type Row,
  type RowStore,
} from '@rapport/kernel';
import type { Application } from '@rapport/platform/application';
import { jarApplication, send } from './jar-application';
import { FaultyRows } from './faulty-rows';
import { ANN } from './jar-setting';
import { allJars, jarsByColor, openJars, sealing } from './jars';
import { Life } from './life';
import { different, merged } from './merged-groups';
import { moodyJars } from './moody-jars';
import { comeToRest, letTimePass } from './played-time';

const ALL = { limit: 10_000 };
/** A drop of this size cannot be read until somebody mends it. */
export const SPOILT = 13;
export const LEASE_MS = 10_000;

/** What the processes stand on. */
interface Below {
  readonly rows: RowStore;
  readonly through: (log: EventLog) => EventLog;
}
interface Process {
  readonly app: Application;
  readonly life: Life;
  readonly faulty: FaultyRows;
  state: 'there' | 'frozen' | 'doomed';
}

/** The small business, kept in several lanes by processes that come, go, crash, freeze and wake up, in played time. */
export class Shop {
  private readonly moody = moodyJars();
  readonly models = [openJars, allJars, this.moody.model];
  private readonly rollups = [jarsByColor, this.moody.figures];
  readonly failures: unknown[] = [];
  readonly told: string[] = [];
  readonly processes: Process[] = [];
  private readonly stores;
  private readonly desk: Application;
  private sent = 0;
  private clockAheadMs = 0;

  /** `rows`: shared by all (default: in memory, with a clock that may jump); `through`: what becomes of their log. */
  constructor(
    readonly lanes: number,
    private readonly batchMax: number,
    { through = (log) => log, rows = this.jumpingRows() }: Partial<Below> = {},
  ) {
    this.stores = {
      ...{ log: through(new MemoryEventLog()), keys: new MemoryKeyRing() },
      rows: Object.assign(Object.create(rows) as RowStore, { lanes }),
    };
    this.desk = this.process(this.stores, { loops: [] });
    this.mood(false);
  }

  get rows(): RowStore {
    return this.stores.rows;
  }
  open(): Promise<void> {
    return this.desk.start();
  }
  /** Commands, each at its time; they may be refused. */
  async sends(all: readonly (readonly [command: object, at: string])[]): Promise<void> {
    for (const [command, at] of all) await send(this.desk, `${this.sent++}`, command, at).catch(() => null);
  }
  async joins(): Promise<Application> {
    const life = new Life();
    const under = life.of(this.stores);
    const faulty = new FaultyRows(under.rows);
    const app = this.process({ ...under, rows: faulty.rows });
    this.processes.push({ app, life, faulty, state: 'there' });
    void app.start().catch(() => undefined);
    await this.settled();
    return app;
  }
  async leaves(n: number): Promise<void> {
    const one = this.take(n, 'there');
    if (one) void one.app.pause();
    await this.settled();
  }
  /** Says nothing to anybody; in the middle of what it does after so many points. */
  async crashes(n: number, points = 0): Promise<void> {
    const one = this.at(n);
    one?.life.stopIn(points);
    if (one) one.state = 'doomed';
    await this.settled();
  }
  /** Also in the middle of something, and until it is woken. */
  async freezes(n: number, points = 0): Promise<void> {
    const one = this.at(n);
    one?.life.stopIn(points);
    if (one?.state === 'there') one.state = 'frozen';
    await this.settled();
  }
  async wakes(n: number): Promise<void> {
    const one = this.at(n);
    if (one?.state !== 'frozen') return;
    one.life.wake();
    one.state = 'there';
    await this.settled();
  }
  /** The rows are away for one of its next calls, which may have been carried out all the same. */
  falters(n: number, call: 'commit' | 'position' | 'find' | 'arrange', isDone: boolean): void {
    this.at(n)?.faulty.fail(call, { isDone });
  }
  pauses(model: string): Promise<void> {
    return pauseModel(this.rows, model, ANN).then(() => undefined);
  }
  resumes(model: string): Promise<void> {
    return resumeModel(this.rows, model).then(() => undefined);
  }
  /** Whether the model can read what is spoilt from now on. */
  mood(isMended: boolean): void {
    this.moody.mood.cannotRead = (_, drops) => (drops === SPOILT && !isMended ? new Error('spoilt') : null);
  }
  async redrives(rowKey: string): Promise<void> {
    await placeOrder(this.rows, { ...ANN, what: 'redrive', model: this.moody.model.name, rowKey });
  }
  async fires(n: number, now: string): Promise<void> {
    void this.at(n)
      ?.app.timers.fire(now)
      .catch(() => 0); // rows that are away: it is tried again at the next beat
    await this.settled();
  }
  clockJumps(ms: number): void {
    this.clockAheadMs += ms;
  }
  async passes(seconds: number): Promise<void> {
    for (let passed = 0; passed < seconds; passed++) {
      letTimePass(1_000);
      await this.settled();
    }
  }

  /** Everything goes on, one is there at least, and there is time for all that is left to do. */
  async comesToRest(): Promise<void> {
    this.buriesTheDead();
    for (const [n] of this.processes.entries()) await this.wakes(n);
    if (this.processes.length === 0) await this.joins();
    this.mood(true);
    for (const { name } of this.models) await this.resumes(name);
    await this.passes(2 + (2 * LEASE_MS) / 1_000);
    const parked = await this.rows.find(PARKED, ALL);
    for (const key of new Set(parked.map((row) => String(row['rowKey'])))) await this.redrives(key);
    await this.passes(LEASE_MS / 1_000);
  }
  async closes(): Promise<void> {
    for (const { app } of this.processes) void app.pause();
    await this.settled();
  }

  /** What is kept otherwise than a replay of the log would have it. */
  async differing(): Promise<readonly unknown[]> {
    const rebuild = new Rebuild({ rows: this.rows, store: this.desk.store }, this.models, []);
    await rebuild.run();
    const compared = (await rebuild.compare()).flatMap(({ comparisons }) => comparisons);
    await rebuild.discard();
    const figures = this.rollups.map(async (rollup) => {
      const model = this.models.find(({ name }) => name === rollup.of);
      const rows = model ? await this.rows.find(model.table, ALL) : [];
      const kept = merged(rollup, await this.rows.find(rollup.table, ALL));
      return different(rollup.table.name, kept, groupsOf(rollup, rows));
    });
    const memory = different(sealing.name, await this.rows.find(sealing.table, ALL), await this.remembered());
    return [
      ...compared.filter(({ differing }) => differing > 0),
      ...(await Promise.all(figures)).flat(),
      ...memory,
    ];
  }
  /** How far each keeper of a lane has read, and how far there is to read. */
  async positions(): Promise<{ readonly kept: readonly number[]; readonly head: Position }> {
    const keepers = this.models.flatMap(({ name }) => keepersOf(name, this.lanes));
    const kept = await Promise.all(keepers.map((name) => this.rows.position(name)));
    return { kept, head: await this.stores.log.head() };
  }
  events(): Promise<readonly RecordedEvent[]> {
    return this.desk.store.readAll(START, ALL.limit);
  }
  /** How many seats of the read models each process has that has not crashed, in the order in which they came. */
  async shares(): Promise<readonly number[]> {
    const { seats } = await this.rows.arrange('projections', (chart) => chart);
    const there = this.processes.filter(({ state }) => state !== 'doomed');
    return there.map(({ app }) => seats.filter(({ owner }) => owner === app.member).length);
  }
  /** How many drops up to a position were filled in, according to the rows as of then, and to the log. */
  async readUpTo(position: Position): Promise<{ readonly inRows: number; readonly inLog: number }> {
    const { model } = this.moody;
    const rows = await this.rows.find(model.table, { ...ALL, asOf: { position } });
    const events = (await this.desk.store.readAll(START, ALL.limit)).filter(
      (event) => event.position <= position,
    );
    return {
      inRows: rows.reduce((sum, row) => sum + Number(row['fills']), 0),
      inLog: events.filter(({ type }) => type === 'JarFilled').length,
    };
  }
  /** Everything up to here is in the rows, as somebody says who keeps none of them. */
  watermark(): Promise<Position> {
    return this.desk.progress.position([]);
  }

  private jumpingRows(): MemoryRowStore {
    return new MemoryRowStore(() => Date.now() + this.clockAheadMs);
  }
  private buriesTheDead(): void {
    for (const one of this.processes.filter(({ state }) => state === 'doomed')) {
      one.life.stopIn(0);
      one.life.bury();
      for (const loop of one.app.loops.values()) void loop.stop();
      this.processes.splice(this.processes.indexOf(one), 1);
    }
  }
  private settled(): Promise<void> {
    return comeToRest(() => this.processes.every(({ life }) => life.isQuiet));
  }
  private async remembered(): Promise<readonly Row[]> {
    const memory = new Map<string, Row | null>();
    for (const event of await this.events())
      for (const key of sealing.keysOf(event))
        memory.set(key, reactionTo(sealing, memory.get(key) ?? null, key, event).row);
    return [...memory.values()].filter((row) => row !== null);
  }
  private at(n: number): Process | undefined {
    return this.processes[n % Math.max(1, this.processes.length)];
  }
  private take(n: number, state?: Process['state']): Process | undefined {
    const one = this.at(n);
    if (!one || (state && one.state !== state)) return undefined;
    this.processes.splice(this.processes.indexOf(one), 1);
    return one;
  }
  private process(
    stores: Parameters<typeof jarApplication>[0],
    more: Parameters<typeof jarApplication>[1] = {},
  ): Application {
    return jarApplication(stores, {
      ...{
        readModels: this.models,
        rollups: this.rollups,
        leaseMs: LEASE_MS,
        now: () => new Date().toISOString(),
      },
      pace: { ...LIVE, batchMax: this.batchMax },
      onFailure: (error) => this.failures.push(error),
      told: (_, what) => this.told.push(what),
      ...more,
    });
  }
}
