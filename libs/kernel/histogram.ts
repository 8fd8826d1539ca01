/** Counts per logarithmic bucket: it can be added to and taken from, exactly, in any order. */
export type Histogram = Record<string, number>;

/** No array reaches so far. */
const FAR = 2 ** 32 - 2;
/**
 * Buckets lie far apart, and V8 keeps a place for every number up to the largest one unless it has met one that is too far
 * away for that: 0.5 kB instead of 9 kB for a few counts around an hour.
 */
export const emptyHistogram = (): Histogram => {
  const histogram: Histogram = { [FAR]: 0 };
  delete histogram[FAR];
  return histogram;
};

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
  const sum = (histogram[bucket] ?? 0) + times;
  if (sum === 0) delete histogram[bucket];
  else histogram[bucket] = sum;
  return histogram;
};

/** Adds all of one histogram to another, in place. */
export const merge = (into: Histogram, from: Histogram): Histogram => {
  for (const bucket in from) into[bucket] = (into[bucket] ?? 0) + (from[bucket] ?? 0);
  return into;
};

/** How many values were counted. */
export const counted = (histogram: Histogram): number =>
  Object.values(histogram).reduce((sum, times) => sum + times, 0);

/** 0.55 of 100 is 55, and not the 55.00000000000001 that it would be as a product: a rank is not rounded up by so little. */
const ROUNDING = 1e-12;

/** The value at a quantile such as 0.9, or null when nothing was counted. */
export const quantile = (histogram: Histogram, q: number): number | null =>
  quantilesOf([histogram], [q]).values[0] ?? null;

/** Some quantiles of all that these histograms have counted, each null when that is nothing, and how much it is. Each is gone through once. */
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
      if (times !== 0) all[bucket] = times;
    }
    return all;
  });

/** Adds them up bucket by bucket, and shows the sums between the first bucket and the last in which anything was counted. */
const onSheet = <T>(
  histograms: readonly Histogram[],
  see: (sheet: Float64Array, first: number, last: number) => T,
): T => {
  let [first, last] = [LAST_BUCKET, 0];
  for (const histogram of histograms)
    for (const name in histogram) {
      const bucket = Number(name);
      SHEET[bucket] = (SHEET[bucket] ?? 0) + (histogram[name] ?? 0);
      if (bucket < first) first = bucket;
      if (bucket > last) last = bucket;
    }
  try {
    return see(SHEET, first, last);
  } finally {
    SHEET.fill(0, first, last + 1);
  }
};
/** Filled, seen and emptied within one call, since a report asks some thousand times. */
const SHEET = new Float64Array(LAST_BUCKET + 1);
