/** A value as a person reads it in a table. */
export const shown = (value: unknown): string => {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number') return value.toLocaleString('en', { maximumFractionDigits: 4 });
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
};

/** Columns of equal width; numbers stand to the right. */
export const table = (head: readonly string[], rows: readonly (readonly unknown[])[]): string => {
  const cells = rows.map((row) => head.map((_, n) => shown(row[n])));
  const widths = head.map((name, n) => Math.max(name.length, ...cells.map((row) => row[n]?.length ?? 0)));
  const right = head.map((_, n) => rows.length > 0 && rows.every((row) => isNumeric(row[n])));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, n) => (right[n] ? cell.padStart(widths[n] ?? 0) : cell.padEnd(widths[n] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(head), line(widths.map((width) => '─'.repeat(width))), ...cells.map(line)].join('\n');
};
const isNumeric = (value: unknown): boolean => typeof value === 'number' || value === null;

/** Any answer as text: lists of alike objects become tables, objects become lines, what lies deeper is indented. */
export const pretty = (value: unknown, indent = ''): string => {
  if (Array.isArray(value)) return listText(value, indent);
  if (typeof value !== 'object' || value === null) return `${indent}${shown(value)}`;
  const entries = Object.entries(value);
  const width = Math.max(0, ...entries.map(([name]) => name.length));
  return entries.map(([name, item]) => entryText(name, item, width, indent)).join('\n');
};

const entryText = (name: string, item: unknown, width: number, indent: string): string => {
  const nested = typeof item === 'object' && item !== null && !isShort(item);
  return nested
    ? `${indent}${name}\n${pretty(item, `${indent}  `)}`
    : `${indent}${name.padEnd(width)}  ${short(item)}`;
};
const SHORT_MAX = 100;
const isShort = (item: object): boolean => {
  const values = Object.values(item) as unknown[];
  return (
    values.every((value) => typeof value !== 'object' || value === null) && short(item).length <= SHORT_MAX
  );
};
const short = (item: unknown): string => {
  if (Array.isArray(item)) return item.length === 0 ? 'none' : item.map(shown).join(', ');
  if (typeof item !== 'object' || item === null) return shown(item);
  return Object.entries(item)
    .map(([name, value]) => `${name} ${shown(value)}`)
    .join(', ');
};

const listText = (items: readonly unknown[], indent: string): string => {
  const rows = items.filter((item): item is object => typeof item === 'object' && item !== null);
  if (rows.length < items.length || rows.length === 0) return `${indent}${short(items)}`;
  const flat = rows.map((row) => flattened(row));
  const head = [...new Set(flat.flatMap((row) => Object.keys(row)))];
  const text = table(
    head,
    flat.map((row) => head.map((name) => row[name])),
  );
  return text.replaceAll(/^/gm, indent);
};

/** `{ firstWork: { n: 3 } }` → `{ "firstWork.n": 3 }` */
const flattened = (row: object, path = ''): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(row).flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(flattened(value, `${path}${name}.`))
        : [[`${path}${name}`, value] as const],
    ),
  );
