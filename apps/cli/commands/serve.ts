import { Command } from 'commander';
import { openThreaded, processSurroundings, runHost, stopOnSignals, variablesTable } from '@rapport/platform';
import { EXIT } from '../exits';
import type { Session } from '../session';
import { table } from '../tables';

export const serveCommand = (session: Session): Command =>
  new Command('serve')
    .description('Run the whole product in one process: API, read models, policies and timers')
    .addHelpText('after', help)
    .action(async () => {
      const around = { ...processSurroundings(), environment: session.environment };
      const service = await runHost('standalone', openThreaded, {
        ...around,
        exit: (code) => void (session.code = code),
      });
      if (service) stopOnSignals(service);
      else if (session.code === EXIT.ok) session.code = EXIT.fault;
    });

const help = (): string => `
It is set by environment variables:
${table(['variable', 'default', 'meaning'], variablesTable())}

Example:
  RAPPORT_PORT=8080 rapport serve --data /var/lib/rapport`;
