import { addressIn, withoutPassword, WrongPostgresAddress } from './address';
import { schemaOf } from './place';

describe('an address of PostgreSQL', () => {
  it('names host, port, database, user and password', () =>
    expect(addressIn('postgres://ann:se%2Fcret@db.example.org:6432/crm')).toEqual({
      ...{ host: 'db.example.org', port: 6432, database: 'crm', user: 'ann', password: 'se/cret' },
      sslMode: 'verify-full',
    }));
  it.each([
    ['postgres://ann@localhost/crm', 'disable'],
    ['postgresql://ann@127.0.0.1/crm', 'disable'],
    ['postgres://ann@[::1]/crm', 'disable'],
    ['postgres://ann@localhost/crm?sslmode=require', 'require'],
    ['postgres://ann@db/crm', 'verify-full'],
    ['postgres://ann@db/crm?sslmode=disable', 'disable'],
  ])('%s means TLS as in %s', (text, sslMode) => expect(addressIn(text).sslMode).toBe(sslMode));
  it('has the usual port where it names none', () =>
    expect(addressIn('postgres://ann@[::1]/crm')).toMatchObject({ host: '::1', port: 5432 }));

  it.each([
    ['esdb://db:2113', /no address of PostgreSQL/],
    ['db:5432', /no address of PostgreSQL/],
    ['postgres://', /no address of PostgreSQL/],
    ['postgres://db/crm', /names no user/],
    ['postgres://ann@db', /names no database/],
    ['postgres://ann@db/crm/more', /names no database/],
    ['postgres://ann:50%@db/crm', /written as %25/],
    ['postgres://ann@db/crm?sslmode=prefer', /sslmode=prefer must be one of disable, require, verify-full/],
    ['postgres://ann@db/crm?ssl=1', /ssl is not an option: there is sslmode/],
  ])('%s is none: that is said', (text, why) => {
    expect(() => addressIn(text)).toThrow(WrongPostgresAddress);
    expect(() => addressIn(text)).toThrow(why);
  });
  it('says everything that is wrong with it at once', () =>
    expect(() => addressIn('postgres://db?ssl=1')).toThrow(/no user.*no database.*ssl is not/));
  it('never shows its password', () => {
    expect(() => addressIn('postgres://ann:sec/ret@db/crm')).toThrow(/postgres:\/\/ann:\*\*\*@db/);
    expect(withoutPassword('postgres://ann:secret@db:5432/crm')).toBe('postgres://ann:***@db:5432/crm');
  });
});

describe('the name of a schema', () => {
  it.each(['rapport', 'crm_2'])('may be %s', (schema) =>
    expect(schemaOf({ address: '', schema })).toBe(schema),
  );
  it.each(['', 'Rapport', '2crm', 'a"b', 'a b', 'x'.repeat(49)])('may not be "%s"', (schema) =>
    expect(() => schemaOf({ address: '', schema })).toThrow(WrongPostgresAddress),
  );
});
