import { Command } from 'commander';
import type { BuildHow, SwitchHow } from '@rapport/kernel';
import {
  builtTold,
  comparedTold,
  switchedTold,
  type BuiltTold,
  type ComparedTold,
  type SwitchedTold,
} from '@rapport/platform';
import { comparedText } from '../comparison-text';
import { EXIT } from '../exits';
import {
  eventsPerSecondIn,
  rebuilding,
  threadsIn,
  type Rebuilding,
  type RebuildOptions,
} from '../rebuilding';
import type { Session } from '../session';
import { shown, table } from '../tables';
import { switchedText } from './projections-switch';

interface Options extends RebuildOptions {
  readonly fresh?: boolean;
  readonly compare?: boolean;
  readonly switch?: boolean;
  readonly evenIfDifferent?: boolean;
}
interface Told {
  readonly models: readonly BuiltTold[];
  readonly seconds: number;
  readonly stopped: boolean;
  /** Null: nobody asked for a comparison. */
  readonly compared: readonly ComparedTold[] | null;
  readonly identical: boolean | null;
  /** Null: nobody asked for it, or rows differ and nobody said that they may. */
  readonly switched: readonly SwitchedTold[] | null;
}

export const rebuildCommand = (session: Session): Command =>
  named(new Command('rebuild'))
    .description(
      'Build read models anew beside the live ones, also beside a running server; run again it goes on',
    )
    .option('--fresh', 'from the first event, also where a copy stands that could be gone on with')
    .option('--compare', 'then compare row by row; exit code 1 when something differs')
    .option('--switch', 'then put the new ones in the place of the live ones; they are kept for rollback')
    .option('--even-if-different', 'switch also where the comparison has found rows that differ')
    .addHelpText('after', help)
    .action((names: readonly string[], options: Options) => run(session, names, options));

/** `rebuild --compare`: copies that are missing or behind are read first. */
export const compareCommand = (session: Session): Command =>
  named(new Command('compare'))
    .description(
      'Compare read models row by row with copies that were built anew; exit code 1 when something differs',
    )
    .addHelpText('after', comparing)
    .action((names: readonly string[], options: Options) =>
      run(session, names, { ...options, compare: true }),
    );

const named = (command: Command): Command =>
  command
    .argument('[models...]', 'questions or models, such as ticket-queue or ticket-queue@1')
    .option('--all', 'every read model')
    .option('--threads <n>', 'threads that share the models (default: by the processors)', threadsIn)
    .option('--events-per-second <n>', 'no thread reads more of the log in a second', eventsPerSecondIn);

const run = async (session: Session, names: readonly string[], options: Options): Promise<void> => {
  const told = await rebuilding(session, names, options, (at) => rebuilt(at, options));
  session.answer(told, (it) => text(it, options));
  if (told.identical === false) session.findings();
  if (told.stopped) session.code = EXIT.interrupted;
};

const rebuilt = async ({ rebuilds, models, how, stopped }: Rebuilding, options: Options): Promise<Told> => {
  const startedAt = performance.now();
  const build: BuildHow = { ...how, fresh: options.fresh === true };
  const built = await rebuilds.build(models, build);
  const compared = options.compare && !stopped() ? await rebuilds.compare(models, how) : null;
  const identical = compared && compared.every((one) => one.identical);
  const change: SwitchHow = { ...how, evenIfDifferent: options.evenIfDifferent === true };
  const mayBe = identical !== false || change.evenIfDifferent;
  const switched = options.switch && mayBe && !stopped() ? await rebuilds.switch(models, change) : null;
  return {
    ...{ models: built.map(builtTold), compared: compared && compared.map(comparedTold) },
    switched: switched && switched.map(switchedTold),
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
    stopped: stopped(),
    identical,
  };
};

const text = ({ models, seconds, stopped, compared, switched, identical }: Told, options: Options): string =>
  [
    table(
      ['model', 'copy', 'position', 'events read', 'went on from', 'parked'],
      models.map((one) => [one.model, one.state, one.position, one.events, one.wentOnFrom, one.parked]),
    ),
    `${shown(seconds)} s`,
    ...(compared === null ? [] : comparedText(compared)),
    ...(switched === null ? [] : switchedText(switched)),
    ...(options.switch && switched === null && identical === false ? [NOT_SWITCHED] : []),
    ...(stopped ? ['stopped at a safe point: run it again to go on'] : []),
    ...(stopped || compared !== null || switched !== null ? [] : [NEXT]),
  ].join('\n');

const NOT_SWITCHED =
  'nothing was switched: look at what differs; where a fold was mended on purpose, say --even-if-different';
const NEXT = 'the copies stand beside the live models: compare them, switch them in, or discard them';

const help = `
The copy stands in tables of its own until it is switched in or discarded; the live models go on meanwhile. Policies,
timers and everything that goes out of the house never see it.

Examples:
  rapport projections rebuild churn-risk
  rapport projections rebuild --all --threads 2 --events-per-second 5000
  rapport projections rebuild ticket-queue --compare --switch`;
const comparing = `
Each model stands still while it is compared with its copy, one after the other, and goes on afterwards.

Examples:
  rapport projections compare ticket-queue
  rapport projections compare --all --json`;
