import { Command } from 'commander';
import { standingsOf } from '@rapport/platform';
import type { Session } from '../session';
import { lanesTable, standingsTable } from '../standings-table';
import { EXIT_INTERRUPTED } from '../terminal';

interface Options {
  readonly watch?: boolean;
  readonly lanes?: boolean;
}
const WATCH_EVERY_MS = 2_000;
/** How often somebody who watches is asked whether he has seen enough. */
const STOP_LOOK_MS = 100;

export const statusCommand = (session: Session): Command =>
  new Command('status')
    .description('How read models and policies are doing: state, lag, rate, parked events, owner, last error')
    .option('--watch', 'look again every two seconds, until Ctrl-C')
    .option('--lanes', 'a line for every lane of a model that is kept in several')
    .addHelpText('after', help)
    .action(async (options: Options) => {
      if (options.watch) await watched(session, options);
      else await looked(session, options);
    });

const looked = async (session: Session, { watch, lanes }: Options): Promise<void> => {
  const counting = !watch; // who watches looks at what moves, and counting rows may take its time
  const all = await session.reading((application) =>
    standingsOf(application, { ...session.looking, counting }),
  );
  if (watch) session.terminal.clear?.();
  session.answer(all, lanes ? lanesTable : standingsTable);
};

const watched = async (session: Session, options: Options): Promise<void> => {
  const { terminal } = session;
  terminal.listen();
  while (!terminal.stopped()) {
    await looked(session, options);
    for (const until = Date.now() + WATCH_EVERY_MS; Date.now() < until && !terminal.stopped();)
      await new Promise((go) => setTimeout(go, STOP_LOOK_MS));
  }
  session.code = EXIT_INTERRUPTED;
};

const help = `
Examples:
  rapport projections status
  rapport projections status --watch --lanes
  rapport projections status --json`;
