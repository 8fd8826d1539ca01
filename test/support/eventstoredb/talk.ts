import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import * as db from '@eventstore/db-client';
import type { AppendExpectedRevision, EventData, EventStoreDBClient } from '@eventstore/db-client';
import { idFrom } from '@rapport/kernel';

type Options = Record<string, unknown>;
const QUIET_MS = 150;
const ROUNDS_MAX = 50;

/** Calls to a server and what it answered, line by line, without what is peculiar to the run. */
export class Talk {
  readonly lines: string[] = [];
  readonly client: EventStoreDBClient;
  private readonly run = randomUUID().slice(0, 8);
  private readonly ids = new Map<string, string>();
  private start: db.ReadPosition = db.START;
  constructor(url: string) {
    this.client = db.EventStoreDBClient.connectionString(url);
  }

  /** From here on the log is looked at: what was there before may be much. */
  async begin(): Promise<void> {
    const last = { direction: db.BACKWARDS, fromPosition: db.END, maxCount: 1 } as const;
    const [newest] = await gathered(this.client.readAll(last));
    if (newest) this.start = newest.event!.position;
  }
  stream(name: string): string {
    return `${name}-${this.run}`;
  }
  event(label: string, data: unknown = { label }, more: object = {}): EventData {
    const id = idFrom(`${this.run}/${label}`);
    this.ids.set(id, label);
    return db.jsonEvent({ id, type: 'T', data: data as never, ...more });
  }
  async say(what: string, call: () => Promise<unknown>): Promise<void> {
    const answer = await call().then(
      (value) => ({ mark: 'OK ', words: plain(value) }),
      (error: unknown) => ({ mark: 'ERR', words: told(error) }),
    );
    this.lines.push(`${answer.mark} ${what}: ${JSON.stringify(answer.words)}`);
  }
  append(
    what: string,
    name: string,
    labels: string,
    expectedRevision: AppendExpectedRevision,
    way: Options = {},
  ) {
    const events = labels.split(' ').flatMap((label) => (label ? [this.event(label)] : []));
    const options = { expectedRevision, ...way };
    return this.say(`${what} [${labels}] at ${expectedRevision}`, () =>
      this.client.appendToStream(this.stream(name), events, options),
    );
  }
  read(name: string, options: object = {}): Promise<unknown> {
    return gathered(this.client.readStream(this.stream(name), options));
  }
  /** Only what this run wrote: other events of the server's are none of our business. */
  async all(options: object): Promise<unknown[]> {
    const all = await gathered(this.client.readAll({ fromPosition: this.start, ...options }));
    return all.filter(({ event }) => event!.streamId.includes(this.run));
  }
  async listen(what: string, open: () => db.AllStreamSubscription, then: () => Promise<unknown>) {
    const heard: unknown[] = [];
    const subscription = open();
    for (const name of ['confirmation', 'caughtUp', 'error', 'end', 'close'] as const)
      subscription.on(name, (e?: unknown) => heard.push(e instanceof Error ? told(e) : name));
    subscription.on('data', ({ event }) => heard.push(`${event!.streamId}@${event!.revision}`));
    await settled(heard);
    await then();
    await settled(heard);
    await subscription.unsubscribe().catch(() => undefined);
    await pause(50);
    const kept = heard.filter((one, n) => one !== 'caughtUp' || heard.indexOf(one) === n);
    this.lines.push(`SUB ${what}: ${JSON.stringify(kept)}`);
  }

  transcript(): string {
    const text = this.lines.join('\n').replaceAll(`-${this.run}`, '');
    const named = [...this.ids].reduce((t, [id, label]) => t.replaceAll(id, `<${label}>`), text);
    const positions = [...named.matchAll(/"at:(\d+)"/g)].map(([, at]) => Number(at));
    const ranks = [...new Set(positions)].sort((a, b) => a - b);
    return `${named.replace(/"at:(\d+)"/g, (_, at) => `"#${ranks.indexOf(Number(at))}"`)}\n`;
  }
}

/** Something was heard, and then nothing more for a while. */
const settled = async (heard: readonly unknown[]): Promise<void> => {
  let before = 0;
  for (
    let round = 0;
    round < ROUNDS_MAX && (round === 0 || heard.length !== before || before === 0);
    round++
  ) {
    before = heard.length;
    await pause(QUIET_MS);
  }
};

/** All that a read brings. */
export const gathered = async (reading: AsyncIterable<unknown>) => {
  const events: db.AllStreamResolvedEvent[] = [];
  for await (const event of reading) events.push(event as db.AllStreamResolvedEvent);
  return events;
};

/** As text: revisions and positions marked, times and bytes made comparable. */
const plain = (value: unknown): unknown => {
  if (typeof value === 'bigint') return `${value}n`;
  if (value instanceof Date) return 'a time';
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`;
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  if ('commit' in value) return `at:${(value as db.Position).commit}`;
  const { commitPosition, metastreamRevision, ...others } = value as Options;
  const places = { commitPosition, metastreamRevision };
  const entries = Object.entries(others).map(([key, one]) => [key, plain(one)]);
  for (const [key, at] of Object.entries(places))
    if (at !== undefined) entries.push([key, `at:${String(at)}`]);
  return Object.fromEntries(entries);
};
/** An error as a plain object, without its stack. */
export const told = (error: unknown): unknown => {
  const { name, message, _raw, ...others } = error as Error & { _raw: unknown };
  const seen = others as Options;
  delete seen['stack'];
  const text = message.replace(/Deadline exceeded after.*/, 'Deadline exceeded');
  return { error: (error as Error).constructor.name, message: text, ...(plain(seen) as object) };
};
