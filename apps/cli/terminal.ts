import { createInterface } from 'node:readline/promises';

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
  /** Asks whoever sits there; null where nobody does. */
  readonly ask: ((question: string) => Promise<string>) | null;
  /** Takes away what stands on the screen; null where nobody looks. */
  readonly clear: (() => void) | null;
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
    ask: process.stdin.isTTY && process.stderr.isTTY ? askPerson : null,
    clear: process.stdout.isTTY ? () => void process.stdout.write('\u001b[2J\u001b[H') : null,
  };
};

const askPerson = async (question: string): Promise<string> => {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
};

/** 128 + SIGINT, as a shell says it. */
export const EXIT_INTERRUPTED = 130;
