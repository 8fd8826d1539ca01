import { existsSync } from 'node:fs';
import { EventStoreDBClient, type Credentials } from '@eventstore/db-client';

/** The address cannot be used: each line says what is wrong with it and what would be right. */
export class WrongAddress extends Error {
  constructor(readonly lines: readonly string[]) {
    super(lines.join('; '));
  }
}
export type Preference = 'leader' | 'follower' | 'random' | 'readOnlyReplica';
/** A connection string, understood. */
export interface Address {
  readonly url: string;
  readonly scheme: 'esdb' | 'esdb+discover';
  readonly hosts: readonly string[];
  readonly secure: boolean;
  readonly credentials: Credentials | null;
  /** Where projectors read: followers of a cluster, unless the address says otherwise. */
  readonly preference: Preference | null;
}

const FORM = 'esdb://[name:password@]host:2113[,host:2113…][?option=value&…]';
const PARTS = /^(esdb|esdb\+discover):\/\/(?:([^:@/]+):([^@/]+)@)?([^/?@]+)\/?(?:\?(.*))?$/;
const HOST = /^(\[[\da-fA-F:]+\]|[\w.-]+)(?::(\d{1,5}))?$/;
const PORT_MAX = 65_535;
/** Below this the server counts pings as an attack and closes the connection. */
const KEEP_ALIVE_MS_MIN = 10_000;

type Rule = (value: string) => string | null;
const isFlag: Rule = (value) => (value === 'true' || value === 'false' ? null : 'must be true or false');
const isFile: Rule = (value) =>
  existsSync(decodeURIComponent(value)) ? null : 'names a file that does not exist';
const isCount: Rule = (value) =>
  /^\d{1,9}$/.test(value) && Number(value) > 0 ? null : 'must be a whole number above 0';
const isKeepAlive: Rule = (value) =>
  value === '-1' || (/^\d{1,9}$/.test(value) && Number(value) >= KEEP_ALIVE_MS_MIN)
    ? null
    : `must be -1 (never) or at least ${KEEP_ALIVE_MS_MIN} milliseconds`;
const isPreference: Rule = (value) =>
  ['leader', 'follower', 'random', 'readonlyreplica'].includes(value.toLowerCase())
    ? null
    : 'must be leader, follower, random or readOnlyReplica';
const isName: Rule = (value) => (value.length <= 100 ? null : 'has at most 100 characters');

/** The options that this program passes on; the client would take others without a word. */
const OPTIONS: Readonly<Record<string, Rule>> = {
  ...{ tls: isFlag, tlsCAFile: isFile, userCertFile: isFile, userKeyFile: isFile },
  ...{ nodePreference: isPreference, keepAliveInterval: isKeepAlive, keepAliveTimeout: isKeepAlive },
  ...{
    defaultDeadline: isCount,
    maxDiscoverAttempts: isCount,
    discoveryInterval: isCount,
    gossipTimeout: isCount,
  },
  connectionName: isName,
};

/** Throws `WrongAddress` with everything that is wrong with it at once. */
export const addressIn = (url: string): Address => {
  const [, scheme = '', name, password, hosts = '', query = ''] = PARTS.exec(url.trim()) ?? [];
  if (scheme === '')
    throw new WrongAddress([`${withoutPassword(url)} is no address of EventStoreDB: write ${FORM}`]);
  const options = new Map(query.split('&').filter(Boolean).map(pairIn));
  const list = hosts.split(',');
  const lines = [...wrongHosts(list, scheme), ...wrongOptions(options), ...contradictions(options)];
  if (lines.length > 0) throw new WrongAddress(lines);
  return {
    url: url.trim(),
    scheme: scheme as Address['scheme'],
    hosts: list,
    secure: options.get('tls') !== 'false',
    credentials:
      name === undefined
        ? null
        : { username: decodeURIComponent(name), password: decodeURIComponent(password ?? '') },
    preference: (options.get('nodePreference') as Preference | undefined) ?? null,
  };
};

const pairIn = (text: string): readonly [string, string] => {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
};
const wrongHosts = (hosts: readonly string[], scheme: string): readonly string[] => [
  ...hosts.flatMap((host) => {
    const [, name, port = '2113'] = HOST.exec(host) ?? [];
    if (name === undefined) return [`"${host}" is no host: write name:port, several with commas between`];
    return Number(port) > 0 && Number(port) <= PORT_MAX
      ? []
      : [`${host}: a port lies between 1 and ${PORT_MAX}`];
  }),
  ...(scheme === 'esdb+discover' && hosts.length > 1
    ? ['esdb+discover asks one DNS name for the nodes: name several nodes with esdb://']
    : []),
];
const wrongOptions = (options: ReadonlyMap<string, string>): readonly string[] =>
  [...options].flatMap(([name, value]) => {
    const rule = OPTIONS[name];
    if (!rule) return [`${name} is not an option: there are ${Object.keys(OPTIONS).join(', ')}`];
    const wrong = rule(value);
    return wrong === null ? [] : [`${name}=${value} ${wrong}`];
  });
const contradictions = (options: ReadonlyMap<string, string>): readonly string[] => {
  const isInsecure = options.get('tls') === 'false';
  const rules: readonly (readonly [boolean, string])[] = [
    [
      options.has('userCertFile') !== options.has('userKeyFile'),
      'userCertFile and userKeyFile belong together: name both or neither',
    ],
    [isInsecure && options.has('tlsCAFile'), 'tls=false and tlsCAFile contradict each other: leave one out'],
    [
      isInsecure && options.has('userCertFile'),
      'tls=false and userCertFile contradict each other: leave one out',
    ],
  ];
  return rules.filter(([isBroken]) => isBroken).map(([, line]) => line);
};

/** An address as it may be shown, also where it is none: whatever stands between a colon and an @ may be a password. */
export const withoutPassword = (url: string): string => url.replace(/:(?!\/\/).*@/s, ':***@');

/** A client of its own for one duty; `preference` counts in clusters only. */
export const clientFor = ({ url, hosts, scheme }: Address, preference: Preference): EventStoreDBClient => {
  const bare = url.replace(/([?&])nodePreference=[^&]*&?/, '$1').replace(/[?&]$/, '');
  if (hosts.length === 1 && scheme === 'esdb') return EventStoreDBClient.connectionString(bare);
  return EventStoreDBClient.connectionString(
    `${bare}${bare.includes('?') ? '&' : '?'}nodePreference=${preference}`,
  );
};

/** A server without TLS asks for no name; one is given all the same, because it decides on which path appends travel. */
export const credentialsFor = ({ credentials }: Address): Credentials =>
  credentials ?? { username: 'anonymous', password: 'none' };
