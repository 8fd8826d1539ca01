import { broken } from './import';

/** Unknown, in the words of the source. */
export const UNKNOWN = '?';

export const wholeNumber = (column: string, text: string): number =>
  /^\d{1,9}$/.test(text) ? Number(text) : broken(`${column} is no whole number: "${text}"`);

export const idText = (column: string, text: string): string =>
  /^[\p{L}\p{N}_.:@-]{1,60}$/u.test(text) ? text : broken(`${column} cannot be an id: "${text}"`);

/** One of a few known words. */
export const wordOf = <T>(column: string, words: Readonly<Record<string, T>>, text: string): T =>
  words[text] ?? broken(`${column} is none of ${Object.keys(words).join(', ')}: "${text}"`);

/** Year, month (1–12), day, hour, minute, second as an instant in UTC; a 31 February is no date. */
export const utc = (column: string, text: string, parts: readonly number[]): string => {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const time = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const right = time.getUTCMonth() === month - 1 && time.getUTCDate() === day;
  return right && hour < 24 && minute < 60 && second < 60 ? time.toISOString() : broken(noDate(column, text));
};

export const noDate = (column: string, text: string): string => `${column} is no date and time: "${text}"`;

export const laterOf = (one: string, other: string): string => (one > other ? one : other);
