/** Where a command says what it has to say: a process, or a test that plays one. */
export interface Terminal {
  /** Results: tables, or JSON. */
  print(text: string): void;
  /** All that is said beside the result: progress, warnings, errors. */
  say(text: string): void;
  /** Overwrites the line that is being said; null where nobody looks. */
  readonly redraw: ((text: string) => void) | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Somebody asked to stop (Ctrl-C): asked between two safe points. */
  stopped(): boolean;
  /** What threads of this process begin with (default: as it did). */
  readonly threadArgv?: readonly string[];
  /** Calls when somebody asks to stop. */
  listen(): void;
}

export const processTerminal = (): Terminal => {
  let asked = false;
  const onSignal = (): void => {
    if (asked) process.exit(EXIT_INTERRUPTED);
    asked = true;
    process.stderr.write('\nstopping at the next safe point (again: at once)\n');
  };
  return {
    print: (text) => void process.stdout.write(`${text}\n`),
    say: (text) => void process.stderr.write(`${text}\n`),
    redraw: process.stderr.isTTY ? (text) => void process.stderr.write(`\r\u001b[K${text}`) : null,
    environment: process.env,
    stopped: () => asked,
    listen: () => void process.on('SIGINT', onSignal).on('SIGTERM', onSignal),
  };
};

/** 128 + SIGINT, as a shell says it. */
export const EXIT_INTERRUPTED = 130;
