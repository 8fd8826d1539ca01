/** Rows of one transaction, and transactions. */
export const BATCH = 20_000;
export const BATCHES = 20;
/** As many columns, and as wide, as an ordinary row of ours; each third is a number. */
export const COLUMNS = Array.from({ length: 12 }, (_, n) => `c${n}`);
export const isNumber = (column: number): boolean => column % 3 === 2;
export const FILLING = COLUMNS.map((name, n) =>
  isNumber(n) ? n * 1_000 : `${name} 2021-01-01T00:00:00.000Z`,
);

/** Half of the rows are new and half are there already, in the order of their keys, which lie scattered as ids do. */
export const upsertedKeys = (): readonly (readonly string[])[] => batches(BATCH / 2);
/** All of them are new. */
export const freshKeys = (): readonly (readonly string[])[] => batches(BATCH);

const batches = (step: number) =>
  Array.from({ length: BATCHES }, (_, batch) =>
    Array.from({ length: BATCH }, (_, n) => scattered(batch * step + n)).sort(),
  );
const scattered = (n: number): string =>
  Math.imul(n + 1, 0x9e3779b1)
    .toString(36)
    .padStart(12, '0');

/** Rows a second of all batches, each in a transaction of its own. */
export const perSecond = async (
  all: readonly (readonly string[])[],
  write: (keys: readonly string[]) => Promise<void> | void,
): Promise<number> => {
  const startedAt = performance.now();
  for (const keys of all) await write(keys);
  return ((BATCH * all.length) / (performance.now() - startedAt)) * 1_000;
};
