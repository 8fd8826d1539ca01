import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Appended, EventLog, Key, KeyRing, LogEvent, Position } from '@rapport/kernel';
import type { Entry, Order } from './scribe';

const HOOK = join(__dirname, '..', 'typescript-hook.cjs');
const SCRIBE = join(__dirname, 'scribe.ts');

/**
 * A log that answers at once and has its events written in another thread: whoever is its only writer need not wait for
 * each append. Events bear the time at which they would have been taken. Nothing is read from it until it is closed.
 */
export class BulkLog implements Pick<EventLog, 'append'> {
  events = 0;
  private waiting: Entry[] = [];
  private readonly scribe: Worker;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    file: string,
    private readonly recordedAt: () => string,
  ) {
    this.scribe = new Worker(SCRIBE, { workerData: file, execArgv: ['-r', HOOK] });
  }

  append(stream: string, expected: number, events: readonly LogEvent[]): Promise<Appended> {
    const recordedAt = this.recordedAt();
    const logged = events.map(({ id, type, data, meta }, n) => {
      const place = { stream, revision: expected + 1 + n, position: ++this.events as Position };
      return { id, type, data, meta, ...place, recordedAt };
    });
    this.waiting.push({ stream, expected, events: logged });
    const revision = expected + events.length;
    return Promise.resolve({ revision, position: this.events as Position, repeated: false });
  }
  /** Appends that have not been handed on. */
  get pending(): number {
    return this.waiting.length;
  }
  /** Hands on what is there as soon as the group before has been written: no more than two are ever held. */
  async flush(): Promise<void> {
    const { waiting } = this;
    this.waiting = [];
    await this.writing;
    this.writing = this.ordered(waiting);
    this.writing.catch(() => undefined); // told to whoever waits for it: the next flush, or close
  }
  async close(): Promise<void> {
    await this.flush();
    await this.writing;
    await this.ordered(null);
  }

  private ordered(order: Order): Promise<void> {
    const { scribe } = this;
    scribe.removeAllListeners();
    return new Promise((resolve, reject) => {
      scribe.once('message', () => resolve()).once('error', reject);
      scribe.once('exit', (code) => reject(new Error(`the scribe ended with ${code}`)));
      scribe.postMessage(order);
    });
  }
}

/** Keys made together wait for the disk together. */
const KEYS_AT_ONCE = 1_000;

/** The keys of everybody who will be there, made beforehand and held in the hand. */
export class KeysInHand implements KeyRing {
  private readonly held = new Map<string, Key>();
  constructor(private readonly ring: KeyRing) {}

  async make(subjects: readonly string[]): Promise<void> {
    for (let n = 0; n < subjects.length; n += KEYS_AT_ONCE)
      await Promise.all(subjects.slice(n, n + KEYS_AT_ONCE).map((subject) => this.of(subject)));
  }
  async of(subject: string): Promise<Key> {
    const key = this.held.get(subject) ?? (await this.ring.of(subject));
    this.held.set(subject, key);
    return key;
  }
  find(ids: readonly string[]): Promise<ReadonlyMap<string, Key>> {
    return this.ring.find(ids);
  }
  forget(subject: string, at: string): Promise<{ keyId: string; at: string } | null> {
    this.held.delete(subject);
    return this.ring.forget(subject, at);
  }
  close(): Promise<void> {
    return this.ring.close();
  }
}
