import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { BrokenLine, type Import, type Line } from './import';

/** A line that could not be read, and why. */
export interface Reject {
  readonly line: number;
  readonly reason: string;
  readonly text: string;
}
export interface Read<R> {
  readonly lines: readonly Line<R>[];
  readonly rejects: readonly Reject[];
}
/** This file is not the data set it is said to be: nothing was imported. */
export class WrongFile extends Error {}

/** A line longer than this is no line: the file is something else. */
const LINE_CHARS_MAX = 100_000;

/** Reads a CSV file (gzip or plain) as a stream. A wrong header stops everything, a broken line only itself. */
export const readRecords = async <R>(of: Import<R>, file: string): Promise<Read<R>> => {
  const reading = new Reading(of, file);
  const take = (chunks: AsyncIterable<Buffer>): Promise<void> =>
    eachLine(chunks, (line) => reading.take(line));
  const source = createReadStream(file);
  const done = isGzip(file) ? pipeline(source, createGunzip(), take) : pipeline(source, take);
  await done.catch(asWrongFile(file));
  return reading.result();
};

/** A gzip that is cut off, or text that never ends, is about the file, not about us. */
const asWrongFile = (file: string) => (error: unknown) => {
  if (error instanceof WrongFile) throw error;
  throw new WrongFile(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
};

/** By its first two bytes: the name of a file says little. */
const isGzip = (file: string): boolean => {
  const handle = openSync(file, 'r');
  const start = Buffer.alloc(2);
  readSync(handle, start, 0, 2, 0);
  closeSync(handle);
  return start.readUInt16BE(0) === 0x1f8b;
};

/** A record is a line, so that a quote that was never closed breaks its own line and no other. */
const eachLine = async (chunks: AsyncIterable<Buffer>, take: (line: string) => void): Promise<void> => {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const takeAll = (lines: readonly string[]): void => {
    for (const line of lines) take(line.endsWith('\r') ? line.slice(0, -1) : line);
  };
  for await (const chunk of chunks) {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    takeAll(lines);
    if (rest.length > LINE_CHARS_MAX)
      throw new WrongFile(`a line has more than ${LINE_CHARS_MAX} characters`);
  }
  takeAll([rest + decoder.end()]);
};

/** Most lines hold no quotes: those are what stands between their commas. */
const fieldsIn = (line: string): readonly string[] => {
  if (!line.includes('"')) return line.split(',');
  try {
    return (parse(line, { relax_column_count: true }) as readonly (readonly string[])[])[0] ?? [];
  } catch (error) {
    throw new BrokenLine(error instanceof Error ? error.message.replace(/ at line 1.*/, '') : String(error));
  }
};

class Reading<R> {
  private readonly lines: Line<R>[] = [];
  private readonly rejects: Reject[] = [];
  private line = 0;
  private header = true;

  constructor(
    private readonly of: Import<R>,
    private readonly file: string,
  ) {}

  take(text: string): void {
    this.line++;
    if (text === '') return;
    if (this.header) this.assertHeader(text.replace(/^\ufeff/, ''));
    else this.keep(text);
    this.header = false;
  }
  result(): Read<R> {
    const { of, file, lines, rejects } = this;
    if (this.header) throw new WrongFile(`${file} is empty: expected the columns ${of.columns.join(', ')}`);
    return { lines, rejects };
  }

  private assertHeader(text: string): void {
    const { of, file } = this;
    const header = this.headerIn(text);
    const wrong = of.columns.findIndex((name, n) => header[n]?.trim() !== name);
    if (wrong < 0) return;
    const found = header[wrong] === undefined ? 'there is none' : `there is "${header[wrong]}"`;
    throw new WrongFile(
      `${file} is not ${of.dataset}: column ${wrong + 1} should be "${of.columns[wrong] ?? ''}", ${found}`,
    );
  }
  private headerIn(text: string): readonly string[] {
    try {
      return fieldsIn(text);
    } catch (error) {
      throw new WrongFile(`${this.file}: the header cannot be read: ${String(error)}`);
    }
  }

  private keep(text: string): void {
    const { of, line } = this;
    try {
      const fields = fieldsIn(text);
      if (fields.length < of.columns.length)
        throw new BrokenLine(`${fields.length} fields instead of ${of.columns.length}`);
      this.lines.push({ line, record: of.read(fields) });
    } catch (error) {
      if (!(error instanceof BrokenLine)) throw error;
      this.rejects.push({ line, reason: error.message, text });
    }
  }
}
