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

/** What goes wrong on the way, once an append was stored or before. With `no answer` the connection stays. */
type Mishap = 'reset' | 'no answer' | 'timeout' | 'cancelled';
/** What goes wrong with an append. One that is refused is not stored. */
export type AppendFault = `${Mishap} ${'before' | 'after'}` | 'unavailable' | 'not ready' | 'not leader';
/** What goes wrong with a read or a new subscription. */
export type ReadFault = 'reset' | 'unavailable';
export interface ProposedAppend {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: number;
  readonly way: 'unary' | 'batch';
}

/** Who is not answered by a server that asks for users. */
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
