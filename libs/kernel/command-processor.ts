import { Refusal, refuse, streamOf, type Context, type Rules, type StreamLookup } from './aggregate';
import { takeClaim } from './claim';
import { Desks, type Outcome } from './desks';
import { Unavailable, WrongExpectedRevision } from './event-log';
import type { EventStore, Origin, ProposedEvent } from './event-store';
import { eventIdOf } from './ids';
import { KnownStream, StreamCache, type Answer, type CommandResult } from './known-stream';
import { nameOf, type Class, type NewEvent } from './messages';

/** Who wants it, when, in which conversation. The same `commandId` is the same command, however often it is sent. */
export interface Envelope extends Origin {
  /** Business time, from the injected clock. */
  readonly now: string;
}
interface Job {
  readonly of: Rules;
  readonly type: string;
  readonly command: object;
  readonly envelope: Envelope;
}
/** One stream, as it is remembered and as it would be after what has been decided so far. */
interface Sitting {
  readonly stream: string;
  readonly draft: KnownStream;
  readonly decided: ProposedEvent[];
}

/** Other writers were faster each time: nothing was stored, try again later. */
export class Contended extends Unavailable {}
/** A remembered "no" or "nothing to do" must be asked again afresh; an append finds out by itself. */
class Stale extends Error {}

const ATTEMPTS_MAX = 3;
/** Commands that wait for the same stream are decided together and stored in one append. */
const TOGETHER_MAX = 100;

/** Where commands are decided: read, ask, decide, claim, append; when another was faster, read on and decide again. */
export class CommandProcessor implements StreamLookup {
  private readonly cache = new StreamCache();
  private readonly desks = new Desks<Job, CommandResult>(
    (stream, jobs) => this.serve(stream, jobs),
    TOGETHER_MAX,
  );

  constructor(private readonly store: EventStore) {}

  /** Throws `Refusal`, `Contended`, `UnknownOutcome`, `SubjectForgotten`; anything else is a fault. */
  execute(of: Rules, command: object, envelope: Envelope): Promise<CommandResult> {
    const type = nameOf(command.constructor as Class);
    return this.desks.submit(streamOf(of, command), {
      of,
      type,
      command,
      envelope: { ...envelope, command: type },
    });
  }

  async stateOf<State>(of: Rules<State>, id: string): Promise<State> {
    return (await this.readOn(of, `${of.name}-${id}`)).state as State;
  }

  /** All that waits for one stream. When the common append fails for a reason of one, each is tried alone; a log that is away is away for all. */
  private async serve(stream: string, jobs: readonly Job[]): Promise<readonly Outcome<CommandResult>[]> {
    try {
      return await this.transact(stream, jobs);
    } catch (error) {
      if (jobs.length === 1 || error instanceof Unavailable) return jobs.map(() => ({ error }));
      const outcomes: Outcome<CommandResult>[] = [];
      for (const job of jobs) outcomes.push(...(await this.serve(stream, [job])));
      return outcomes;
    }
  }

  private async transact(stream: string, jobs: readonly Job[]): Promise<readonly Outcome<CommandResult>[]> {
    const [first] = jobs;
    if (!first) return [];
    for (let attempt = 1; ; attempt++) {
      const remembered = attempt === 1 ? this.cache.get(stream) : undefined;
      const known = remembered ?? (await this.readOn(first.of, stream));
      try {
        return await this.settle(stream, known, jobs, remembered === undefined);
      } catch (error) {
        if (!(error instanceof WrongExpectedRevision || error instanceof Stale)) throw error;
        if (attempt === ATTEMPTS_MAX)
          throw new Contended(`${stream}: other writers were faster ${attempt} times`);
      }
    }
  }

  private async settle(stream: string, known: KnownStream, jobs: readonly Job[], fresh: boolean) {
    const sitting: Sitting = { stream, draft: known.draft(), decided: [] };
    const outcomes: (Outcome<CommandResult> | null)[] = [];
    for (const job of jobs) {
      const outcome = await this.consider(sitting, job);
      if (outcome && !fresh && !('result' in outcome && outcome.result.repeated)) throw new Stale();
      outcomes.push(outcome);
    }
    await this.keep(sitting, known, first(jobs).of);
    return jobs.map(({ envelope }, n) => outcomes[n] ?? { result: known.answerTo(envelope.commandId) });
  }

  /** Decides one command on the draft. `null`: its events stand in the draft and wait to be appended. */
  private async consider(sitting: Sitting, job: Job): Promise<Outcome<CommandResult> | null> {
    try {
      const met = metBefore(sitting, job);
      if (met !== undefined) return met;
      const events = await this.decide(sitting, job);
      if (events.length === 0) return { result: sitting.draft.unchanged() };
      await this.claim(sitting.stream, job);
      for (const event of events) sitting.draft.move(job.of, seen(event), sitting.draft.position, '');
      sitting.decided.push(...events);
      return null;
    } catch (error) {
      return { error };
    }
  }

  private async claim(stream: string, { of, type, command, envelope }: Job): Promise<void> {
    for (const claim of of.claims?.[type]?.(command as never) ?? [])
      await takeClaim(this.store, claim, stream, envelope, envelope.now);
  }

  private async decide({ stream, draft }: Sitting, job: Job): Promise<readonly ProposedEvent[]> {
    const { of, type, command, envelope } = job;
    if (draft.closed) refuse('STREAM_CLOSED', `${stream} was given up before it began: use a new id`);
    const decide = of.decide[type];
    if (!decide) throw new Error(`${of.name} does not decide ${type}`);
    const context: Context<never> = {
      now: envelope.now,
      actor: envelope.actor,
      known: (await this.answersTo(job, draft.state)) as never,
      eventId: (n) => eventIdOf(envelope.commandId, n),
    };
    return decide(draft.state, command as never, context).map((event, n) => proposed(of, event, n, envelope));
  }

  private async answersTo({ of, type, command }: Job, state: unknown): Promise<object> {
    const asks = Object.entries(of.needs?.[type]?.(state, command as never) ?? {});
    if (asks.length === 0) return {};
    const answers = asks.map(async ([name, ask]) => [name, await ask(this)] as const);
    return Object.fromEntries(await Promise.all(answers));
  }

  private async keep({ stream, decided }: Sitting, known: KnownStream, of: Rules): Promise<void> {
    if (decided.length === 0) return;
    const before = known.revision;
    const { position, hash } = await this.store.append(stream, known.tip(), decided);
    decided.forEach((event, n) => {
      if (known.revision === before + n) known.move(of, seen(event), position, hash);
    });
    this.cache.set(stream, known);
  }

  private async readOn(of: Rules, stream: string): Promise<KnownStream> {
    const known = this.cache.get(stream) ?? new KnownStream(of.initial);
    for (const event of await this.store.read(stream, { from: known.revision + 1 }))
      if (event.revision === known.revision + 1) known.move(of, event, event.position, event);
    if (!known.isNew) this.cache.set(stream, known);
    return known;
  }
}

/** What this command was answered before, `null` when its events still wait in the draft, undefined when it is new. */
const metBefore = ({ draft, decided }: Sitting, job: Job): Outcome<CommandResult> | null | undefined => {
  const { commandId } = job.envelope;
  const before = draft.answers.get(commandId);
  if (!before) return undefined;
  if (before.command !== undefined && before.command !== job.type) return reused(job, before.command);
  return decided.some(({ origin }) => origin.commandId === commandId) ? null : again(before);
};

const first = <T>(items: readonly T[]): T => items[0] as T;
const again = ({ command: _, ...before }: Answer) => ({ result: { ...before, repeated: true } });
const reused = ({ type, envelope }: Job, before: string) => ({
  error: new Refusal(
    'COMMAND_ID_REUSED',
    `the id ${envelope.commandId} stands for a ${before} on this stream already: a ${type} needs an id of its own`,
    'input',
    { field: 'commandId' },
  ),
});
const seen = ({ messageClass, data, occurredAt, origin }: ProposedEvent) => ({
  type: messageClass.name,
  data,
  occurredAt,
  meta: origin,
});

const proposed = (of: Rules, event: NewEvent, n: number, envelope: Envelope): ProposedEvent => {
  const { messageClass, data, at: occurredAt = envelope.now } = event;
  if (of.events[nameOf(messageClass)] !== messageClass)
    throw new Error(`${of.name} does not own ${messageClass.name}`);
  return { id: eventIdOf(envelope.commandId, n), messageClass, data, occurredAt, origin: envelope };
};
