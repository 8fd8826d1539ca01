import { StorageUnavailable } from '@rapport/kernel';

/** PostgreSQL itself refused (a statement that does not fit, a broken table, a missing right): a fault, never a refusal. */
export class PostgresFault extends Error {
  constructor(
    /** PostgreSQL's own word, such as `42P01`. */
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
  }
}
/** The server cannot be used as it is: the message says what to do. */
export class PostgresUnusable extends Error {}

/** What passes by itself, by the server's code or its first two letters. */
const PASSING: Readonly<Record<string, string>> = {
  '08': 'the connection is gone',
  '25006': 'it takes no writes: a standby answers there',
  '25P03': 'it took its locks back, because this process stood still for too long',
  '40001': 'another process was faster',
  '40P01': 'another process was in the way',
  '53': 'it has not enough of something',
  '55P03': 'somebody else held a lock for too long',
  '57014': 'it was not done in time',
  '57P01': 'it is being stopped',
  '57P02': 'it has crashed',
  '57P03': 'it is not ready yet',
  '57P05': 'it closed the connection',
};
const SOCKET =
  /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|E(HOST|NET)UNREACH|EHOSTDOWN|ENETDOWN|ENOTFOUND|EAI_AGAIN)$/;
/** The driver has no codes for these. */
const DRIVER =
  /^(Connection terminated|timeout exce|timeout expired|Query read timeout|Client (has encountered|was closed))/;
/** Every connection was in use for as long as one waits for one. */
const CROWDED = /^timeout exceeded when trying to connect/;

const partsOf = (error: unknown): { readonly code: string; readonly message: string } => {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return { code: typeof code === 'string' ? code : '', message: String(message ?? error) };
};
const isFromServer = (code: string): boolean => /^[0-9A-Z]{5}$/.test(code) && /\d/.test(code);

const passing = (error: unknown): string | undefined => {
  const { code, message } = partsOf(error);
  if (SOCKET.test(code)) return message === '' ? code : message;
  if (CROWDED.test(message)) return 'nobody answered in time, or all our connections were in use';
  if (code === '' && DRIVER.test(message)) return message;
  const reason = PASSING[code] ?? PASSING[code.slice(0, 2)];
  return reason === undefined ? undefined : `${reason} (${code}: ${message})`;
};

/** What the driver throws, as an error of ours; everything else stays what it is. */
export const faultOf = (error: unknown, server: string): Error => {
  const reason = passing(error);
  if (reason !== undefined) return new StorageUnavailable(`${server}: ${reason}`, { cause: error });
  const { code, message } = partsOf(error);
  // the server's details would put values of rows into the log
  if (isFromServer(code)) return new PostgresFault(code, message);
  return error instanceof Error ? error : new Error(message);
};

/** Whether anything may still be asked on the connection that brought it. */
export const breaksConnection = (error: unknown): boolean => {
  const { code, message } = partsOf(error);
  return !isFromServer(code) ? SOCKET.test(code) || DRIVER.test(message) : /^(08|57P|25P03)/.test(code);
};

const ADVICE: Readonly<Record<string, string>> = {
  '28P01': 'name and password do not belong together',
  '28000': 'it does not let this user in from here (pg_hba.conf)',
  '3D000': 'there is no such database: create it first',
  '42501': 'this user lacks a right there',
};
const UNTRUSTED = /^(SELF_SIGNED|UNABLE_TO|CERT_|DEPTH_ZERO|ERR_TLS)/;

/** For the start: what an operator can do about it is said, the rest is a fault. */
export const unusable = (error: unknown, server: string): Error => {
  const fault = faultOf(error, server);
  const { code, message } = partsOf(fault);
  if (ADVICE[code] !== undefined) return new PostgresUnusable(`${server}: ${ADVICE[code]} (${message})`);
  if (UNTRUSTED.test(code))
    return new PostgresUnusable(
      `${server}: its certificate is not believed (${message}): name its authority`,
    );
  if (/does not support SSL/.test(message))
    return new PostgresUnusable(
      `${server}: it speaks no TLS: add ?sslmode=disable to the address, or let it speak TLS`,
    );
  return fault;
};
