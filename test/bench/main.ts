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
import { rebuildFigures } from './rebuild.bench';

const HELP = `rapport bench [commands] [latency] [http] [rebuild] [eventstoredb] [copy] [kafka] [--log eventstoredb] [--events N] [--json]
Without a name what needs no server is measured: commands, latency, http, rebuild.
--log eventstoredb   the log on EventStoreDB beside the bare client: eventstoredb and copy. EVENTSTOREDB_URL names a
                     server; without it a server of ours that speaks its protocol is started, in memory.
kafka                messages published, beside the bare client. KAFKA_BROKERS names a broker; without it one is started
                     where Java and Maven are there.
--events N           length of the log that is rebuilt (default 100000)`;
const EVENTS = 100_000;

const main = async (argv: readonly string[]): Promise<void> => {
  if (argv.includes('--help')) return void process.stdout.write(`${HELP}\n`);
  const events = argv.includes('--events') ? Number(argv[argv.indexOf('--events') + 1]) : EVENTS;
  const parts: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
    ...{ commands: commandFigures, latency: latencyFigures, http: httpFigures },
    rebuild: () => rebuildFigures(events),
    ...{ eventstoredb: eventStoreDbFigures, copy: copyFigures, kafka: kafkaFigures },
  };
  const named = [...argv.filter((name) => name in parts), ...(isOnServer(argv) ? ['copy'] : [])];
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

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    removeFolders();
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  },
);
