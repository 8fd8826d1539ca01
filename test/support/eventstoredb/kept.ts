/** What the log keeps and what it answers, without a word of gRPC. */
export interface Proposal {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}
export interface Kept extends Proposal {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
  /** In milliseconds. */
  readonly created: number;
}
export type Expected = bigint | 'any' | 'no_stream' | 'stream_exists';
export type Done = { readonly is: 'done'; readonly revision: bigint; readonly position?: bigint };
export type Wrong = { readonly is: 'wrong'; readonly actual: bigint };
export type Answer = Done | Wrong | { readonly is: 'deleted' } | { readonly is: 'too large' };

/** The limit of one append; only the bodies count. */
export const APPEND_MAX_BYTES = 1024 * 1024;
/** The revision of the mark that a tombstone leaves. */
export const TOMBSTONE = 2n ** 63n - 1n;
/** The last revision of a stream that has none. */
export const NONE = -1n;
export const JSON_TYPE = 'application/json';
export const OCTETS = 'application/octet-stream';

/** The first index for which it holds, or the length when there is none. What holds once holds for all behind. */
export const firstIndex = (length: number, holds: (index: number) => boolean): number => {
  let [from, to] = [0, length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
};
