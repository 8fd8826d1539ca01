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
import { slaFigures } from './sla.bench';
import { askedIn, HELP, type Asked, type Measured, type Name } from './wanted';

const EVENTS = 100_000;

const main = async (argv: readonly string[]): Promise<void> => {
  const asked = askedIn(argv);
  if (asked.help) return void process.stdout.write(`${HELP}\n`);
  const figures: Figure[] = [];
  process.stderr.write(`${machine()}\n`);
  for (const name of asked.names) {
    process.stderr.write(`measuring ${name} …\n`);
    for await (const figure of eachOf(measured(asked)[name]())) {
      figures.push(figure);
      process.stderr.write(`${lineOf(figure)}\n`);
    }
  }
  removeFolders();
  const report = asked.json ? JSON.stringify({ machine: machine(), figures }, null, 2) : table(figures);
  process.stdout.write(`${report}\n`);
};

const measured = ({ events = EVENTS, projections }: Asked): Readonly<Record<Name, () => Measured>> => ({
  ...{ commands: commandFigures, latency: latencyFigures, http: httpFigures },
  rebuild: () => rebuildFigures(events),
  projections: () => projectionFigures(projections),
  sla: slaFigures,
  ...{ eventstoredb: eventStoreDbFigures, copy: copyFigures, kafka: kafkaFigures },
});
async function* eachOf(figures: Measured): AsyncGenerator<Figure> {
  if (Symbol.asyncIterator in figures) yield* figures;
  else yield* await figures;
}

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
