import { Command, InvalidArgumentError } from 'commander';
import type { RecordedEvent } from '@rapport/kernel';
import {
  eventsOf,
  followerNamed,
  followersOf,
  PARKED_PAGE_MAX,
  parkedEvents,
  parkedKeys,
  type Application,
  type OrderShown,
  type Page,
  type ParkedEventInFull,
  type ParkedKey,
} from '@rapport/platform';
import { NotThere, Usage } from '../exits';
import { ordered, type Wanted } from '../orders';
import type { Session } from '../session';
import { pretty, table } from '../tables';

interface Paging {
  readonly limit: number;
  readonly after?: string;
}
interface Ordering {
  readonly reason?: string;
  readonly wait: number;
}

export const parkedCommand = (session: Session): Command =>
  new Command('parked')
    .description('Events that a model could not read, and those that wait behind them')
    .addCommand(listCommand(session))
    .addCommand(showCommand(session))
    .addCommand(redriveCommand(session))
    .addCommand(dropCommand(session));

const listCommand = (session: Session): Command =>
  paging(new Command('list').description('The keys of which events are parked'))
    .option('--model <model>', 'of this read model or policy alone')
    .action(async ({ model, ...page }: Paging & { readonly model?: string }) => {
      const found = await session.reading((application) => {
        const models = followersOf(application).map((one) => one.model);
        const asked = model === undefined ? models : [followerNamed(application, model).model];
        return parkedKeys(application.rows, asked, page);
      });
      session.answer(found, keysText);
    });

const showCommand = (session: Session): Command =>
  paging(new Command('show').description('The parked events of one key, in the order of the log'))
    .argument('<model>', 'the read model or policy')
    .argument('<key>', 'the key')
    .option('--with-data', 'with what the events say, names of people included')
    .action(
      async (model: string, key: string, { withData, ...page }: Paging & { readonly withData?: boolean }) => {
        const found = await session.reading(async (application) => {
          const of = { model: followerNamed(application, model).model, key };
          const asked = page as { limit: number; after: string | undefined };
          return parkedEvents(application, of, asked, withData ? dataOf : null);
        });
        if (found.found.length === 0) throw nothingParked(model, key);
        session.answer(found, eventsText);
      },
    );

const redriveCommand = (session: Session): Command =>
  ordering(new Command('redrive').description('Try parked events again, in order; later ones follow'))
    .argument('<model>', 'the read model or policy')
    .argument('[key]', 'the key')
    .option('--all', 'every key of the model')
    .addHelpText('after', redriveHelp)
    .action(
      async (model: string, key: string | undefined, options: Ordering & { readonly all?: boolean }) => {
        if ((key === undefined) !== (options.all ?? false)) throw new Usage('name one key, or say --all');
        await sayWhatCame(session, await carriedOut(session, model, key ?? null, 'redrive', options));
      },
    );

const dropCommand = (session: Session): Command =>
  ordering(new Command('drop').description('Let the parked events of a key go unread, for ever'))
    .argument('<model>', 'the read model or policy')
    .argument('<key>', 'the key')
    .option('--yes', 'do not ask')
    .addHelpText('after', dropHelp)
    .action(async (model: string, key: string, options: Ordering & { readonly yes?: boolean }) => {
      if (options.reason === undefined) throw new Usage('say --reason: it is kept');
      if (!options.yes && !(await isSure(session, model, key)))
        return session.terminal.say('nothing was dropped');
      await sayWhatCame(session, await carriedOut(session, model, key, 'drop', options));
    });

const isSure = async (session: Session, name: string, key: string): Promise<boolean> => {
  const { ask } = session.terminal;
  if (!ask) throw new Usage('nobody sits here to be asked: say --yes');
  const [model, events] = await session.reading(async (application) => {
    const of = followerNamed(application, name).model;
    return [of, await eventsOf(application.rows, of, key)] as const;
  });
  if (events === 0) throw nothingParked(name, key);
  return /^y(es)?$/i.test(
    await ask(`${model} will never know ${events} events of ${key}. Drop them? (yes/no) `),
  );
};

const carriedOut = (
  session: Session,
  name: string,
  key: string | null,
  what: Wanted['what'],
  { reason = '', wait }: Ordering,
): Promise<readonly OrderShown[]> =>
  session.operating(async (application) => {
    const of = followerNamed(application, name);
    const keys = key === null ? await allKeys(application, of.model) : [key];
    if (key !== null && (await eventsOf(application.rows, of.model, key)) === 0)
      throw nothingParked(name, key);
    const wanted = keys.map((rowKey) => ({ what, rowKey }));
    return ordered(session, application, of, wanted, { reason, waitMs: wait * 1_000 });
  });

const allKeys = async ({ rows }: Application, model: string): Promise<readonly string[]> => {
  const keys: string[] = [];
  for (let after: string | null | undefined = undefined; after !== null;) {
    const page: Page<ParkedKey> = await parkedKeys(rows, [model], { limit: PARKED_PAGE_MAX, after });
    keys.push(...page.found.map(({ key }) => key));
    after = page.next;
  }
  return keys;
};

const sayWhatCame = async (session: Session, orders: readonly OrderShown[]): Promise<void> => {
  session.answer(orders, ordersText);
  if (orders.some(({ doneAt, result }) => doneAt !== null && result !== 'DONE')) session.findings();
};

const nothingParked = (model: string, key: string) => new NotThere(`nothing of ${key} is parked in ${model}`);
const dataOf = ({ data }: RecordedEvent): object => data;

const PAGE = 50;
const WAIT_SECONDS = 60;
const WAIT_SECONDS_MAX = 86_400;

const paging = (command: Command): Command =>
  command
    .option('--limit <n>', 'so many at once', numberUpTo(PARKED_PAGE_MAX), PAGE)
    .option('--after <place>', 'where the page before ended');
const ordering = (command: Command): Command =>
  command
    .option('--reason <text>', 'why: it is kept')
    .option(
      '--wait <seconds>',
      'how long to wait for the outcome',
      numberUpTo(WAIT_SECONDS_MAX),
      WAIT_SECONDS,
    );
const numberUpTo =
  (max: number) =>
  (text: string): number => {
    const n = Number(text);
    if (Number.isInteger(n) && n >= 1 && n <= max) return n;
    throw new InvalidArgumentError(`a number from 1 to ${max}`);
  };

const withNext = (text: string, next: string | null): string =>
  next === null ? text : `${text}\n\nmore of them: --after ${next}`;
const keysText = ({ found, next }: Page<ParkedKey>): string =>
  found.length === 0
    ? 'nothing is parked'
    : withNext(
        table(
          ['model', 'key', 'events', 'first at', 'type', 'error', 'recorded'],
          found.map(({ model, key, events, first }) => [
            ...[model, key, events, first.position, first.type, first.error, first.recordedAt],
          ]),
        ),
        next,
      );
const eventsText = ({ found, next }: Page<ParkedEventInFull>): string =>
  withNext(found.map((event) => pretty(event)).join('\n\n'), next);
const ordersText = (orders: readonly OrderShown[]): string =>
  orders.length === 0
    ? 'nothing is parked'
    : orders.map(({ key, outcome }) => `${key}: ${outcome ?? 'not carried out yet'}`).join('\n');

const redriveHelp = `
Examples:
  rapport projections parked redrive ticket-queue t-17
  rapport projections parked redrive ticket-queue --all --wait 600`;
const dropHelp = `
Example:
  rapport projections parked drop ticket-queue t-17 --reason "a test ticket that never was"`;
