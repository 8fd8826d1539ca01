import { join } from 'node:path';
import type { Terminal } from '../../apps/cli/terminal';

/** What threads that are started by a test begin with. */
export const THREAD_ARGV = ['-r', join(__dirname, 'typescript-hook.cjs')];

/** A terminal that nobody sits at. */
export const playedTerminal = (stopped = false, environment: Terminal['environment'] = {}) => {
  const [printed, said]: [string[], string[]] = [[], []];
  const terminal: Terminal = {
    print: (text) => void printed.push(text),
    say: (text) => void said.push(text),
    ...{ redraw: null, environment, stopped: () => stopped, listen: () => undefined },
    ...{ ask: null, clear: null, threadArgv: THREAD_ARGV },
  };
  return { terminal, printed, said };
};
