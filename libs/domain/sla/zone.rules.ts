/** A stretch of time in which a zone's clock on the wall is `offset` ahead of UTC. All in milliseconds. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

export const DAY_MS = 86_400_000;
const SECOND_MS = 1_000;
/** As many days of a zone, and zones, are remembered; then they are worked out anew. */
const DAYS_KEPT_MAX = 20_000;
const ZONES_KEPT_MAX = 600;

interface Zone {
  readonly wallAt: (at: number) => number;
  readonly days: Map<number, readonly Segment[]>;
}
const zones = new Map<string, Zone>();

/** How far a zone's clock was ahead of UTC during one day of UTC (a number of days since 1970): one piece, or two where it was moved. */
export const segmentsOf = (zone: string, day: number): readonly Segment[] => {
  const { days, wallAt } = zoneOf(zone);
  const found = days.get(day);
  if (found) return found;
  if (days.size >= DAYS_KEPT_MAX) days.clear();
  const made = divided(wallAt, day * DAY_MS, (day + 1) * DAY_MS);
  days.set(day, made);
  return made;
};
/** The local date of an instant, as a number of days since 1970. */
export const dateAt = (zone: string, at: number): number => {
  const segments = segmentsOf(zone, Math.floor(at / DAY_MS));
  const { offset } = segments.find(({ to }) => at < to) ?? { offset: 0 };
  return Math.floor((at + offset) / DAY_MS);
};

/** Names a zone of the IANA data base: not an offset, not a name that nobody knows. */
export const isZone = (name: string): boolean => {
  if (!/^[A-Z]/i.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }) instanceof Intl.DateTimeFormat;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};

const zoneOf = (name: string): Zone => {
  const found = zones.get(name);
  if (found) return found;
  if (zones.size >= ZONES_KEPT_MAX) zones.clear();
  const made = { wallAt: wallClock(name), days: new Map<number, readonly Segment[]>() };
  zones.set(name, made);
  return made;
};

/** No zone moves its clock twice within a day: a piece whose two ends agree is whole. */
const divided = (wallAt: Zone['wallAt'], from: number, to: number): readonly Segment[] => {
  const offset = wallAt(from) - from;
  const after = wallAt(to) - to;
  if (offset === after) return [{ from, to, offset }];
  const moved = firstWith((at) => wallAt(at) - at !== offset, from, to);
  return [
    { from, to: moved, offset },
    { from: moved, to, offset: after },
  ];
};
/** The first whole second after `low` for which it is so, when it is so for `high`. */
const firstWith = (isSo: (at: number) => boolean, low: number, high: number): number => {
  if (high - low <= SECOND_MS) return high;
  const middle = low + Math.floor((high - low) / 2 / SECOND_MS) * SECOND_MS;
  return isSo(middle) ? firstWith(isSo, low, middle) : firstWith(isSo, middle, high);
};

/** What the clock on the wall shows at a whole second, written as if it were UTC. */
const wallClock = (timeZone: string): Zone['wallAt'] => {
  const numbers = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
  const clock = { hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' } as const;
  const format = new Intl.DateTimeFormat('en-US', { timeZone, ...numbers, ...clock });
  return (at) => {
    const shown = Object.fromEntries(
      format.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  };
};
