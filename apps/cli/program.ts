import { Command } from 'commander';
import { auditCommand } from './commands/audit';
import { benchCommand } from './commands/bench';
import { catalogueCommand } from './commands/catalogue';
import { exportCommand } from './commands/export';
import { explainCommand } from './commands/explain';
import { whatIfCommand } from './commands/whatif';
import { importCommand } from './commands/import';
import { keysCommand } from './commands/keys';
import { logCommand } from './commands/log';
import { projectionsCommand } from './commands/projections';
import { reportCommand } from './commands/report';
import { serveCommand } from './commands/serve';
import { statusCommand } from './commands/status';
import { EXITS_TEXT, failed } from './exits';
import { Session } from './session';
import type { Terminal } from './terminal';

/** Runs one command line; answers the exit code. */
export const run = async (argv: readonly string[], terminal: Terminal): Promise<number> => {
  const session = new Session(terminal);
  try {
    await programFor(session).parseAsync([...argv], { from: 'user' });
    return session.code;
  } catch (error) {
    return failed(error, terminal);
  }
};

const programFor = (session: Session): Command => {
  const program = new Command('rapport')
    .description(
      'An event-sourced CRM core: commands in, events in the log, read models that explain themselves',
    )
    .addHelpText('after', EXITS_TEXT)
    .showHelpAfterError('(add --help for what is possible)');
  const commands = [
    serveCommand,
    importCommand,
    exportCommand,
    explainCommand,
    whatIfCommand,
    reportCommand,
    statusCommand,
    catalogueCommand,
  ];
  for (const make of [...commands, projectionsCommand, auditCommand, logCommand, keysCommand, benchCommand])
    program.addCommand(make(session));
  prepare(program, session);
  return program;
};

/** What holds for every command: where the data is, how it answers, and that it does not end the process by itself. */
const prepare = (command: Command, session: Session): void => {
  const { terminal } = session;
  command.exitOverride().configureOutput({
    writeOut: (text) => terminal.print(text.trimEnd()),
    writeErr: (text) => terminal.say(text.trimEnd()),
  });
  for (const below of command.commands) prepare(below, session);
  if (command.commands.length > 0) return;
  command
    .option('--data <folder>', 'data folder (default: RAPPORT_DATA, or ./data)')
    .option('--log <address>', 'esdb://… of the log (default: RAPPORT_EVENTSTOREDB, or the data folder)')
    .option('--json', 'answer in JSON')
    .hook('preAction', (_, action) => session.begin(action.opts()));
};
