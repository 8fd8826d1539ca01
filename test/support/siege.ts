import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { MemoryKeyRing, MemoryRowStore } from '@rapport/adapters/memory';
import { EventStoreDbEventLog, type Limits } from '@rapport/adapters/eventstoredb';
import { PARKED, Rebuild, Refusal, START, Unavailable, verifyLog } from '@rapport/kernel';
import type { CommandResult, Envelope, RecordedEvent } from '@rapport/kernel';
import type { Application } from '@rapport/platform/application';
import { jarApplication, NOON } from './jar-application';
import { allJars, FillJar, jarsByColor, OpenJar, openJars, SealJar } from './jars';

const WRITERS = 16;
const PROCESSES = 4;
const JARS = 40;
const COLORS = ['red', 'blue', 'green'] as const;
/** A sender who is told that nobody knows sends the same command again; so often at most. */
const SENDS_MAX = 20;
/** Every so many commands. */
const IMPATIENT = 4;
const SETTLE_MS = 60_000;

export interface Toll {
  readonly acknowledged: number;
  readonly refused: number;
  readonly givenUp: number;
  readonly otherErrors: readonly string[];
  /** Acknowledged, and not in the log; in the log more than once, acknowledged or not. */
  readonly missing: number;
  readonly twice: number;
  readonly gaps: number;
  /** The rows that followed live are those of a fresh replay, and nothing was set aside. */
  readonly rowsIdentical: boolean;
  readonly parked: number;
  readonly chainIntact: boolean;
  readonly stored: number;
}
interface Siege {
  readonly url: string;
  readonly namespace: string;
  readonly commands: number;
  readonly limits: Partial<Limits>;
  /** Does what it likes until it is over. */
  readonly trouble: (over: () => boolean) => Promise<void>;
}
type End = CommandResult | Error;

/** Sixteen writers on four processors with everything live on one of them; then the log is held against the answers. */
export const siege = async ({ url, namespace, commands, limits, trouble }: Siege): Promise<Toll> => {
  const keys = new MemoryKeyRing();
  const opened = Array.from({ length: PROCESSES }, () =>
    EventStoreDbEventLog.open({ url, namespace, limits }),
  );
  const apps = (await Promise.all(opened)).map((log) =>
    jarApplication({ log, keys, rows: new MemoryRowStore() }),
  );
  const [live] = apps as [Application];
  await live.start();
  const ends = new Map<string, End>();
  let [next, isOver] = [0, false];
  const write = async (app: Application): Promise<void> => {
    for (let n = next++; n < commands; n = next++) ends.set(`${namespace}${n}`, await sentByOneOrTwo(app, n));
  };
  /** An impatient sender: the same command goes to two processes at the same time. */
  const sentByOneOrTwo = async (app: Application, n: number): Promise<End> => {
    const to = n % IMPATIENT === 0 ? [app, apps[(apps.indexOf(app) + 1) % PROCESSES] ?? app] : [app];
    const sendings = to.map((one) => sentUntilKnown(one, `${namespace}${n}`, commandOf(n)));
    const ends = await Promise.all(sendings);
    return ends.find((end) => !(end instanceof Error)) ?? (ends[0] as End);
  };
  const troubles = trouble(() => isOver);
  await Promise.all(Array.from({ length: WRITERS }, (_, n) => write(apps[n % PROCESSES] ?? live)));
  isOver = true;
  await troubles;
  await live.settle(SETTLE_MS);
  const toll = await counted(live, ends);
  for (const app of apps) await app.stop();
  return toll;
};

/** The first forty open a jar; the others fill them or seal them, several processors at once. */
const commandOf = (n: number): object => {
  const jarId = `j-${n % JARS}`;
  if (n < JARS) return OpenJar.of({ jarId, color: COLORS[n % COLORS.length] ?? 'red' });
  return n % 97 === 0 ? SealJar.of({ jarId, because: 'enough' }) : FillJar.of({ jarId, drops: 1 });
};
const sentUntilKnown = async (app: Application, commandId: string, command: object): Promise<End> => {
  for (let sends = 1; ; sends++)
    try {
      return await app.execute(command, sentBy(commandId));
    } catch (error) {
      if (!(error instanceof Unavailable) || sends === SENDS_MAX) return error as Error;
      await pause(20);
    }
};

/** Each sending has another reason: what is stored differs by it, and the chain rests on what was stored. */
const sentBy = (commandId: string): Envelope => ({
  ...{ commandId, correlationId: commandId, source: 'SIEGE', now: NOON, reason: randomUUID() },
  actor: { id: 'ann', role: 'SERVICE_SPECIALIST' },
});

const counted = async (live: Application, ends: ReadonlyMap<string, End>): Promise<Toll> => {
  const stored = await everything(live);
  const times = new Map<string, number>();
  for (const { meta } of stored) times.set(meta.commandId, (times.get(meta.commandId) ?? 0) + 1);
  const all = [...ends].map(([id, end]) => ({ end, times: times.get(id) ?? 0 }));
  const errors = all.flatMap(({ end }) => (end instanceof Error ? [end] : []));
  const done = all.filter(({ end }) => !(end instanceof Error) && end.events.length > 0);
  const rebuild = new Rebuild({ rows: live.rows, store: live.store }, [openJars, allJars], [jarsByColor]);
  await rebuild.run();
  return {
    acknowledged: all.length - errors.length,
    refused: errors.filter((error) => error instanceof Refusal).length,
    givenUp: errors.filter((error) => error instanceof Unavailable).length,
    otherErrors: errors
      .filter((error) => !(error instanceof Refusal || error instanceof Unavailable))
      .map(String),
    missing: done.filter((one) => one.times === 0).length,
    twice: [...times.values()].filter((n) => n > 1).length,
    gaps: gapsIn(stored),
    rowsIdentical: (await rebuild.compare()).every(({ identical }) => identical),
    parked: await live.rows.count(PARKED),
    chainIntact: (await verifyLog(live.store.log, live.rows)).intact,
    stored: stored.length,
  };
};

const everything = async ({ store }: Application): Promise<readonly RecordedEvent[]> => {
  const all: RecordedEvent[] = [];
  for (let at = START; ; at = all.at(-1)?.position ?? at) {
    const page = await store.readAll(at, 1_000);
    if (page.length === 0) return all;
    all.push(...page);
  }
};
const gapsIn = (events: readonly { readonly stream: string; readonly revision: number }[]): number => {
  const next = new Map<string, number>();
  return events.filter(({ stream, revision }) => {
    const expected = next.get(stream) ?? 0;
    next.set(stream, revision + 1);
    return revision !== expected;
  }).length;
};

/** The same numbers for the same seed (mulberry32, public domain). */
export const seeded = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};
