import type { Dice } from './dice';

const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The imagined years, in milliseconds since 1970. The log ends earlier or later, with as many events as were asked for. */
export const BEGINNING = Date.UTC(2021, 0, 1);
export const YEARS = 3;
export const SPAN = YEARS * 365 * DAY;

export const instant = (ms: number): string => new Date(ms).toISOString();

/** How busy customers are by month, weekday (from Sunday) and hour (UTC), 1 being ordinary. */
const MONTHS = [0.85, 0.7, 1, 1, 1, 0.95, 0.8, 0.75, 1.05, 1.1, 1.5, 1.35];
const WEEKDAYS = [0.3, 1.2, 1.15, 1.1, 1.1, 1.05, 0.45];
const HOURS = [
  ...[0.1, 0.1, 0.1, 0.1, 0.15, 0.2, 0.5, 1.1, 1.9, 2.2, 2.1, 1.7],
  ...[1.4, 1.9, 2, 1.8, 1.5, 1.2, 0.9, 0.7, 0.5, 0.3, 0.2, 0.15],
];
const mean = (some: readonly number[]): number => some.reduce((sum, one) => sum + one, 0) / some.length;
const ORDINARY = mean(MONTHS) * mean(WEEKDAYS) * mean(HOURS);
const BUSIEST = Math.max(...MONTHS) * Math.max(...WEEKDAYS) * Math.max(...HOURS);

const busyAt = (ms: number): number => {
  const day = Math.floor(ms / DAY);
  const hour = Math.floor((ms - day * DAY) / HOUR);
  const weekday = (day + 4) % 7; // 1970 began on a Thursday
  return (monthFactor(day) * (WEEKDAYS[weekday] ?? 1) * (HOURS[hour] ?? 1)) / BUSIEST;
};

let [knownDay, knownFactor] = [-1, 1];
const monthFactor = (day: number): number => {
  if (day !== knownDay) [knownDay, knownFactor] = [day, MONTHS[new Date(day * DAY).getUTCMonth()] ?? 1];
  return knownFactor;
};

/** Throws for one moment at most; a longer row of bad luck takes the last. */
const THROWS_MAX = 200;

/** The next time somebody does something who does so every `meanGap` milliseconds on average: rarely at night, most often in November. */
export const nextMoment = (dice: Dice, after: number, meanGap: number): number => {
  let moment = after;
  for (let n = 0; n < THROWS_MAX; n++) {
    moment += dice.exponential(meanGap * (ORDINARY / BUSIEST));
    if (dice.chance(busyAt(moment))) break;
  }
  return Math.round(moment);
};
