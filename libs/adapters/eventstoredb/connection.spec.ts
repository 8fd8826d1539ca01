import { addressIn, WrongAddress, withoutPassword } from './connection';

const wrong = (url: string): readonly string[] => {
  try {
    addressIn(url);
    return [];
  } catch (error) {
    if (error instanceof WrongAddress) return error.lines;
    throw error;
  }
};

describe('an address', () => {
  it('of one node speaks TLS unless it says otherwise', () => {
    expect(addressIn('esdb://db:2113')).toMatchObject({
      hosts: ['db:2113'],
      secure: true,
      credentials: null,
    });
    expect(addressIn('esdb://db?tls=false')).toMatchObject({ hosts: ['db'], secure: false });
  });
  it('of a cluster names its nodes, a user, and where projectors read', () => {
    expect(
      addressIn('esdb://ann:p%40ss@a:2113,b:2114,[::1]:2115/?tls=true&nodePreference=follower'),
    ).toMatchObject({
      ...{ hosts: ['a:2113', 'b:2114', '[::1]:2115'], preference: 'follower' },
      credentials: { username: 'ann', password: 'p@ss' },
    });
  });
  it('by a DNS name has one', () => {
    expect(addressIn('esdb+discover://cluster.example.org:2113').scheme).toBe('esdb+discover');
    expect(wrong('esdb+discover://a,b')[0]).toContain('name several nodes with esdb://');
  });
  it.each([
    ['http://db:2113', 'is no address of EventStoreDB: write esdb://'],
    ['esdb://', 'is no address of EventStoreDB'],
    ['esdb://db:0', 'a port lies between 1 and 65535'],
    ['esdb://db:70000', 'a port lies between 1 and 65535'],
    ['esdb://d b', '"d b" is no host'],
    ['esdb://db?tls=no', 'tls=no must be true or false'],
    ['esdb://db?insecure=true', 'insecure is not an option: there are tls, '],
    ['esdb://db?nodePreference=boss', 'must be leader, follower, random or readOnlyReplica'],
    ['esdb://db?keepAliveInterval=500', 'at least 10000 milliseconds'],
    ['esdb://db?defaultDeadline=soon', 'must be a whole number above 0'],
    ['esdb://db?tlsCAFile=/nobody/ca.crt', 'names a file that does not exist'],
    ['esdb://db?throwOnAppendFailure=false', 'throwOnAppendFailure is not an option'],
  ])('%s is refused: %s', (url, why) => {
    expect(wrong(url).join('\n')).toContain(why);
  });
  it('tells everything that is wrong with it at once', () => {
    expect(wrong(`esdb://a:0,b?tls=x&userCertFile=${encodeURIComponent(__filename)}&none=1`)).toHaveLength(4);
  });
  it('may not contradict itself', () => {
    const file = encodeURIComponent(__filename);
    expect(wrong(`esdb://a?tls=false&tlsCAFile=${file}`)[0]).toContain('contradict each other');
    expect(wrong(`esdb://a?userKeyFile=${file}`)[0]).toContain('belong together');
  });
  it('is shown without its password, also when it is wrong', () => {
    expect(withoutPassword('esdb://ann:secret@db')).toBe('esdb://ann:***@db');
    expect(wrong('esdbx://ann:secret@db').join('')).not.toContain('secret');
  });
});
