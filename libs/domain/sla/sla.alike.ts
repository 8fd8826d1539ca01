/** True for two values that would be written alike, whatever the order of their fields; what is undefined is not there. */
export const alike = (one: unknown, other: unknown): boolean => written(one) === written(other);
const written = (value: unknown): string => JSON.stringify(value, sorted);
const sorted = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;
