import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { compareLogs, copyLog, START, type Copied, type CopyWatch, type EventLog } from '@rapport/kernel';
import { filesIn, isServer, openLog, overlap, placeText, type LogPlace } from '@rapport/platform';
import { EXIT, Usage } from '../exits';
import { holderOf } from '../holder';
import { Progress } from '../progress';
import type { Session } from '../session';
import { shown } from '../tables';
import type { Terminal } from '../terminal';

export const logCommand = (session: Session): Command =>
  new Command('log')
    .description('Where history is kept: move it between a data folder and an EventStoreDB server')
    .addCommand(copyCommand(session));

interface Options {
  readonly from: string;
  readonly to: string;
  readonly namespaceFrom?: string;
  readonly namespaceTo?: string;
  readonly verify?: boolean;
}
interface Told extends Copied {
  readonly from: string;
  readonly to: string;
  /** Everything is in both, alike. */
  readonly identical: boolean;
  readonly stopped: boolean;
  readonly seconds: number;
  /** Copied, or compared where nothing was to be copied. */
  readonly eventsPerSecond: number;
  /** What is still to be done, and what to keep in mind. */
  readonly notes: readonly string[];
}

const copyCommand = (session: Session): Command =>
  new Command('copy')
    .description('Copy all events of one log to another, as they are and in their order, and compare both')
    .requiredOption('--from <place>', 'a data folder, or esdb://…')
    .requiredOption('--to <place>', 'a data folder, or esdb://…')
    .option('--namespace-from <text>', 'what our streams begin with on the server that is read')
    .option('--namespace-to <text>', 'what our streams begin with on the server that is written')
    .option('--verify', 'only compare: nothing is written')
    .addHelpText('after', help)
    .action(async (options: Options) => {
      const [from, to] = placesIn(options);
      const told = await copied(session, from, to, options.verify === true);
      session.answer(told, text);
      if (told.stopped) session.code = EXIT.interrupted;
      else if (!told.identical) session.findings();
    });

const placesIn = ({ from, to, namespaceFrom, namespaceTo }: Options): readonly [LogPlace, LogPlace] => {
  const places = [placeIn(from, namespaceFrom), placeIn(to, namespaceTo)] as const;
  if (overlap(...places))
    throw new Usage('--from and --to overlap: name two folders, two servers, or two namespaces apart');
  return places;
};
const placeIn = (at: string, namespace?: string): LogPlace => {
  const place = { at, ...(namespace !== undefined && { namespace }) };
  if (namespace === undefined || isServer(place)) return place;
  throw new Usage(`${at} is a data folder: namespaces are of servers (esdb://…)`);
};

const copied = async (session: Session, from: LogPlace, to: LogPlace, isVerify: boolean): Promise<Told> => {
  const { terminal } = session;
  const source = await openLog(from, 'read');
  const target = await openLog(to, isVerify ? 'read' : 'write').catch(async (error: unknown) => {
    await source.close();
    throw error;
  });
  terminal.listen();
  warn(from, terminal);
  const startedAt = performance.now();
  try {
    const head = await source.head();
    const done = await (isVerify ? compareLogs : copyLog)(source, target, await watchOn(source, terminal));
    const seconds = (performance.now() - startedAt) / 1_000;
    const hasGrown = (await source.head()) > head;
    return {
      ...{ from: placeText(from), to: placeText(to), ...done },
      identical: done.complete,
      stopped: terminal.stopped() && !done.complete && done.difference === null,
      seconds: Math.round(seconds * 10) / 10,
      eventsPerSecond: Math.round((done.copied || done.events) / seconds),
      notes: [...(hasGrown ? [GROWN] : []), ...(isVerify ? [] : stillToDo(from, to))],
    };
  } finally {
    terminal.redraw?.('');
    await target.close();
    await source.close();
  }
};

/** Reading beside its owner is allowed; only what is appended from now on is left out. */
const warn = (from: LogPlace, terminal: Terminal): void => {
  const holder = isServer(from) ? null : holderOf({ folder: from.at });
  if (holder)
    terminal.say(`${from.at} is held by process ${holder.pid} (${holder.command}): this log still grows`);
};

/** A bar for each duty: they go at their own pace, and only what is missing is copied. */
const watchOn = async (source: EventLog, terminal: Terminal): Promise<CopyWatch> => {
  const all = await source.countAfter(START);
  let [duty, already, bar] = ['comparing', 0, new Progress(terminal, 'events')];
  return {
    onProgress: (doing, events) => {
      if (doing !== duty) [duty, bar] = [doing, new Progress(terminal, 'events')];
      if (doing === 'comparing') already = events;
      bar.show(events, doing === 'copying' ? all - already : all, doing);
    },
    stopped: () => terminal.stopped(),
  };
};

const GROWN = 'the source has grown meanwhile: stop what writes to it, and run this once more';

/** Who was killed has left his last keys there. */
const WAL_TOO = ' (and keys.sqlite-wal, if it is there)';

/** A log is not all of a data folder: the keys stay a file of their own, the rows follow from the log. */
const stillToDo = (from: LogPlace, to: LogPlace): readonly string[] => {
  const keys = isServer(from) ? undefined : filesIn({ folder: from.at }).keys;
  const rows = isServer(to) ? undefined : filesIn({ folder: to.at }).rows;
  return [
    keys !== undefined && existsSync(keys)
      ? `copy ${keys}${WAL_TOO} to where the target is used: without its keys personal fields stay sealed`
      : `the keys (keys.sqlite of the data folder in use until now${WAL_TOO}) go along as a file`,
    rows !== undefined && existsSync(rows)
      ? `if ${rows} was built from another log, remove it: positions are each log's own`
      : 'read models are built anew from the target, and seals begin anew: positions are its own',
  ];
};

const text = (told: Told): string =>
  [
    `${told.from} → ${told.to}`,
    told.copied === 0 && told.complete
      ? `  nothing to copy: all ${shown(told.already)} events are there`
      : `  ${shown(told.copied)} events copied, ${shown(told.already)} were there already`,
    `  ${shown(told.events)} events in ${shown(told.streams)} streams read through in both: ${verdictOn(told)}`,
    ...(told.difference === null ? [] : [`  ${told.difference}`]),
    `  hash of both, without positions: ${told.hash}`,
    `  ${shown(told.seconds)} s, ${shown(told.eventsPerSecond)} events/s`,
    ...(told.stopped ? ['  stopped before its end: run it again to go on'] : []),
    ...told.notes.map((note) => `  · ${note}`),
  ].join('\n');

const verdictOn = ({ identical, difference }: Told): string => {
  if (identical) return 'identical';
  return difference === null ? 'alike, and the source has more' : 'THEY DIFFER';
};

const help = `
Ids, texts, revisions and the times of recording stay as they are; positions are the target's own. The target must be
empty, or hold the beginning of the source: anything else is refused, and named. Run again it goes on where it stopped.
At the end both logs are read through and compared event by event; exit code 1 when they differ.

What a log does not hold: stop what uses the keys, then copy keys.sqlite as a file, and keys.sqlite-wal if it is there, or
personal fields stay sealed for ever. Read models are built anew from the target (remove rows.sqlite of another log), and
its seals begin anew: keep the last one of the old log, as \`rapport audit verify\` prints it.

Examples:
  rapport log copy --from ./data --to esdb://admin:changeit@localhost:2113
  rapport log copy --from "esdb://localhost:2113?tls=false" --namespace-from crm. --to ./archive --json
  rapport log copy --from ./data --to ./archive --verify`;
