import { summed, type Histogram, type Rollup, type Row } from '@rapport/kernel';

/** The figures of a rollup, whose parts were counted in several lanes: parts that have the same words are added together. */
export const merged = ({ table }: Rollup, parts: readonly Row[]): readonly Row[] => {
  const named = (kind: string) =>
    Object.entries(table.columns).flatMap(([name, column]) => (column.kind === kind ? [name] : []));
  const groups = new Map<string, Record<string, unknown> & Row>();
  for (const part of parts) {
    const key = JSON.stringify(named('text').map((name) => part[name]));
    const group = groups.get(key);
    if (!group) groups.set(key, structuredClone({ ...part, key }));
    else {
      for (const sum of named('integer')) group[sum] = Number(group[sum]) + Number(part[sum]);
      for (const durations of named('json'))
        group[durations] = summed([group[durations] as Histogram, part[durations] as Histogram]);
    }
  }
  return [...groups.values()];
};

/** What is kept and what is expected, where they are not the same rows. */
export const different = (
  name: string,
  kept: readonly Row[],
  expected: readonly Row[],
): readonly unknown[] => {
  const [one, other] = [kept, expected].map((rows) =>
    JSON.stringify([...rows].sort((a, b) => (a.key < b.key ? -1 : 1)).map(sorted)),
  );
  return one === other ? [] : [{ name, one, other }];
};
const sorted = (row: Row): unknown => Object.entries(row).sort(([one], [other]) => (one < other ? -1 : 1));
