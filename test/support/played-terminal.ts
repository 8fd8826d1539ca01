import type { Terminal } from '../../apps/cli/terminal';

/** A terminal that nobody sits at. */
export const playedTerminal = (stopped = false, environment: Terminal['environment'] = {}) => {
  const [printed, said]: [string[], string[]] = [[], []];
  const terminal: Terminal = {
    print: (text) => void printed.push(text),
    say: (text) => void said.push(text),
    ...{ redraw: null, environment, stopped: () => stopped, listen: () => undefined },
    ...{ ask: null, clear: null },
  };
  return { terminal, printed, said };
};
