import type { sendUnaryData, ServerUnaryCall, ServiceError } from '@grpc/grpc-js';
import { DeleteResp, TombstoneResp } from '@eventstore/db-client/generated/streams_pb';
import type { DeleteReq, TombstoneReq } from '@eventstore/db-client/generated/streams_pb';
import { admit, mayWrite } from './admission';
import { deleted, wrongForDelete } from './errors';
import type { Host } from './host';
import type { Answer, Expected } from './kept';
import { expectedIn, nameIn } from './requests';

type Deleting = ServerUnaryCall<DeleteReq, DeleteResp>;
type Tombstoning = ServerUnaryCall<TombstoneReq, TombstoneResp>;

export const deleteStream = (host: Host, call: Deleting, done: sendUnaryData<DeleteResp>): void => {
  const go = () => {
    const answer = removed(host, call, (stream, expected) => host.log.delete(stream, expected));
    if (typeof answer !== 'string') return done(answer);
    const at = new DeleteResp.Position().setCommitPosition(answer).setPreparePosition(answer);
    done(null, new DeleteResp().setPosition(at));
  };
  admit(host, 'delete', call, go, (error) => done(error));
};
export const tombstone = (host: Host, call: Tombstoning, done: sendUnaryData<TombstoneResp>): void => {
  const go = () => {
    const answer = removed(host, call, (stream, expected) => host.log.tombstone(stream, expected));
    if (typeof answer !== 'string') return done(answer);
    const at = new TombstoneResp.Position().setCommitPosition(answer).setPreparePosition(answer);
    done(null, new TombstoneResp().setPosition(at));
  };
  admit(host, 'tombstone', call, go, (error) => done(error));
};

/** The position of the deletion, or why there is none. */
const removed = (
  host: Host,
  call: Deleting | Tombstoning,
  remove: (stream: string, expected: Expected) => Answer,
): string | ServiceError => {
  const refused = mayWrite(host, call);
  if (refused) return refused;
  const options = call.request.getOptions()!;
  const stream = nameIn(options.getStreamIdentifier());
  const expected = expectedIn(options, options.getRevision());
  const answer = remove(stream, expected);
  if (answer.is === 'done') return String(answer.position);
  return answer.is === 'wrong' ? wrongForDelete(stream, expected, answer) : deleted(stream);
};
