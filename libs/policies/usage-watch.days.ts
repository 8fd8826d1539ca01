import { hasDeclined, hasRecovered, USAGE_WINDOW_DAYS } from '@rapport/domain/values';

/** Seconds of use by day, days counted from 1970 in UTC, in their order. */
export type UseByDay = readonly (readonly [day: number, seconds: number])[];

const DAY_MS = 86_400_000;
export const dayOf = (instant: string): number => Math.floor(Date.parse(instant) / DAY_MS);
export const startOf = (day: number): string => new Date(day * DAY_MS).toISOString();

/** The days that can still count after `latest`, with so many seconds more on one of them. */
export const withUse = (days: UseByDay, latest: string, day: number, seconds: number): UseByDay => {
  const known = days.find(([each]) => each === day)?.[1] ?? 0;
  const others = days.filter(([each]) => each !== day);
  const oldest = dayOf(latest) + 1 - 2 * USAGE_WINDOW_DAYS;
  return [...others, [day, known + seconds] as const]
    .filter(([each]) => each >= oldest)
    .sort(([one], [other]) => one - other);
};

export interface Turn {
  readonly at: string;
  readonly recentSeconds: number;
  readonly beforeSeconds: number;
}
/**
 * The first midnight after `latest` at which the use has declined or, in an episode, recovered, if nothing more is
 * used; null: there is none. After twice the window nothing that is known counts any more.
 */
export const nextTurn = (days: UseByDay, latest: string, declining: boolean): Turn | null => {
  const turns = declining ? hasRecovered : hasDeclined;
  const first = dayOf(latest) + 1;
  const last = (days.at(-1)?.[0] ?? 0) + 2 * USAGE_WINDOW_DAYS;
  for (let day = first; day <= last; day++) {
    const recentSeconds = sumOf(days, day - USAGE_WINDOW_DAYS, day);
    const beforeSeconds = sumOf(days, day - 2 * USAGE_WINDOW_DAYS, day - USAGE_WINDOW_DAYS);
    if (turns(recentSeconds, beforeSeconds)) return { at: startOf(day), recentSeconds, beforeSeconds };
  }
  return null;
};

/** From one day on until just before another. */
const sumOf = (days: UseByDay, from: number, until: number): number => {
  let sum = 0;
  for (const [day, seconds] of days) if (day >= from && day < until) sum += seconds;
  return sum;
};
