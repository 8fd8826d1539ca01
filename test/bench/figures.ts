/** One measured line: what, how much, and what share of a floor that was measured in the same run. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly floor?: string;
  readonly share?: number;
  /** The share we aim at. */
  readonly aim?: number;
  /** The value we aim to stay below. */
  readonly most?: number;
}

export const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** The median of a few runs: one slow or one lucky run must not move it. */
export const median = async (runs: number, measure: () => Promise<number> | number): Promise<number> => {
  const values: number[] = [];
  for (let run = 0; run < runs; run++) values.push(await measure());
  return middle(values);
};

/** Jobs a second, so many at a time. */
export const rate = async (
  count: number,
  atOnce: number,
  job: (n: number) => Promise<unknown>,
): Promise<number> => {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await job(next++);
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: atOnce }, lane));
  return (count / (performance.now() - started)) * 1_000;
};

/** The value below which a share of them lies. */
export const quantileOf = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
};

export const memoryMb = (): number => Math.round(process.memoryUsage().rss / 2 ** 20);

const rounded = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3);

export const lineOf = ({ what, value, unit, floor, share, aim, most }: Figure): string => {
  const of = floor === undefined || share === undefined ? '' : `${(share * 100).toFixed(0)} % of ${floor}`;
  const wanted = aim === undefined ? '' : ` (aim ${aim * 100} %)`;
  const limit = most === undefined ? '' : `aim: below ${rounded(most)} ${unit}`;
  return `| ${what} | ${rounded(value)} ${unit} | ${of}${wanted}${limit} |`;
};
