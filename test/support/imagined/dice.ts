/** Chance that can be repeated: the same seed throws the same numbers on every machine (sfc32). */
export class Dice {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  constructor(seed: number) {
    [this.a, this.b, this.c] = [seed | 0, 0x9e3779b9 | 0, 0x243f6a88 | 0];
    for (let n = 0; n < WARM_UP; n++) this.bits();
  }

  /** From 0 up to, but not including, 1. */
  next(): number {
    return (this.bits() >>> 0) / 2 ** 32;
  }
  chance(share: number): boolean {
    return this.next() < share;
  }
  /** A whole number, both ends included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }
  of<T>(some: readonly T[]): T {
    return some[Math.floor(this.next() * some.length)] as T;
  }
  /** The first ones by far the most often, as with industries and causes: the n-th comes a n-th as often as the first. */
  skewed<T>(some: readonly T[]): T {
    return some[Math.floor((some.length + 1) ** this.next()) - 1] as T;
  }
  /** Shares need not add up to 1. */
  weighed<T>(some: readonly (readonly [share: number, value: T])[]): T {
    let left = this.next() * some.reduce((sum, [share]) => sum + share, 0);
    for (const [share, value] of some) if ((left -= share) < 0) return value;
    return (some.at(-1) as readonly [number, T])[1];
  }
  /** Waits between things that come by themselves. */
  exponential(mean: number): number {
    return -Math.log(1 - this.next()) * mean;
  }
  /** Times that work takes: half of them below the median, a few very long. `spread` 1 puts one in six above e times the median. */
  lognormal(median: number, spread: number): number {
    const normal = Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
    return median * Math.exp(spread * normal);
  }
  /** A random UUID (version 4). */
  uuid(): string {
    const hex = [this.bits(), this.bits(), this.bits(), this.bits()].map(inHex).join('');
    const variant = '89ab'[this.int(0, 3)] ?? '8';
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
  }

  private bits(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return sum;
  }
}

const WARM_UP = 16;
const inHex = (bits: number): string => (bits >>> 0).toString(16).padStart(8, '0');
