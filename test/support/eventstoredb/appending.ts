import type { sendUnaryData, ServerDuplexStream, ServerReadableStream } from '@grpc/grpc-js';
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb';
import { admit, mayWrite } from './admission';
import { batchAnswer, unaryDone, unaryWrong, type Refused } from './answers';
import { cancelled, deleted, notLeader, notReady, timedOut, tooLarge } from './errors';
import type { Host, ProposedAppend } from './host';
import type { Answer, Expected, Proposal } from './kept';
import { expectedIn, nameIn, proposalIn } from './requests';

interface Wanted extends ProposedAppend {
  readonly proposals: readonly Proposal[];
}
/** `gone`: no answer will come. */
type Stored = Answer | Is<'unavailable' | 'not ready' | 'not leader' | 'timeout' | 'cancelled' | 'gone'>;
type Is<Word> = Word extends string ? { readonly is: Word } : never;

/** The log's answer, and what is made of it on the way. */
const store = (host: Host, { proposals, ...append }: Wanted): Stored => {
  const write = () => host.log.append(append.stream, append.expected, proposals);
  const fault = host.fault(append);
  if (fault === undefined) return write();
  if (fault === 'unavailable' || fault === 'not ready' || fault === 'not leader') return { is: fault };
  if (fault.endsWith('after')) write();
  if (fault.startsWith('timeout')) return { is: 'timeout' };
  if (fault.startsWith('cancelled')) return { is: 'cancelled' };
  if (fault.startsWith('reset')) host.reset();
  return { is: 'gone' };
};

type UnaryCall = ServerReadableStream<AppendReq, AppendResp>;
/** An append that came in whole is carried out, even when nobody waits for its answer any more. */
export const append = (host: Host, call: UnaryCall, done: sendUnaryData<AppendResp>): void => {
  const messages: AppendReq[] = [];
  const refuse = (error: Error) => done(error);
  const go = () => {
    const refused = mayWrite(host, call);
    if (refused) return refuse(refused);
    const wanted = unaryIn(messages);
    answerUnary(store(host, wanted), wanted, host.leaderPort, done);
  };
  call.on('data', (message: AppendReq) => messages.push(message));
  call.on('end', () => admit(host, 'append', call, go, refuse));
};
const unaryIn = ([first, ...others]: readonly AppendReq[]): Wanted => {
  const options = first!.getOptions()!;
  const stream = nameIn(options.getStreamIdentifier());
  const expected = expectedIn(options, options.getRevision());
  const proposals = others.map((one) => proposalIn(one.getProposedMessage()!));
  return { stream, expected, events: proposals.length, way: 'unary', proposals };
};
const answerUnary = (
  stored: Stored,
  { stream, expected }: { stream: string; expected: Expected },
  leaderPort: number,
  done: sendUnaryData<AppendResp>,
): void => {
  switch (stored.is) {
    case 'done':
      return done(null, unaryDone(stored));
    case 'wrong':
      return done(null, unaryWrong(expected, stored));
    case 'deleted':
      return done(deleted(stream));
    case 'too large':
      return done(tooLarge());
    case 'unavailable':
    case 'not ready':
      return done(notReady());
    case 'not leader':
      return done(notLeader(leaderPort));
    case 'timeout':
      return done(timedOut());
    case 'cancelled':
      return done(cancelled());
    case 'gone':
  }
};

type BatchCall = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;
/** One long call carries many appends; each may come in parts, and each gets an answer of its own. */
export const batchAppend = (host: Host, call: BatchCall): void => {
  const parts = new Map<string, BatchAppendReq[]>();
  call.on('end', () => call.end());
  call.on('data', (part: BatchAppendReq) => {
    const id = part.getCorrelationId()!.getString();
    const all = [...(parts.get(id) ?? []), part];
    if (!part.getIsFinal()) return void parts.set(id, all);
    parts.delete(id);
    batchOne(host, call, all);
  });
};
const batchOne = (host: Host, call: BatchCall, parts: readonly BatchAppendReq[]): void => {
  const wanted = batchIn(parts);
  const say = (answer: Parameters<typeof batchAnswer>[2]) => {
    const response = batchAnswer(wanted.stream, wanted.expected, answer);
    call.write(response.setCorrelationId(parts[0]!.getCorrelationId()));
  };
  const go = () => {
    if (host.standing === 'no leader') return say({ is: 'not ready' });
    const stored = store(host, wanted);
    if (stored.is === 'unavailable') call.emit('error', notReady());
    else if (stored.is === 'cancelled') call.emit('error', cancelled());
    else if (stored.is === 'not leader') call.emit('error', notLeader(host.leaderPort));
    else if (stored.is !== 'gone') say(stored);
  };
  const refuse = (error: Error) => refusedBatch(host, call, error, say);
  admit(host, 'batch append', call, go, refuse);
};
/** Whoever says nothing is refused append by append; a wrong password ends the call. */
const refusedBatch = (host: Host, call: BatchCall, error: Error, say: (answer: Refused) => void): void => {
  if (host.stranger(call.metadata) === 'anonymous') say({ is: 'access denied' });
  else call.emit('error', error);
};
const batchIn = (parts: readonly BatchAppendReq[]): Wanted => {
  const options = parts[0]!.getOptions()!;
  const stream = nameIn(options.getStreamIdentifier());
  const expected = expectedIn(options, options.getStreamPosition());
  const proposals = parts.flatMap((one) => one.getProposedMessagesList().map(proposalIn));
  return { stream, expected, events: proposals.length, way: 'batch', proposals };
};
