import { Fenced, StorageUnavailable, Unavailable } from '@rapport/kernel';
import { breaksConnection, faultOf, PostgresFault, PostgresUnusable, unusable } from './faults';

const server = (code: string, message = 'so it is') => Object.assign(new Error(message), { code });
const driver = (message: string) => new Error(message);

describe('what PostgreSQL throws', () => {
  it.each([
    server('ECONNREFUSED'),
    server('ENOTFOUND'),
    server('08006'),
    server('25006'),
    server('25P03'),
    server('40P01'),
    server('53300'),
    server('55P03'),
    server('57014'),
    server('57P01'),
    server('57P03'),
    driver('Connection terminated unexpectedly'),
    driver('Query read timeout'),
    driver('timeout exceeded when trying to connect'),
    driver('Client has encountered a connection error and is not queryable'),
  ])('passes by itself: %s', (error) => {
    expect(faultOf(error, 'PostgreSQL at db')).toBeInstanceOf(StorageUnavailable);
    expect(faultOf(error, 'PostgreSQL at db')).toBeInstanceOf(Unavailable);
    expect(faultOf(error, 'PostgreSQL at db').message).toMatch(/^PostgreSQL at db: \w/);
  });
  it.each(['42P01', '22P02', '23505', '42501', '28P01', 'XX001'])(
    'is a fault: %s, without what the rows hold',
    (code) => {
      const error = Object.assign(server(code, 'no'), { detail: 'Key (name)=(Ann) exists' });
      const fault = faultOf(error, 'PostgreSQL at db');
      expect(fault).toBeInstanceOf(PostgresFault);
      expect(fault).toMatchObject({ code, message: `${code}: no` });
      expect(JSON.stringify(fault) + String(fault.stack) + String(fault.cause)).not.toContain('Ann');
    },
  );
  it('may be none of its errors: those stay what they are', () => {
    const [fenced, bug] = [new Fenced('me'), new TypeError('x is not a function')];
    expect([faultOf(fenced, 'db'), faultOf(bug, 'db')]).toEqual([fenced, bug]);
    expect(faultOf('thrown text', 'db').message).toBe('thrown text');
  });
  it('leaves its connection usable after a refusal only', () => {
    const gone = [
      server('57P01'),
      server('08006'),
      server('25P03'),
      server('ECONNRESET'),
      driver('Query read timeout'),
    ];
    const usable = [server('23505'), server('40P01'), server('57014'), new Fenced('me')];
    expect(gone.map(breaksConnection)).toEqual(gone.map(() => true));
    expect(usable.map(breaksConnection)).toEqual(usable.map(() => false));
  });
});

describe('at the start', () => {
  it.each([
    [server('28P01'), /name and password do not belong together/],
    [server('28000'), /pg_hba/],
    [server('3D000'), /there is no such database: create it first/],
    [server('42501'), /lacks a right/],
    [server('SELF_SIGNED_CERT_IN_CHAIN'), /its certificate is not believed/],
    [server('ERR_TLS_CERT_ALTNAME_INVALID'), /its certificate is not believed/],
    [driver('The server does not support SSL connections'), /sslmode=disable/],
  ])('%s comes with what can be done about it', (error, advice) => {
    expect(unusable(error, 'PostgreSQL at db')).toBeInstanceOf(PostgresUnusable);
    expect(unusable(error, 'PostgreSQL at db').message).toMatch(advice);
  });
  it('what passes by itself may be tried again, and what is ours stays a fault', () => {
    expect(unusable(server('57P03'), 'db')).toBeInstanceOf(Unavailable);
    expect(unusable(server('42601'), 'db')).toBeInstanceOf(PostgresFault);
  });
});
