/** The address cannot be used: each line says what is wrong with it and what would be right. */
export class WrongPostgresAddress extends Error {
  constructor(readonly lines: readonly string[]) {
    super(lines.join('; '));
  }
}
/** `disable`: in clear. `require`: TLS with whoever answers. `verify-full`: TLS with the one whose certificate we believe. */
export type SslMode = 'disable' | 'require' | 'verify-full';
/** An address, understood. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** Without one the driver looks into PGPASSWORD and the password file. */
  readonly password: string | undefined;
  readonly sslMode: SslMode;
}

const FORM = 'postgres://name:password@host:5432/database[?sslmode=disable|require|verify-full]';
const SSL_MODES: readonly string[] = ['disable', 'require', 'verify-full'];
const PORT = 5432;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

/** Throws `WrongPostgresAddress` with everything that is wrong with it at once. */
export const addressIn = (text: string): Address => {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || url.hostname === '')
    throw new WrongPostgresAddress([
      `${withoutPassword(text)} is no address of PostgreSQL: write ${FORM}; letters such as # / ? in a password are written as %23 %2F %3F`,
    ]);
  const lines = [...incomplete(url), ...garbled(url), ...wrongOptions(url.searchParams)];
  if (lines.length > 0) throw new WrongPostgresAddress(lines);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return {
    host,
    port: url.port === '' ? PORT : Number(url.port),
    database: decodeURIComponent(url.pathname.slice(1)),
    user: decodeURIComponent(url.username),
    password: url.password === '' ? undefined : decodeURIComponent(url.password),
    sslMode: (url.searchParams.get('sslmode') ?? defaultFor(host)) as SslMode,
  };
};

/** Rows hold names and phone numbers: over a network they go in clear only where somebody has said so. */
const defaultFor = (host: string): SslMode => (LOOPBACK.test(host) ? 'disable' : 'verify-full');

const incomplete = ({ username, pathname }: URL): readonly string[] => [
  ...(username === '' ? [`it names no user: write ${FORM}`] : []),
  ...(/^\/[^/]+$/.test(pathname) ? [] : [`it names no database: write ${FORM}`]),
];
const garbled = ({ username, password, pathname }: URL): readonly string[] =>
  [username, password, pathname].every((part) => /^(?:[^%]|%[\da-f]{2})*$/i.test(part))
    ? []
    : ['it holds a % that begins no letter: % itself is written as %25'];
const wrongOptions = (options: URLSearchParams): readonly string[] =>
  [...options].flatMap(([name, value]) => {
    if (name !== 'sslmode') return [`${name} is not an option: there is sslmode`];
    return SSL_MODES.includes(value) ? [] : [`sslmode=${value} must be one of ${SSL_MODES.join(', ')}`];
  });

/** An address as it may be shown, also where it is none: whatever stands between a colon and an @ may be a password. */
export const withoutPassword = (text: string): string => text.replace(/:(?!\/\/).*@/s, ':***@');

/** Schemas and roles have names that nobody must quote, short enough for what is appended to them. */
export const isPlainName = (name: string): boolean => /^[a-z][a-z0-9_]{0,47}$/.test(name);
