import type { Metadata, ServiceError } from '@grpc/grpc-js';
import { accessDenied, notLeader, notReady, wrongPassword } from './errors';
import type { CallKind, Host } from './host';

interface Knock {
  readonly metadata: Metadata;
}

/** Every call comes through here: it waits while the server is frozen, may be ignored, and must say who it is. */
export const admit = (
  host: Host,
  kind: CallKind,
  { metadata }: Knock,
  go: () => void,
  refuse: (error: ServiceError) => void,
): void => {
  host.whenThawed(() => {
    if (host.silent.has(kind)) return;
    const stranger = host.stranger(metadata);
    if (stranger === undefined) go();
    else refuse(stranger === 'anonymous' ? accessDenied() : wrongPassword());
  });
};

/** A follower hands writes on to the leader, unless the caller insists on speaking to the leader itself. */
export const mayWrite = (host: Host, { metadata }: Knock): ServiceError | undefined => {
  if (host.standing === 'no leader') return notReady();
  const insists = metadata.get('requires-leader')[0] === 'true';
  return host.standing === 'follower' && insists ? notLeader(host.leaderPort) : undefined;
};
