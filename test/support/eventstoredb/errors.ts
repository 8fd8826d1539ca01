import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { APPEND_MAX_BYTES, type Expected, type Wrong } from './kept';

/** Errors as the client reads them: a code, a text, and what is said in trailers. */
export const failure = (
  code: status,
  details: string,
  trailers: Record<string, string> = {},
): ServiceError => {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
};
export const NOT_READY = 'Server Is Not Ready';
export const notReady = () => failure(status.UNAVAILABLE, NOT_READY);
export const dropped = () => failure(status.UNAVAILABLE, 'Connection dropped');
export const cancelled = () => failure(status.CANCELLED, 'Call canceled by the server');
export const timedOut = () => failure(status.ABORTED, 'Operation timed out');
export const invalidPosition = () => failure(status.UNKNOWN, 'Unexpected ReadAllResult: InvalidPosition');
export const forwardsFromEnd = () => failure(status.UNKNOWN, 'Unexpected ReadStreamResult: Error');
export const wrongPassword = () => failure(status.UNAUTHENTICATED, 'Bad HTTP status code: 401');
export const accessDenied = () =>
  failure(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

export const notLeader = (leaderPort: number) =>
  failure(status.NOT_FOUND, 'Leader info available', {
    ...{ exception: 'not-leader', 'leader-endpoint-host': '127.0.0.1' },
    'leader-endpoint-port': String(leaderPort),
  });
export const deleted = (stream: string) =>
  failure(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    ...{ exception: 'stream-deleted', 'stream-name': stream },
  });
export const tooLarge = () =>
  failure(status.INVALID_ARGUMENT, `Maximum Append Size of ${APPEND_MAX_BYTES} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(APPEND_MAX_BYTES),
  });

const CODES = { any: -2n, no_stream: -1n, stream_exists: -4n };
/** A delete says in trailers what an append says in its answer. */
export const wrongForDelete = (stream: string, expected: Expected, { actual }: Wrong) => {
  const wanted = String(typeof expected === 'bigint' ? expected : CODES[expected]);
  const says = `Stream: ${stream}, Expected version: ${wanted}, Actual version: ${String(actual)}`;
  return failure(status.FAILED_PRECONDITION, `Delete failed due to WrongExpectedVersion. ${says}`, {
    ...{ exception: 'wrong-expected-version', 'stream-name': stream },
    ...{ 'expected-version': wanted, 'actual-version': String(actual) },
  });
};
