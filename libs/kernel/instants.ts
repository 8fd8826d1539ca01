const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
const CANONICAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/;
const DAY_LENGTH = 10;

/** A day that is in the calendar: 2024-02-29 is, 2023-02-29 is not. */
export const isDay = (value: unknown): boolean => {
  const [, year, month, day] = typeof value === 'string' ? (DAY.exec(value) ?? []) : [];
  if (year === undefined) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
};

/** A real moment in the one form in which instants are kept. */
export const isInstant = (value: unknown): boolean =>
  typeof value === 'string' &&
  CANONICAL.test(value) &&
  isDay(value.slice(0, DAY_LENGTH)) &&
  !Number.isNaN(Date.parse(value));

/** Any ISO-8601 form with a zone, in the one form; what is no real moment stays as it is, for validation to name it. */
export const canonicalInstant = (text: string): string => {
  if (CANONICAL.test(text) || !ISO.test(text) || !isDay(text.slice(0, DAY_LENGTH))) return text;
  const time = Date.parse(text);
  return Number.isNaN(time) ? text : new Date(time).toISOString();
};
