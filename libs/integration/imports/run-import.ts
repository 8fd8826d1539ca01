import { inOrderOfTime, Notes, type Import } from './import';
import { readRecords, type Reject } from './records';
import { replay, type Replayed, type Replaying, type Target } from './replay';

/** What an import has to tell when it is over. */
export interface ImportReport {
  readonly dataset: string;
  readonly file: string;
  /** Lines that could be read, without the header. */
  readonly rows: number;
  readonly rejects: readonly Reject[];
  /** Lines that became no command, by reason. */
  readonly skipped: Readonly<Record<string, number>>;
  /** What was found in the data, and what was done about it. */
  readonly found: Readonly<Record<string, number>>;
  /** First and last business time. */
  readonly span: readonly [from: string, to: string] | null;
  readonly replayed: Replayed;
}

/** Reads a file of a data set and replays it. Throws `WrongFile`; broken lines and refusals are reported. */
export const runImport = async (
  of: Import,
  file: string,
  target: Target,
  how: Omit<Replaying, 'dataset'>,
): Promise<ImportReport> => {
  const notes = new Notes();
  const { lines, rejects } = await readRecords(of, file);
  const wanted = inOrderOfTime(of.plan(lines, notes));
  const [first, last] = [wanted[0], wanted.at(-1)];
  const replayed = await replay(target, wanted, { ...how, dataset: of.dataset });
  return {
    ...{ dataset: of.dataset, file, rows: lines.length, rejects, replayed },
    skipped: Object.fromEntries(notes.skipped),
    found: Object.fromEntries(notes.found),
    span: first && last ? [first.at, last.at] : null,
  };
};
