import { status } from '@grpc/grpc-js';
import { Any } from 'google-protobuf/google/protobuf/any_pb';
import { Empty as Nothing } from 'google-protobuf/google/protobuf/empty_pb';
import * as shared from '@eventstore/db-client/generated/shared_pb';
import { Status } from '@eventstore/db-client/generated/status_pb';
import { AppendResp, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import { NOT_READY } from './errors';
import { APPEND_MAX_BYTES, type Answer, type Done, type Expected, type Wrong } from './kept';
import { identifier } from './messages';

/** The log's answers to an append of its own call. */
export const unaryDone = ({ revision, position }: Done): AppendResp => {
  const success = new AppendResp.Success().setCurrentRevision(String(revision));
  const at = new AppendResp.Position();
  at.setCommitPosition(String(position)).setPreparePosition(String(position));
  if (position === undefined) success.setNoPosition(new shared.Empty());
  else success.setPosition(at);
  return new AppendResp().setSuccess(success);
};
export const unaryWrong = (expected: Expected, { actual }: Wrong): AppendResp => {
  const wrong = new AppendResp.WrongExpectedVersion();
  if (actual < 0n) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(actual));
  if (expected === 'any') wrong.setExpectedAny(new shared.Empty());
  else if (expected === 'no_stream') wrong.setExpectedNoStream(new shared.Empty());
  else if (expected === 'stream_exists') wrong.setExpectedStreamExists(new shared.Empty());
  else wrong.setExpectedRevision(String(expected));
  return new AppendResp().setWrongExpectedVersion(wrong);
};

/** Answers in the batch stream carry their errors inside, packed. */
export type Refused = Exclude<Answer, Done> | { readonly is: 'not ready' | 'timeout' | 'access denied' };
export const batchAnswer = (stream: string, expected: Expected, answer: Done | Refused): BatchAppendResp => {
  const response = new BatchAppendResp().setStreamIdentifier(identifier(stream));
  if (answer.is !== 'done') return response.setError(packed(stream, expected, answer));
  const { revision, position } = answer;
  const success = new BatchAppendResp.Success().setCurrentRevision(String(revision));
  const at = new shared.AllStreamPosition();
  at.setCommitPosition(String(position)).setPreparePosition(String(position));
  if (position === undefined) success.setNoPosition(new Nothing());
  else success.setPosition(at);
  return response.setSuccess(success);
};

const packed = (stream: string, expected: Expected, answer: Refused): Status => {
  switch (answer.is) {
    case 'wrong':
      return client('WrongExpectedVersion', wrongVersion(expected, answer));
    case 'deleted':
      return client('StreamDeleted', new shared.StreamDeleted().setStreamIdentifier(identifier(stream)));
    case 'too large':
      return client(
        'MaximumAppendSizeExceeded',
        new shared.MaximumAppendSizeExceeded().setMaxappendsize(APPEND_MAX_BYTES),
      );
    case 'timeout':
      return client('Timeout', new shared.Timeout());
    case 'access denied':
      return client('AccessDenied', new shared.AccessDenied());
    case 'not ready':
      return told('google.protobuf.Empty', new Nothing(), NOT_READY);
  }
};
const wrongVersion = (expected: Expected, { actual }: Wrong): shared.WrongExpectedVersion => {
  const wrong = new shared.WrongExpectedVersion();
  if (actual < 0n) wrong.setCurrentNoStream(new Nothing());
  else wrong.setCurrentStreamRevision(String(actual));
  if (expected === 'any') wrong.setExpectedAny(new Nothing());
  else if (expected === 'no_stream') wrong.setExpectedNoStream(new Nothing());
  else if (expected === 'stream_exists') wrong.setExpectedStreamExists(new Nothing());
  else wrong.setExpectedStreamPosition(String(expected));
  return wrong;
};

interface Message {
  serializeBinary(): Uint8Array;
}
const client = (name: string, message: Message): Status => told(`event_store.client.${name}`, message);
const told = (name: string, message: Message, text = ''): Status => {
  const details = new Any();
  details.pack(message.serializeBinary(), name);
  // The code is typed as an enumeration of its own; the numbers are gRPC's.
  return new Status()
    .setCode(status.FAILED_PRECONDITION as number)
    .setMessage(text)
    .setDetails(details);
};
