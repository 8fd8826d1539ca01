import type { Metadata, ServiceError } from '@grpc/grpc-js';
import type { Feed } from './feed';
import type { Expected } from './kept';
import type { MemoryLog } from './memory-log';

/** The kinds of call a client makes. A subscription is a read that does not end. */
export const CALL_KINDS = [
  ...(['read', 'subscribe', 'append', 'batch append', 'delete', 'tombstone'] as const),
  ...(['gossip', 'features'] as const),
];
export type CallKind = (typeof CALL_KINDS)[number];

/**
 * What goes wrong with an append; `before` and `after` say whether it was stored by then. With `no answer` the
 * connection stays and nothing comes; `unavailable`, `not ready` and `not leader` come instead of storing it.
 */
export type AppendFault =
  | 'reset before'
  | 'reset after'
  | 'no answer before'
  | 'no answer after'
  | 'timeout before'
  | 'timeout after'
  | 'unavailable'
  | 'not ready'
  | 'not leader';
/** What goes wrong with a read or a new subscription. */
export type ReadFault = 'reset' | 'unavailable';
export interface ProposedAppend {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: number;
  readonly way: 'unary' | 'batch';
}

/** Whose calls are answered: anybody's, or only those of users who say their password. */
export type Stranger = 'anonymous' | 'wrong password';
/** Who may write here just now. */
export type Standing = 'leader' | 'follower' | 'no leader';

/** The server as its services see it. */
export interface Host {
  readonly log: MemoryLog;
  readonly feeds: Set<Feed>;
  /** Every delivered event takes so long. */
  readonly slowMs: number;
  readonly frozen: boolean;
  /** Calls of these kinds get no answer. */
  readonly silent: ReadonlySet<CallKind>;
  readonly standing: Standing;
  readonly leaderPort: number;
  fault(append: ProposedAppend): AppendFault | undefined;
  readFault(): ReadFault | undefined;
  stranger(metadata: Metadata): Stranger | undefined;
  reset(): void;
  /** Now, or when it thaws. What waits is lost with the process. */
  whenThawed(go: () => void): void;
}
export type Refuse = (error: ServiceError) => void;
