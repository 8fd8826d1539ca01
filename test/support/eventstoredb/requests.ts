import type { StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb';
import type { Expected, Proposal } from './kept';

/** What the client's messages say, in the log's words. */
export const nameIn = (id: StreamIdentifier | undefined): string =>
  Buffer.from(id!.getStreamName_asU8()).toString();

interface ProposedMessage {
  getId(): UUID | undefined;
  getMetadataMap(): { get(key: string): string | undefined };
  getData_asU8(): Uint8Array;
  getCustomMetadata_asU8(): Uint8Array;
}
export const proposalIn = (message: ProposedMessage): Proposal => ({
  id: message.getId()!.getString(),
  type: message.getMetadataMap().get('type')!,
  contentType: message.getMetadataMap().get('content-type')!,
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
});

interface Expecting {
  hasAny(): boolean;
  hasNoStream(): boolean;
  hasStreamExists(): boolean;
}
export const expectedIn = (options: Expecting, revision: string): Expected => {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'no_stream';
  return options.hasStreamExists() ? 'stream_exists' : BigInt(revision);
};
