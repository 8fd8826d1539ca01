import type { Actor, Class, RecordedEvent, Row } from '@rapport/kernel';
import { nameOf, START } from '@rapport/kernel';
import { Edge, type Reply } from './edge';
import { storyFrom, type Story } from './story';

/** What happened when somebody wanted something: the events by name, those of policies too; or the code of the refusal. */
export type Happened = readonly string[] | string;

const NOBODY: Actor = { id: 'nobody', role: 'ANALYST' };
const OPERATOR = { 'x-actor-id': 'olga', 'x-actor-role': 'OPERATOR' };
const pause = () => new Promise((next) => setTimeout(next, 5));
const READ_AT_ONCE = 1_000;
const open: Edge[] = [];
afterAll(async () => {
  for (const edge of open) await edge.stop();
});

/**
 * The whole product behind its HTTP edge, with a clock that is moved by hand. Stories are played on it step by step: what
 * somebody wants is posted, all that follows from it is waited for, and what has become of it is read as anybody reads it.
 */
export class Stage {
  /** All that was stored, in the order of the log. */
  readonly events: RecordedEvent[] = [];
  private on?: { readonly story: Story; readonly edge: Edge };
  private posted = 0;

  /** Moves the clock on: what falls due until then, that moment included, happens first and at its own time. */
  async at(now: string): Promise<this> {
    if (this.on) await this.on.story.until(now);
    else this.on = await opened(now);
    await this.read();
    return this;
  }
  /** Somebody wants something now. What clocks and messages say to it is told by `all`. */
  async wants(actor: Actor, command: object): Promise<Happened> {
    const { edge, story } = this.here;
    const before = this.events.length;
    const headers = {
      'x-actor-id': actor.id,
      'x-actor-role': actor.role,
      'idempotency-key': `step-${this.posted++}`,
    };
    const { status, body } = await edge.post(nameOf(command.constructor as Class), command, headers);
    await story.application.settle();
    await this.read();
    if (status !== 200) return body.code;
    return this.events.slice(before).flatMap(({ type }) => (isBeside(type) ? [] : [type]));
  }
  /** All that happened of one kind, in the order in which it was stored. */
  all<T extends object>(messageClass: new () => T): readonly Readonly<T>[] {
    return this.events.filter(({ type }) => type === messageClass.name).map(({ data }) => data as T);
  }
  /** A row that a read model has by now; null: it has none under that key. */
  async row(model: string, key: string): Promise<Row | null> {
    const { status, body } = await this.get(`/${model}/${encodeURIComponent(key)}`);
    return status === 200 ? (body.data as unknown as Row) : null;
  }
  /** What a report answers by now. */
  async report(name: string, params: Readonly<Record<string, string>> = {}): Promise<Reply['body']['data']> {
    const { status, body } = await this.get(`/reports/${name}?${String(new URLSearchParams(params))}`);
    expect([name, status, body.errors]).toEqual([name, 200, undefined]);
    return body.data;
  }
  /** The key under which a person's words are sealed is destroyed, and the models that show them are folded anew. */
  async forgets(personId: string, ...models: string[]): Promise<void> {
    const { application } = this.here.story;
    await application.plan.keys.forget(personId, application.now());
    for (const model of models) {
      await this.ordered(`/operations/projections/${model}/rebuild`, { fresh: true });
      // rows differ from what is live, as they are meant to: the name is gone
      await this.ordered(`/operations/projections/${model}/switch`, { evenIfDifferent: true });
    }
  }
  async post(url: string, body: object): Promise<Reply> {
    return this.here.edge.post(url, body);
  }
  async get(url: string): Promise<Reply> {
    return this.here.edge.get(url);
  }

  /** An operator orders something that takes its time, and waits for it. */
  private async ordered(url: string, body: object): Promise<void> {
    const begun = await this.here.edge.post(url, body, OPERATOR);
    const id = String(begun.body.data['id']);
    for (let job = begun.body.data; String(job['state']) !== 'DONE'; await pause()) {
      job = (await this.here.edge.get(`/operations/jobs/${id}`, OPERATOR)).body.data;
      expect([url, job['state'], job['problem']]).toEqual([url, expect.not.stringMatching('FAILED'), null]);
    }
  }
  private get here(): { readonly story: Story; readonly edge: Edge } {
    if (!this.on) throw new Error('a story begins at some time');
    return this.on;
  }
  /** What was stored since. */
  private async read(): Promise<void> {
    const { store } = this.here.story.application;
    for (let more = true; more;) {
      const page = await store.readAll(this.events.at(-1)?.position ?? START, READ_AT_ONCE);
      this.events.push(...page);
      more = page.length === READ_AT_ONCE;
    }
  }
}

const opened = async (now: string) => {
  const story = await storyFrom(now, NOBODY);
  const edge = await Edge.of(story.application, {}, false);
  open.push(edge);
  return { story, edge };
};

/** Clocks of SYS-21, calls of SYS-22 and messages of SYS-23 go along with almost everything; claims and seals are the house's own. */
const isBeside = (type: string): boolean =>
  /^(SlaClock|ProgressNotification|TicketEscalated|EscalationResolved|ClaimTaken)/.test(type);
