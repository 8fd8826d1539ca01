import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { inOrderOfTime, Notes, type Import, type Wanted } from './import';
import { readRecords, type Reject } from './records';

export interface Planned {
  readonly rejects: readonly Reject[];
  readonly notes: Notes;
  readonly wanted: readonly Wanted[];
  /** Time, kind and the fields that are looked at, of each command in the order of time. */
  told(...fields: readonly string[]): readonly (readonly unknown[])[];
  /** The commands of one kind. */
  all(kind: string): readonly Readonly<Record<string, unknown>>[];
}

/** What becomes of a small file that is laid out like the real one. For specs. */
export const planOf = async (of: Import, lines: readonly string[], gzip = false): Promise<Planned> => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-import-'));
  try {
    const file = join(folder, 'file');
    const text = `${lines.join('\n')}\n`;
    writeFileSync(file, gzip ? gzipSync(text) : text);
    const { lines: read, rejects } = await readRecords(of, file);
    const notes = new Notes();
    const wanted = inOrderOfTime(of.plan(read, notes));
    return {
      ...{ rejects, notes, wanted },
      told: (...fields) => wanted.map(({ at, command }) => [at, ...toldOf(command, fields)]),
      all: (kind) =>
        wanted
          .filter(({ command }) => command.constructor.name === kind)
          .map(({ command }) => ({ ...command })),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const toldOf = (command: object, fields: readonly string[]): readonly unknown[] => [
  command.constructor.name,
  ...fields.flatMap((field) => (field in command ? [command[field as keyof object]] : [])),
];
