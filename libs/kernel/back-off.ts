const FIRST_MS = 50;
const LONGEST_MS = 5_000;

/** How long to rest before the next attempt: doubles up to five seconds; half of it is chance, so that many do not come back at once. */
export const backOff = (failures: number, longestMs = LONGEST_MS): number => {
  const most = Math.min(FIRST_MS * 2 ** (failures - 1), longestMs);
  return most / 2 + (Math.random() * most) / 2;
};
