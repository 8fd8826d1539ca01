import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileJournal } from './journal';

const folder = mkdtempSync(join(tmpdir(), 'rapport-journal-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('remembers across runs what changed nothing', () => {
  const file = join(folder, 'deep', 'one');
  new FileJournal(file).add('a/1');
  new FileJournal(file).add('b/2');
  const journal = new FileJournal(file);
  expect(['a/1', 'b/2', 'c/3'].map((seed) => journal.has(seed))).toEqual([true, true, false]);
});

it('takes a line away that a crash cut off: it would name another command', () => {
  const file = join(folder, 'two');
  writeFileSync(file, 'INC1/1/1\nINC1/2/1');
  const journal = new FileJournal(file);
  expect(journal.has('INC1/2/1')).toBe(false);
  journal.add('INC1/2/12');
  expect(readFileSync(file, 'utf8')).toBe('INC1/1/1\nINC1/2/12\n');
});
