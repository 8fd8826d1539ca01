import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import type { Server } from '@grpc/grpc-js';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb';
import { ClusterInfo, EndPoint, MemberInfo } from '@eventstore/db-client/generated/gossip_pb';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import { SupportedMethod, SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb';
import { UUID, type Empty } from '@eventstore/db-client/generated/shared_pb';
import { StreamsService, type IStreamsServer } from '@eventstore/db-client/generated/streams_grpc_pb';
import { append, batchAppend } from './appending';
import { deleteStream, tombstone } from './deleting';
import type { CallKind, Host } from './host';
import { read } from './reading';

/** A node as gossip tells of it. */
export interface Member {
  readonly port: number;
  readonly alive: boolean;
  readonly state: 'leader' | 'follower' | 'unknown';
}

/** Everything the client calls. */
export const addServices = (server: Server, host: Host, members: () => readonly Member[]): void => {
  server.addService(StreamsService, streams(host));
  server.addService(ServerFeaturesService, {
    getSupportedMethods: openToAll(host, 'features', supportedMethods),
  });
  server.addService(GossipService, { read: openToAll(host, 'gossip', () => gossip(members())) });
};

const streams = (host: Host): IStreamsServer => ({
  read: (call) => read(host, call),
  append: (call, done) => append(host, call, done),
  batchAppend: (call) => batchAppend(host, call),
  delete: (call, done) => deleteStream(host, call, done),
  tombstone: (call, done) => tombstone(host, call, done),
});

/** Asked before anybody says who he is. */
const openToAll =
  <Response>(host: Host, kind: CallKind, response: () => Response) =>
  (_: ServerUnaryCall<Empty, Response>, done: sendUnaryData<Response>): void =>
    host.whenThawed(() => {
      if (!host.silent.has(kind)) done(null, response());
    });

const supportedMethods = (): SupportedMethods => {
  const names = ['read', 'append', 'batchappend', 'delete', 'tombstone'];
  const methods = names.map((name) =>
    new SupportedMethod()
      .setMethodName(name)
      .setServiceName('event_store.client.streams.streams')
      .setFeaturesList(name === 'read' ? ['position', 'events'] : []),
  );
  return new SupportedMethods().setMethodsList(methods).setEventStoreServerVersion('24.6.0.0');
};

const { LEADER, FOLLOWER, UNKNOWN } = MemberInfo.VNodeState;
const STATES = { leader: LEADER, follower: FOLLOWER, unknown: UNKNOWN };
const gossip = (members: readonly Member[]): ClusterInfo =>
  new ClusterInfo().setMembersList(
    members.map(({ port, alive, state }) =>
      new MemberInfo()
        .setInstanceId(new UUID().setString(`00000000-0000-0000-0000-${String(port).padStart(12, '0')}`))
        .setIsAlive(alive)
        .setHttpEndPoint(new EndPoint().setAddress('127.0.0.1').setPort(port))
        .setState(STATES[state])
        .setTimeStamp(String(Date.now())),
    ),
  );
