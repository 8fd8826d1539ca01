import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * What was asked and changed nothing: the log has no trace of it. Without this memory a second run would ask again,
 * of a later state, and might be answered otherwise.
 */
export interface Journal {
  has(seed: string): boolean;
  /** Kept before the next command of the same lane is asked. */
  add(seed: string): void;
}

export class MemoryJournal implements Journal {
  private readonly seeds = new Set<string>();
  has(seed: string): boolean {
    return this.seeds.has(seed);
  }
  add(seed: string): void {
    this.seeds.add(seed);
  }
}

/** One seed a line. A last line that was cut off by a crash names no seed, so that command is asked again: nothing came after it. */
export class FileJournal implements Journal {
  private readonly seeds: Set<string>;

  constructor(private readonly file: string) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    this.seeds = new Set(text.split('\n').slice(0, -1));
    if (text !== '' && !text.endsWith('\n')) appendFileSync(file, '\n');
  }
  has(seed: string): boolean {
    return this.seeds.has(seed);
  }
  add(seed: string): void {
    this.seeds.add(seed);
    appendFileSync(this.file, `${seed}\n`);
  }
}
