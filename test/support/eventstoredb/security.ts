import { readFileSync } from 'node:fs';
import { ServerCredentials, type Metadata } from '@grpc/grpc-js';
import type { Certificates } from './certificates';
import type { Stranger } from './host';

/** A server with TLS also asks for a user's name and password. */
export interface Security {
  readonly certificates: Certificates;
  /** Whoever has no certificate of the authority's is not even connected. */
  readonly clientCertificates?: boolean;
  /** Name and password; `admin` with `changeit` when nothing is said. */
  readonly users?: Readonly<Record<string, string>>;
}
const USERS: Readonly<Record<string, string>> = { admin: 'changeit' };

/** A server without TLS takes anybody, whatever his password. */
export const strangerIn = (metadata: Metadata, security: Security | undefined): Stranger | undefined => {
  if (!security) return undefined;
  const [said] = metadata.get('authorization');
  if (said === undefined) return 'anonymous';
  const word = Buffer.from(String(said).replace(/^Basic /i, ''), 'base64').toString();
  const users = Object.entries(security.users ?? USERS);
  return users.some(([name, password]) => word === `${name}:${password}`) ? undefined : 'wrong password';
};

export const serverCredentials = (security: Security | undefined): ServerCredentials => {
  if (!security) return ServerCredentials.createInsecure();
  const { caFile, serverCertFile, serverKeyFile } = security.certificates;
  const pair = { cert_chain: readFileSync(serverCertFile), private_key: readFileSync(serverKeyFile) };
  return ServerCredentials.createSsl(readFileSync(caFile), [pair], security.clientCertificates ?? false);
};

/** The address for a client, with the files it needs; `as` is `name:password`. */
export const addressOf = (ports: readonly number[], security: Security | undefined, as?: string): string => {
  const hosts = ports.map((port) => `127.0.0.1:${port}`).join(',');
  const place = `esdb://${as === undefined ? '' : `${as}@`}${hosts}`;
  if (!security) return `${place}?tls=false`;
  const { caFile, userCertFile, userKeyFile } = security.certificates;
  const own = security.clientCertificates ? { userCertFile, userKeyFile } : {};
  const files = Object.entries({ tlsCAFile: caFile, ...own });
  return `${place}?tls=true${files.map(([name, file]) => `&${name}=${encodeURIComponent(file)}`).join('')}`;
};
