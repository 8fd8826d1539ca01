import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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

/** One seed a line. A last line that a crash cut off is taken away: its command is asked again, for nothing came after it. */
export class FileJournal implements Journal {
  private readonly seeds: Set<string>;

  constructor(private readonly file: string) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    this.seeds = new Set(whole.split('\n').slice(0, -1));
    if (whole !== text) writeFileSync(file, whole);
  }
  has(seed: string): boolean {
    return this.seeds.has(seed);
  }
  add(seed: string): void {
    this.seeds.add(seed);
    appendFileSync(this.file, `${seed}\n`);
  }
}
