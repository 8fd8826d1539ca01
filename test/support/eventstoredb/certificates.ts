import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An authority of our own and what it signed, in a folder that lives as long as the tests. */
export interface Certificates {
  readonly caFile: string;
  readonly serverCertFile: string;
  readonly serverKeyFile: string;
  readonly userCertFile: string;
  readonly userKeyFile: string;
  remove(): void;
}

const SHORTLY = ['-days', '2'];
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Nothing where there is no openssl. */
export const makeCertificates = (): Certificates | undefined => {
  if (!opensslIsThere()) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'rapport-certificates-'));
  const file = (name: string) => join(folder, name);
  const authority = [...NEW_KEY, ...SHORTLY, '-keyout', file('ca.key'), '-out', file('ca.crt')];
  openssl('req', '-x509', '-subj', '/CN=Authority of the tests', ...authority);
  const signed = (name: string, subject: string, extensions: string) => {
    const request = [...NEW_KEY, '-keyout', file(`${name}.key`), '-out', file(`${name}.csr`)];
    openssl('req', '-subj', subject, ...request);
    writeFileSync(file(`${name}.ext`), extensions);
    const by = ['-CA', file('ca.crt'), '-CAkey', file('ca.key'), '-CAcreateserial', ...SHORTLY];
    const to = ['-extfile', file(`${name}.ext`), '-out', file(`${name}.crt`)];
    openssl('x509', '-req', '-in', file(`${name}.csr`), ...by, ...to);
    return [file(`${name}.crt`), file(`${name}.key`)] as const;
  };
  const [serverCertFile, serverKeyFile] = signed('server', '/CN=eventstoredb-node', SERVER);
  const [userCertFile, userKeyFile] = signed('user', '/CN=admin', 'extendedKeyUsage=clientAuth\n');
  const remove = () => rmSync(folder, { recursive: true, force: true });
  return { caFile: file('ca.crt'), serverCertFile, serverKeyFile, userCertFile, userKeyFile, remove };
};
const SERVER = 'subjectAltName=IP:127.0.0.1,DNS:localhost\nextendedKeyUsage=serverAuth\n';

const openssl = (...words: string[]): void => {
  execFileSync('openssl', words, { stdio: ['ignore', 'ignore', 'pipe'] });
};
const opensslIsThere = (): boolean => {
  try {
    openssl('version');
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
};
