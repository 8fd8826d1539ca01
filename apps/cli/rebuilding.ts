import { InvalidArgumentError } from 'commander';
import type { JobHow, Projection, RebuildProgress } from '@rapport/kernel';
import { namesNear, openWorkshop, planned, THREADS_MAX, type Workshop } from '@rapport/platform';
import { Usage } from './exits';
import { Progress } from './progress';
import type { Session } from './session';
import type { Terminal } from './terminal';

export interface RebuildOptions {
  readonly all?: boolean;
  readonly threads?: number;
  readonly eventsPerSecond?: number;
}
/** What is done, with whom, and how it is ended. */
export interface Rebuilding extends Workshop {
  readonly models: readonly string[];
  readonly how: JobHow;
  /** Somebody asked to stop. */
  readonly stopped: () => boolean;
}
/** How often it is looked whether somebody asks to stop. */
const LOOK_EVERY_MS = 100;

/** Opens everything beside whoever runs there, and closes it again. Ctrl-C ends what is done in good order. */
export const rebuilding = async <T>(
  session: Session,
  names: readonly string[],
  options: RebuildOptions,
  work: (rebuilding: Rebuilding) => Promise<T>,
): Promise<T> => {
  const { terminal, place } = session;
  const models = modelsNamed(names, options.all === true).map(({ name }) => name);
  const { threads, eventsPerSecond } = options;
  const workshop = await openWorkshop(place, session.operator, { threads, threadArgv: terminal.threadArgv });
  const [ending, bars] = [new AbortController(), new Bars(terminal)];
  terminal.listen();
  const look = setInterval(() => {
    if (terminal.stopped()) ending.abort();
  }, LOOK_EVERY_MS);
  if (terminal.stopped()) ending.abort();
  try {
    return await work({
      ...workshop,
      models,
      how: {
        ...{ signal: ending.signal, onProgress: (progress) => bars.show(progress) },
        ...(eventsPerSecond !== undefined && { eventsPerSecond }),
      },
      stopped: () => ending.signal.aborted,
    });
  } finally {
    clearInterval(look);
    bars.end();
    await workshop.close();
  }
};

/** A bar for each part of the work: each goes at its own pace. */
class Bars {
  private doing = '';
  private bar: Progress | null = null;

  constructor(private readonly terminal: Terminal) {}

  show({ doing, events, eventsAll }: RebuildProgress): void {
    if (doing !== this.doing || events === 0) this.bar = new Progress(this.terminal, 'events');
    this.doing = doing;
    if (eventsAll > 0) this.bar?.show(Math.round(events), eventsAll, doing);
  }
  end(): void {
    this.bar?.end();
  }
}

const modelsNamed = (names: readonly string[], all: boolean): readonly Projection[] => {
  const { readModels } = planned;
  if (all === names.length > 0) throw new Usage('name the models, or say --all');
  return all ? readModels : names.map((name) => modelNamed(name, readModels));
};
const modelNamed = (name: string, all: readonly Projection[]): Projection => {
  const found = all.find((model) => model.name === name || model.question === name);
  if (found) return found;
  const near = namesNear(
    name,
    all.map(({ question }) => question),
  );
  throw new Usage(
    `there is no read model ${name}${near.length > 0 ? `; did you mean ${near.join(' or ')}?` : ''}`,
  );
};

const EVENTS_PER_SECOND_MAX = 10_000_000;
export const threadsIn = (text: string): number => countIn(text, THREADS_MAX);
export const eventsPerSecondIn = (text: string): number => countIn(text, EVENTS_PER_SECOND_MAX);
const countIn = (text: string, most: number): number => {
  const count = /^\d+$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= most) return count;
  throw new InvalidArgumentError(`a whole number from 1 to ${most}`);
};
