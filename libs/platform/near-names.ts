/** How many letters apart two words are (Levenshtein), case aside. */
const distance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, n) => n);
  for (const [n, letter] of [...one].entries()) {
    let left = n + 1;
    let diagonal = n;
    row = row.map((above, m) => {
      if (m === 0) return left;
      const swapped = diagonal + Number(letter !== other[m - 1]);
      diagonal = above;
      left = Math.min(above + 1, left + 1, swapped);
      return left;
    });
  }
  return row.at(-1) ?? 0;
};

const NEAR_MAX = 3;
const NAME_MAX = 80;

/** The names that somebody may have meant, the nearest first. */
export const namesNear = (wanted: string, names: Iterable<string>): readonly string[] => {
  const lower = wanted.slice(0, NAME_MAX).toLowerCase();
  return [...names]
    .map((name) => ({ name, apart: apart(lower, name.toLowerCase()) }))
    .filter(({ name, apart }) => apart <= Math.max(2, name.length / 3))
    .sort((one, other) => one.apart - other.apart || (one.name < other.name ? -1 : 1))
    .slice(0, NEAR_MAX)
    .map(({ name }) => name);
};
const apart = (wanted: string, name: string): number =>
  wanted.length > 2 && name.includes(wanted) ? 1 : distance(wanted, name);
