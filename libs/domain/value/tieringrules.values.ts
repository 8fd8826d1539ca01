import { Count, ListOf, Optional, Text } from '@rapport/kernel';

/** The scope whose rules hold where an industry has none of its own. */
export const DEFAULT_SCOPE = 'default';

const LIMIT = 1_000_000_000_000_000;

/** One line of a scoring table: whole numbers between `from` and `to` (both included, no `to`: and above) give a score. */
export class Band {
  @Count(1, 5) score!: number;
  @Count(0, LIMIT) from!: number;
  @Optional() @Count(0, LIMIT) to?: number;
}

/** The monetary table of one currency, in its minor units. */
export class CurrencyBands {
  @Text(3) currency!: string;
  @ListOf(Band, 5) bands!: readonly Band[];
}

/** What makes a customer HIGH_VALUE: the sum of the scores and the monetary score. */
export class HighValueLine {
  @Count(3, 15) sumMin!: number;
  @Count(1, 5) monetaryMin!: number;
}

/** What makes any other customer GROWTH: the sum lies in a range, or the customer bought lately but seldom. */
export class GrowthLine {
  @Count(3, 15) sumMin!: number;
  @Count(3, 15) sumMax!: number;
  @Count(1, 5) recencyMin!: number;
  @Count(1, 5) frequencyMax!: number;
}

/** The scope of an industry: its name in the letters an id may have. */
export const scopeOf = (industry: string): string =>
  industry
    .trim()
    .replace(/[^\p{L}\p{N}_.:@-]+/gu, '_')
    .slice(0, 80) || DEFAULT_SCOPE;
