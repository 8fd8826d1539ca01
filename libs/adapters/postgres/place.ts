import type { PoolConfig } from 'pg';
import { addressIn, isPlainName, WrongPostgresAddress, type Address } from './address';
import { TIMES, type Times } from './limits';

/** Where rows and keys are kept on a server. */
export interface PostgresPlace {
  /** `postgres://name:password@host:5432/database`. TLS unless the host is this machine or it says `sslmode=disable`. */
  readonly address: string;
  /** The schema of the rows (default `rapport`); keys are in `<schema>_keys`. */
  readonly schema?: string;
  /** Connections for rows at the same time (default 10). */
  readonly connectionsMax?: number;
  /** The certificate of the authority that the server is believed by, where it is not a public one (PEM). */
  readonly ca?: string;
  readonly readonly?: boolean;
  /** In how many parts rows may be written side by side, by as many processes (default 6). */
  readonly lanes?: number;
  readonly analysts?: Partial<Analysts>;
  readonly times?: Partial<Times>;
  /** What an operator should know and nothing stops for. */
  readonly tell?: (sentence: string) => void;
}
/** Who reads with SQL, and where. */
export interface Analysts {
  /** The schema of their views (default `analysts`). */
  readonly schema: string;
  /** Whoever has this role may read the views, and nothing else of ours (default `rapport_analyst`). */
  readonly role: string;
}
export const SCHEMA = 'rapport';
export const ANALYSTS: Analysts = { schema: 'analysts', role: 'rapport_analyst' };

export const schemaOf = ({ schema = SCHEMA }: PostgresPlace): string => plain(schema);
export const keySchemaOf = (place: PostgresPlace): string => `${schemaOf(place)}_keys`;
export const timesOf = ({ times }: PostgresPlace): Times => ({ ...TIMES, ...times });
export const analystsOf = ({ analysts }: PostgresPlace): Analysts => {
  const { schema, role } = { ...ANALYSTS, ...analysts };
  return { schema: plain(schema), role: plain(role) };
};
const plain = (name: string): string => {
  if (isPlainName(name)) return name;
  throw new WrongPostgresAddress([
    `${name} is no name for a schema or role of ours: up to 48 of a-z, 0-9 and _, a letter first`,
  ]);
};

/** What a connection says of itself, and how long anything may take on it. */
export const poolConfigOf = (place: PostgresPlace, connectionsMax: number): PoolConfig => {
  const address = addressIn(place.address);
  const { host, port, database, user, password } = address;
  const times = timesOf(place);
  return {
    ...{ host, port, database, user, max: connectionsMax, application_name: 'rapport' },
    ...(password !== undefined && { password }),
    ssl: tlsOf(address, place.ca),
    keepAlive: true,
    connectionTimeoutMillis: times.connectMs,
    idleTimeoutMillis: times.idleMs,
    statement_timeout: times.statementMs,
    lock_timeout: times.lockMs,
    idle_in_transaction_session_timeout: times.pauseMs,
    query_timeout: times.statementMs + times.answerMs,
    ...(place.readonly && { options: '-c default_transaction_read_only=on' }),
  };
};
const tlsOf = ({ sslMode }: Address, ca: string | undefined): PoolConfig['ssl'] => {
  if (sslMode === 'disable') return false;
  return { rejectUnauthorized: sslMode === 'verify-full', ...(ca !== undefined && { ca }) };
};
