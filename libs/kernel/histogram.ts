/**
 * Counts per logarithmic bucket, in pairs in the order of the buckets: [bucket, times, bucket, times, …]. It can be added to and
 * taken from, exactly, in any order. A list of small numbers is what is read from text, gone through and copied fastest.
 */
export type Histogram = number[];
export const emptyHistogram = (): Histogram => [];

/** A percentile read from the buckets is within this share of the true value (nearest rank). */
export const ERROR_MAX = 0.01;
const LOG_GAMMA = Math.log((1 + ERROR_MAX) / (1 - ERROR_MAX));
const MIDDLE = 2 / (1 + Math.exp(LOG_GAMMA));

/** Bucket i holds the values in (gamma^(i-1), gamma^i]; everything up to 1 shares bucket 0, what is beyond counting the last one. */
const bucketOf = (value: number) =>
  value <= 1 ? 0 : Math.min(LAST_BUCKET, Math.ceil(Math.log(value) / LOG_GAMMA));
const LAST_BUCKET = Math.ceil(Math.log(Number.MAX_SAFE_INTEGER) / LOG_GAMMA);

/** Counts a value once more or once less, in place. */
export const count = (histogram: Histogram, value: number, times: 1 | -1): Histogram => {
  const bucket = bucketOf(value);
  const at = placeOf(histogram, bucket);
  const before = histogram[at] === bucket ? (histogram[at + 1] ?? 0) : null;
  if (before === null) histogram.splice(at, 0, bucket, times);
  else if (before + times === 0) histogram.splice(at, PAIR);
  else histogram[at + 1] = before + times;
  return histogram;
};
/** Where the pair of a bucket stands, or would stand. */
const placeOf = (histogram: Histogram, bucket: number): number => {
  let [from, to] = [0, histogram.length / PAIR];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((histogram[middle * PAIR] ?? 0) < bucket) from = middle + 1;
    else to = middle;
  }
  return from * PAIR;
};
const PAIR = 2;

/** 0.55 of 100 is 55, and not the 55.00000000000001 that it would be as a product: a rank is not rounded up by so little. */
const ROUNDING = 1e-12;

/** Some quantiles, such as 0.9, of all that these histograms have counted, each null when that is nothing, and how much it is. Each is gone through once. */
export const quantilesOf = (
  histograms: readonly Histogram[],
  quantiles: readonly number[],
): { readonly n: number; readonly values: readonly (number | null)[] } =>
  onSheet(histograms, (sheet, first, last) => {
    let n = 0;
    for (let bucket = first; bucket <= last; bucket++) n += sheet[bucket] ?? 0;
    const rankOf = (q: number) => Math.max(1, Math.ceil(q * n * (1 - ROUNDING)));
    return { n, values: quantiles.map((q) => valueAt(sheet, rankOf(q), first, last)) };
  });
const valueAt = (sheet: Float64Array, rank: number, first: number, last: number): number | null => {
  for (let [bucket, left] = [first, rank]; bucket <= last; bucket++) {
    left -= sheet[bucket] ?? 0;
    if (left <= 0) return Math.exp(bucket * LOG_GAMMA) * MIDDLE;
  }
  return null;
};

/** A new one with all that these have counted. */
export const summed = (histograms: readonly Histogram[]): Histogram =>
  onSheet(histograms, (sheet, first, last) => {
    const all = emptyHistogram();
    for (let bucket = first; bucket <= last; bucket++) {
      const times = sheet[bucket] ?? 0;
      if (times !== 0) all.push(bucket, times);
    }
    return all;
  });

/** Adds them up bucket by bucket, and shows the sums between the first bucket and the last in which anything was counted. */
const onSheet = <T>(
  histograms: readonly Histogram[],
  see: (sheet: Float64Array, first: number, last: number) => T,
): T => {
  let [first, last] = [LAST_BUCKET, 0];
  try {
    for (const histogram of histograms) {
      first = Math.min(first, histogram[0] ?? LAST_BUCKET);
      last = Math.max(last, histogram.at(-PAIR) ?? 0);
      for (let n = 0; n < histogram.length; n += PAIR) {
        const bucket = histogram[n] ?? 0;
        SHEET[bucket] = (SHEET[bucket] ?? 0) + (histogram[n + 1] ?? 0);
      }
    }
    return see(SHEET, first, last);
  } finally {
    SHEET.fill(0, first, last + 1);
  }
};
/** Filled, seen and emptied within one call, since a report asks some thousand times. */
const SHEET = new Float64Array(LAST_BUCKET + 1);
