import { Command, InvalidArgumentError } from 'commander';
import { evolve, type RecordedEvent, type Rules } from '@rapport/kernel';
import { namesNear, type Application } from '@rapport/platform';
import { NotThere, Usage } from '../exits';
import type { Session } from '../session';

interface Until {
  readonly at?: string;
  readonly revision?: number;
}

export const stateCommand = (session: Session): Command =>
  new Command('state')
    .description('How an aggregate stood: its events replayed up to a moment or a revision')
    .argument('<stream>', 'such as ticket-INC0000045')
    .option('--at <instant>', 'up to the last event before the first one that occurred later', instantIn)
    .option('--revision <n>', 'up to and with this revision', revisionIn)
    .addHelpText('after', '\nExample:\n  rapport audit state ticket-INC0000045 --at 2016-03-01T00:00:00Z')
    .action(async (stream: string, until: Until) => {
      if (until.at !== undefined && until.revision !== undefined)
        throw new Usage('give --at or --revision, not both');
      session.answer(await session.reading((application) => stateOf(application, stream, until)));
    });

const stateOf = async (application: Application, stream: string, until: Until) => {
  const of = aggregateOf(application, stream);
  const history = await application.store.read(stream);
  if (history.length === 0) throw new NotThere(`nothing happened under the name ${stream}`);
  const events = cut(history, until);
  const last = events.at(-1);
  if (!last) throw new NotThere(`nothing had happened yet under the name ${stream}`);
  const { revision, type, occurredAt, recordedAt, hash } = last;
  return {
    ...{ stream, revision, of: history.length, hash },
    lastEvent: { type, occurredAt, recordedAt },
    state: events.reduce<unknown>((state, event) => evolve(of, state, event), of.initial),
  };
};

const aggregateOf = ({ plan }: Application, stream: string): Rules => {
  const category = stream.slice(0, Math.max(0, stream.indexOf('-')));
  const found = plan.aggregates.find(({ name }) => name === category);
  if (found) return found;
  const names = plan.aggregates.map(({ name }) => name);
  const near = namesNear(category, names);
  throw new Usage(
    `${stream} is no stream of an aggregate: it begins with ${(near.length > 0 ? near : names).join('-, ')}-`,
  );
};

const cut = (history: readonly RecordedEvent[], { at, revision }: Until): readonly RecordedEvent[] => {
  const last = revision ?? Number.MAX_SAFE_INTEGER;
  const later = history.findIndex(
    (event) => event.revision > last || (at !== undefined && event.occurredAt > at),
  );
  return later < 0 ? history : history.slice(0, later);
};

const instantIn = (text: string): string => {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new InvalidArgumentError('give an instant such as 2024-03-01T09:00:00Z.');
  return new Date(time).toISOString();
};
const revisionIn = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('give a whole number; the first event is 0.');
  return Number(text);
};
