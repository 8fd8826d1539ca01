import type { Wanted } from './import';

/** Commands of one kind that were refused for one reason. */
export interface RefusedKind {
  readonly command: string;
  readonly code: string;
  readonly times: number;
  /** Seeds and messages of the first few. */
  readonly examples: readonly string[];
}
export interface Tallied {
  /** Commands that stored something. */
  readonly created: number;
  /** Commands that had been carried out before. */
  readonly repeated: number;
  /** Commands with nothing to do, by kind. */
  readonly unchanged: Readonly<Record<string, number>>;
  readonly refused: readonly RefusedKind[];
}
const EXAMPLES_MAX = 3;

/** Counts what became of the commands of an import. */
export class Tally {
  created = 0;
  private before = 0;
  private readonly idle = new Map<string, number>();
  private readonly refusals = new Map<string, { kind: RefusedKind; times: number; examples: string[] }>();

  stored(): void {
    this.created++;
  }
  repeated(): void {
    this.before++;
  }
  unchanged({ command }: Wanted): void {
    const { name } = command.constructor;
    this.idle.set(name, (this.idle.get(name) ?? 0) + 1);
  }
  refused({ command, seed }: Wanted, code: string, { message }: Error): void {
    const { name } = command.constructor;
    const kind: RefusedKind = { command: name, code, times: 0, examples: [] };
    const found = this.refusals.get(`${name} ${code}`) ?? { kind, times: 0, examples: [] };
    found.times++;
    if (found.examples.length < EXAMPLES_MAX) found.examples.push(`${seed}: ${message}`);
    this.refusals.set(`${name} ${code}`, found);
  }
  told(): Tallied {
    const refused = [...this.refusals.values()].map(({ kind, times, examples }) => ({
      ...kind,
      times,
      examples,
    }));
    const unchanged = Object.fromEntries(this.idle);
    return { created: this.created, repeated: this.before, unchanged, refused };
  }
}
