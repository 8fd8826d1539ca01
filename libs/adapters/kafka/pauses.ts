import type { KafkaPauses } from './settings';

/** Before the n-th attempt after a failure, counted from 1. At random, so that many do not come back in one moment. */
export const pauseMs = (failures: number, { firstMs, longestMs }: KafkaPauses): number => {
  const whole = Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, DOUBLINGS_MAX));
  return Math.round(whole * (1 - Math.random() / 2));
};
const DOUBLINGS_MAX = 30;
