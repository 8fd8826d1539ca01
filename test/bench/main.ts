import 'reflect-metadata';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import { availableDrivers } from '@rapport/adapters/sqlite';
import { removeFolders } from './bench-application';
import { commandFigures, latencyFigures } from './commands.bench';
import { copyFigures } from './copy.bench';
import { eventStoreDbFigures } from './eventstoredb.bench';
import { kafkaFigures } from './kafka.bench';
import { lineOf, type Figure } from './figures';
import { httpFigures } from './http.bench';
import { projectionFigures } from './projections/projections.bench';
import { rebuildFigures } from './rebuild.bench';

const HELP = `rapport bench [commands] [latency] [http] [rebuild] [projections] [eventstoredb] [copy] [kafka]
                [--log eventstoredb] [--events N] [--keep FOLDER] [--cpu-profile FILE] [--json]
Without a name what needs no server is measured: commands, latency, http, rebuild. A name may also be given as --name.
projections          all read models on a log of a million events of an imagined business: rebuilds with and without
                     history beside the raw floors, reports, and how soon rows follow 2,000 commands a second
--events N           length of the log: of projections (default 1000000), of rebuild (default 100000)
--keep FOLDER        projections finds its log there, or leaves it there for the next time
--cpu-profile FILE   projections only profiles one rebuild: FILE opens in the browser's tools, a summary is shown
--log eventstoredb   the log on EventStoreDB beside the bare client: eventstoredb and copy. EVENTSTOREDB_URL names a
                     server; without it a server of ours that speaks its protocol is started, in memory.
kafka                messages published, beside the bare client. KAFKA_BROKERS names a broker; without it one is started
                     where Java and Maven are there.`;
const EVENTS = 100_000;
const EVENTS_OF_PROJECTIONS = 1_000_000;

const main = async (argv: readonly string[]): Promise<void> => {
  if (argv.includes('--help')) return void process.stdout.write(`${HELP}\n`);
  const [events, keep, cpuProfile] = ['--events', '--keep', '--cpu-profile'].map((name) =>
    valueOf(argv, name),
  );
  const ofProjections = {
    events: events === undefined ? EVENTS_OF_PROJECTIONS : numberIn(events),
    ...(keep !== undefined && { keep }),
    ...(cpuProfile !== undefined && { cpuProfile }),
  };
  const parts: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
    ...{ commands: commandFigures, latency: latencyFigures, http: httpFigures },
    rebuild: () => rebuildFigures(events === undefined ? EVENTS : numberIn(events)),
    projections: () => projectionFigures(ofProjections),
    ...{ eventstoredb: eventStoreDbFigures, copy: copyFigures, kafka: kafkaFigures },
  };
  const names = argv.map((word) => word.replace(/^--/, ''));
  const named = [...names.filter((name) => name in parts), ...(isOnServer(argv) ? ['copy'] : [])];
  const figures: Figure[] = [];
  process.stderr.write(`${machine()}\n`);
  for (const name of named.length > 0 ? named : EMBEDDED) {
    process.stderr.write(`measuring ${name} …\n`);
    for (const figure of (await parts[name]?.()) ?? []) {
      figures.push(figure);
      process.stderr.write(`${lineOf(figure)}\n`);
    }
  }
  removeFolders();
  const report = argv.includes('--json')
    ? JSON.stringify({ machine: machine(), figures }, null, 2)
    : table(figures);
  process.stdout.write(`${report}\n`);
};

const EMBEDDED = ['commands', 'latency', 'http', 'rebuild'];
/** The word behind an option. */
const valueOf = (argv: readonly string[], option: string): string | undefined => {
  const place = argv.indexOf(option);
  if (place === -1) return undefined;
  const value = argv[place + 1];
  if (value === undefined || value.startsWith('--')) throw new Error(`${option} needs a value`);
  return value;
};
const numberIn = (text: string): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`${text} is no number of events`);
  return number;
};
const isOnServer = (argv: readonly string[]): boolean => argv.join(' ').includes('--log eventstoredb');

const machine = (): string =>
  [
    `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'processor'}, ${Math.round(totalmem() / 2 ** 30)} GB`,
    `${platform()} ${release()} ${arch()}, Node ${process.version}, SQLite by ${availableDrivers()[0] ?? 'none'}`,
    `synchronous=FULL, ${new Date().toISOString().slice(0, 10)}`,
  ].join('; ');

const table = (figures: readonly Figure[]): string =>
  [`${machine()}\n`, '| what | measured | beside |', '| --- | --- | --- |', ...figures.map(lineOf)].join(
    '\n',
  );

/** Whoever stops it finds nothing of it left behind: these folders are large. */
process.once('SIGINT', () => {
  removeFolders();
  process.exit(130);
});

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    removeFolders();
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  },
);
