/** Most tickets that anybody can be said to work on at a time. */
export const CAPACITY_MAX = 1_000;
