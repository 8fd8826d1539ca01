import { from as copyFrom } from 'pg-copy-streams';
import type { Cells } from './changes';
import type { Link } from './database';

/** What is written to the connection at once. */
const CHUNK_LETTERS = 65_536;

/** Puts rows into a table by COPY, the server's own way for many: `into` names the table and its columns. */
export const copyInto = (link: Link, into: string, rows: readonly Cells[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const stream = link.client.query(copyFrom(`copy ${into} from stdin`));
    stream.once('error', reject).once('finish', resolve);
    let chunk = '';
    for (const cells of rows) {
      chunk += lineOf(cells);
      if (chunk.length < CHUNK_LETTERS) continue;
      stream.write(chunk);
      chunk = '';
    }
    stream.end(chunk);
  });

const lineOf = (cells: Cells): string => `${cells.map(textOf).join('\t')}\n`;
const textOf = (cell: unknown): string => {
  if (cell === null) return '\\N';
  return typeof cell === 'string' ? cell.replaceAll(SPECIAL, escaped) : String(cell);
};
const SPECIAL = /[\\\n\r\t]/g;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const escaped = (letter: string): string => ESCAPES[letter] ?? letter;
