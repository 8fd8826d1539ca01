import { parseArgs } from 'node:util';
import type { Figure } from './figures';
import { PARTS, STORES, type Part, type Wanted } from './projections/wanted';

/** What one run of the bench is asked for. */
export interface Asked {
  readonly names: readonly Name[];
  readonly json: boolean;
  readonly help: boolean;
  /** Length of the log of `rebuild`. */
  readonly events: number | undefined;
  readonly projections: Wanted;
}
/** What may be named, and how it is measured: all figures at the end, or each as soon as it is known. */
export const NAMES = [
  ...([
    'commands',
    'latency',
    'http',
    'rebuild',
    'projections',
    'sla',
    'eventstoredb',
    'copy',
    'kafka',
  ] as const),
];
export type Name = (typeof NAMES)[number];
export type Measured = Promise<readonly Figure[]> | AsyncIterable<Figure>;

export const HELP = `rapport bench [commands] [latency] [http] [rebuild] [projections] [sla] [eventstoredb] [copy] [kafka]
                [--log eventstoredb] [--events N] [--keep FOLDER] [--only PARTS] [--on STORES] [--threads N]
                [--cpu-profile FILE] [--json]
Without a name what needs no server is measured: commands, latency, http, rebuild. A name may also be given as --name.
projections          all read models on a long log of an imagined business, on SQLite and PostgreSQL
sla                  deadlines computed and explained, and the clock loop beside up to a million clocks that are not due
--events N           length of the log: of projections (default 1000000), of rebuild (default 100000)
--keep FOLDER        projections takes the log that lies there, or leaves its own there for the next time
--only PARTS         parts of projections, with commas between (default: all of them)
                       rebuild     with and without history, in as many threads as an operator gets, beside the raw floors
                       one-thread  the same in one thread
                       reports     every question, as things are and as of the past
                       live        how soon rows follow 2,000 commands a second
                       share       commands a second with everything live, beside the write side alone
--on STORES          sqlite, postgres (default: both). DATABASE_URL names a PostgreSQL; without it one of ours is started
                     on this machine, with fsync off. Without either it is left out.
--threads N          threads of the rebuilds (default: as many as an operator gets)
--cpu-profile FILE   projections only profiles one rebuild in one thread, on the first of the stores: FILE opens in the
                     browser's tools, a summary is shown
--log eventstoredb   the log on EventStoreDB beside the bare client: eventstoredb and copy. EVENTSTOREDB_URL names a
                     server; without it a server of ours that speaks its protocol is started, in memory.
kafka                messages published, beside the bare client. KAFKA_BROKERS names a broker; without it one is started
                     where Java and Maven are there.`;
const EMBEDDED: readonly Name[] = ['commands', 'latency', 'http', 'rebuild'];
const THREADS_MAX = 16;

/** Throws what `parseArgs` throws, and an error about a value that cannot be meant. */
export const askedIn = (argv: readonly string[]): Asked => {
  const { values, positionals } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  const given = positionals.map((name) => oneOf(NAMES, name));
  const flags = NAMES.filter((name) => (values as Readonly<Record<string, unknown>>)[name] === true);
  const onServer = values.log === undefined ? [] : [oneOf(['eventstoredb'] as const, values.log), 'copy'];
  const names = NAMES.filter((name) => [...given, ...flags, ...onServer].includes(name));
  const { keep, json = false, help = false } = values;
  const [events, threads] = [numberIn('events', values.events), numberIn('threads', values.threads)];
  if (threads !== undefined && threads > THREADS_MAX) throw new Error(`--threads is ${THREADS_MAX} at most`);
  const only: readonly Part[] = listIn(PARTS, values.only);
  const cpuProfile = values['cpu-profile'];
  return {
    ...{ names: names.length > 0 ? names : EMBEDDED, json, help, events },
    projections: { events, keep, threads, cpuProfile, only, on: listIn(STORES, values.on) },
  };
};

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const OPTIONS = {
  ...{ events: text, keep: text, only: text, on: text, threads: text, 'cpu-profile': text, log: text },
  ...{ json: flag, help: flag },
  ...(Object.fromEntries(NAMES.map((name) => [name, flag])) as Record<Name, typeof flag>),
};

const numberIn = (option: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${option} needs a number, not ${text}`);
  return number;
};
const listIn = <T extends string>(known: readonly T[], text: string | undefined): readonly T[] => {
  const wanted = text?.split(',').map((one) => oneOf(known, one));
  return known.filter((one) => wanted?.includes(one) ?? true);
};
const oneOf = <T extends string>(known: readonly T[], text: string): T => {
  const found = known.find((one) => one === text);
  if (found === undefined) throw new Error(`there is no ${text}: there is ${known.join(', ')}`);
  return found;
};
