import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { parse, type CsvError, type Parser } from 'csv-parse';
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

/** A record longer than this hides a quote that was never closed. */
const RECORD_CHARS_MAX = 100_000;

/** Reads a CSV file (gzip or plain) as a stream. A wrong header stops everything, a broken line only itself. */
export const readRecords = async <R>(of: Import<R>, file: string): Promise<Read<R>> => {
  const reading = new Reading(of, file);
  const parser = parserFor(reading);
  const source = createReadStream(file);
  parser.resume();
  if (isGzip(file)) await pipeline(source, createGunzip(), parser).catch(asWrongFile(file));
  else await pipeline(source, parser).catch(asWrongFile(file));
  return reading.result();
};

/** Each record is taken at once and goes no further: a stream of records would be ten times slower. */
const parserFor = (reading: Reading<unknown>): Parser => {
  const parser = parse({
    ...{ bom: true, relax_column_count: true, skip_empty_lines: true },
    ...{ skip_records_with_error: true, max_record_size: RECORD_CHARS_MAX },
    on_record: (record: readonly string[], { lines }) => reading.take(record, lines),
  });
  parser.on('skip', (error: CsvError & { lines?: number }) =>
    reading.reject(error.lines ?? 0, error.message),
  );
  return parser;
};

/** What the parser says of a file that is no CSV, or of a gzip that is cut off, is about the file, not about us. */
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

class Reading<R> {
  private readonly lines: Line<R>[] = [];
  private readonly rejects: Reject[] = [];
  private header = true;

  constructor(
    private readonly of: Import<R>,
    private readonly file: string,
  ) {}

  take(fields: readonly string[], line: number): null {
    if (this.header) this.assertHeader(fields);
    else this.keep(fields, line);
    this.header = false;
    return null;
  }
  reject(line: number, reason: string, text = ''): void {
    if (this.header) throw new WrongFile(`${this.file}: the header cannot be read: ${reason}`);
    this.rejects.push({ line, reason, text });
  }
  result(): Read<R> {
    const { of, file, lines, rejects } = this;
    if (this.header) throw new WrongFile(`${file} is empty: expected the columns ${of.columns.join(', ')}`);
    return { lines, rejects: rejects.sort((a, b) => a.line - b.line) };
  }

  private assertHeader(header: readonly string[]): void {
    const { of, file } = this;
    const wrong = of.columns.findIndex((name, n) => header[n]?.trim() !== name);
    if (wrong < 0) return;
    const found = header[wrong] === undefined ? 'there is none' : `there is "${header[wrong]}"`;
    throw new WrongFile(
      `${file} is not ${of.dataset}: column ${wrong + 1} should be "${of.columns[wrong] ?? ''}", ${found}`,
    );
  }

  private keep(fields: readonly string[], line: number): void {
    const { of } = this;
    try {
      if (fields.length < of.columns.length)
        throw new BrokenLine(`${fields.length} fields instead of ${of.columns.length}`);
      this.lines.push({ line, record: of.read(fields) });
    } catch (error) {
      if (!(error instanceof BrokenLine)) throw error;
      this.reject(line, error.message, fields.join(','));
    }
  }
}
