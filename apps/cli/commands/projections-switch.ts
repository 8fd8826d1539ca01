import { Command } from 'commander';
import type { Switched } from '@rapport/kernel';
import { switchedTold, type SwitchedTold } from '@rapport/platform';
import { EXIT } from '../exits';
import { rebuilding, type Rebuilding, type RebuildOptions } from '../rebuilding';
import type { Session } from '../session';
import { shown, table } from '../tables';

interface Options extends RebuildOptions {
  readonly evenIfDifferent?: boolean;
  readonly before?: boolean;
}
/** One thread reads on what little is missing. */
const FEW = 1;

export const switchCommand = (session: Session): Command =>
  named(new Command('switch'))
    .description(
      'Put copies that were built in the place of the live read models, each in one step; those are kept',
    )
    .option(
      '--even-if-different',
      'also where the comparison has found rows that differ: a mended fold differs on purpose',
    )
    .addHelpText('after', '\nExample:\n  rapport projections switch ticket-queue')
    .action((names: readonly string[], options: Options) =>
      changed(session, names, options, ({ rebuilds, models, how }) =>
        rebuilds.switch(models, { ...how, evenIfDifferent: options.evenIfDifferent === true }),
      ),
    );

export const rollbackCommand = (session: Session): Command =>
  named(new Command('rollback'))
    .description('Let what was live before the last switch change places with what is live now')
    .addHelpText('after', rollingBack)
    .action((names: readonly string[], options: Options) =>
      changed(session, names, options, ({ rebuilds, models, how }) => rebuilds.rollback(models, how)),
    );

export const discardCommand = (session: Session): Command =>
  named(new Command('discard'))
    .description('Remove copies that were built beside the live read models')
    .option('--before', 'remove what was live before the last switch instead: then there is no rollback')
    .addHelpText('after', '\nExample:\n  rapport projections discard --all')
    .action(async (names: readonly string[], options: Options) => {
      const gone = await rebuilding(session, names, { ...options, threads: FEW }, ({ rebuilds, models }) =>
        rebuilds.discard(models, options.before ? 'former' : 'copy'),
      );
      session.answer({ discarded: gone }, () => (gone.length === 0 ? 'there was nothing' : gone.join('\n')));
    });

const named = (command: Command): Command =>
  command
    .argument('[models...]', 'questions or models, such as ticket-queue or ticket-queue@1')
    .option('--all', 'every read model');

const changed = async (
  session: Session,
  names: readonly string[],
  options: Options,
  change: (at: Rebuilding) => Promise<readonly Switched[]>,
): Promise<void> => {
  const told = await rebuilding(session, names, { ...options, threads: FEW }, async (at) => ({
    switched: (await change(at)).map(switchedTold),
    stopped: at.stopped(),
  }));
  session.answer(told, ({ switched, stopped }) =>
    [
      ...switchedText(switched),
      ...(stopped ? ['stopped between two models: run it again for the rest'] : []),
    ].join('\n'),
  );
  if (told.stopped) session.code = EXIT.interrupted;
};

export const switchedText = (switched: readonly SwitchedTold[]): readonly string[] => [
  table(
    ['live now', 'position', 'events behind', 'the one before'],
    switched.map(({ model, position, behind, kept }) => [
      model,
      position,
      behind,
      kept ? 'is kept' : 'there was none',
    ]),
  ),
  ...switched
    .filter(({ behind }) => behind > 0)
    .map(
      ({ model, behind }) => `${model} goes on from where it stood: ${shown(behind)} events are to be read`,
    ),
];

const rollingBack = `
What was live before stands where it stood when it was switched out, and reads on from there: until it has caught up its
answers say how far they are. Roll back again, and both change places again.

Example:
  rapport projections rollback ticket-queue`;
