import { ErrorType } from '@eventstore/db-client';

/** Our own limit: the client's deadlines do not hold everywhere. */
export class TimeLimit extends Error {}
/** The server brought something that cannot be an event of any log: asking again brings the same. */
export class Unreadable extends Error {}

/** The codes of gRPC that leave open whether anything was done (https://grpc.io/docs/guides/status-codes). */
const CANCELLED = 1;
const UNKNOWN = 2;
const DEADLINE_EXCEEDED = 4;
const ABORTED = 10;
const INTERNAL = 13;
const UNAVAILABLE = 14;
const CODES: ReadonlySet<unknown> = new Set([
  ...[CANCELLED, UNKNOWN, DEADLINE_EXCEEDED],
  ...[ABORTED, INTERNAL, UNAVAILABLE],
]);
const TYPES: ReadonlySet<unknown> = new Set([
  ...[ErrorType.TIMEOUT, ErrorType.DEADLINE_EXCEEDED, ErrorType.UNAVAILABLE],
  ...[ErrorType.CANCELLED, ErrorType.NOT_LEADER],
]);

/** The answer is missing, not negative: asking again is right. Everything else is a "no" or a fault. */
export const noAnswer = (error: unknown): boolean => {
  if (error instanceof TimeLimit) return true;
  if (isInvalidPosition(error) || isUntrusted(error)) return false;
  const { code, type } = (error ?? {}) as { code?: unknown; type?: unknown };
  if (TYPES.has(type) || CODES.has(code)) return true;
  return (type === ErrorType.UNKNOWN && code === undefined) || isUndiscovered(error);
};

/** The server knows no record that begins there. It comes as UNKNOWN, and is none: it would never end otherwise. */
export const isInvalidPosition = (error: unknown): boolean => says(error, /InvalidPosition/);

/** Neither side believes the other's certificate. It comes as UNAVAILABLE, and no patience helps. */
export const isUntrusted = (error: unknown): boolean =>
  says(error, /certificate|self.signed|unable to (get|verify)|altnames|wrong version number|ssl|tlsv1/i);

export const isDenied = (error: unknown): boolean => {
  const { code, type } = (error ?? {}) as { code?: unknown; type?: unknown };
  return type === ErrorType.ACCESS_DENIED || code === 7 || code === 16;
};

/** No node of a cluster answered: the client says so in words only. */
const isUndiscovered = (error: unknown): boolean => says(error, /Failed to discover/);

const says = (error: unknown, words: RegExp): boolean => error instanceof Error && words.test(error.message);

/** What went wrong in a few words, for a line of a log. */
export const inWords = (error: unknown): string => {
  const { type, code, message } = (error ?? {}) as { type?: unknown; code?: unknown; message?: unknown };
  const name = typeof type === 'string' ? type : error instanceof Error ? error.name : typeof error;
  return `${name}${typeof code === 'number' ? ` (${code})` : ''}${message ? `: ${String(message).split('\n')[0]}` : ''}`;
};
