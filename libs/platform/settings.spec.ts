import { BadSettings, Settings, settingsFrom, VARIABLES, variablesTable } from './settings';

const linesFor = (environment: Record<string, string>): readonly string[] => {
  try {
    settingsFrom(environment);
    return [];
  } catch (error) {
    if (!(error instanceof BadSettings)) throw error;
    return error.lines;
  }
};

describe('the settings', () => {
  it('have defaults that serve this machine alone', () => {
    expect(settingsFrom({ PATH: '/bin', RAPPORT_PORT: '' })).toMatchObject({
      ...{ RAPPORT_HOST: '127.0.0.1', RAPPORT_PORT: 3000, RAPPORT_DATA: './data', RAPPORT_LOG_LEVEL: 'info' },
    });
  });

  it('are read as what they are', () => {
    expect(settingsFrom({ RAPPORT_PORT: '8080', RAPPORT_DATA: '/srv/crm' })).toMatchObject({
      ...{ RAPPORT_PORT: 8080, RAPPORT_DATA: '/srv/crm' },
    });
  });

  it('name variable, value and rule when one is wrong, all of them at once', () => {
    const lines = linesFor({ RAPPORT_PORT: '70000', RAPPORT_LOG_LEVEL: 'loud', RAPPORT_TICK_MS: 'soon' });
    expect(lines).toContainEqual('RAPPORT_PORT=70000: RAPPORT_PORT must not be greater than 65535');
    expect(lines.join('\n')).toMatch(/RAPPORT_LOG_LEVEL=loud: .*one of .*debug/);
    expect(lines.join('\n')).toMatch(/RAPPORT_TICK_MS=soon: .*integer/);
  });

  it.each(['0.0.0.0', '::', '192.168.1.4', 'crm.example.org', '127.0.0.1.example.org'])(
    'do not serve %s to people of whom nothing is known',
    (host) => {
      expect(linesFor({ RAPPORT_HOST: host })).toEqual([
        expect.stringMatching(/RAPPORT_HOST=.*without auth/),
      ]);
      expect(linesFor({ RAPPORT_HOST: host, RAPPORT_AUTH_JWKS_URL: 'https://id.example/keys' })).toEqual([]);
    },
  );
  it.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1'])('serve %s, which is this machine', (host) => {
    expect(linesFor({ RAPPORT_HOST: host })).toEqual([]);
  });

  it('refuse a weak or doubled secret, and never show it', () => {
    const short = linesFor({ RAPPORT_AUTH_SECRET: 'swordfish' });
    expect(short).toEqual(['RAPPORT_AUTH_SECRET=(hidden): must have at least 32 bytes']);
    const both = { RAPPORT_AUTH_SECRET: 'x'.repeat(32), RAPPORT_AUTH_JWKS_URL: 'https://id.example/keys' };
    expect(linesFor(both)).toEqual([expect.stringContaining('not both')]);
    expect(linesFor({ RAPPORT_AUTH_JWKS_URL: 'keys' })).toEqual([expect.stringContaining('must be a URL')]);
    expect(linesFor({ RAPPORT_AUTH_SECRET: 'x'.repeat(5_000) }).join()).not.toContain('xxx');
  });

  it('name a server for the log, and what the names of our streams begin with there', () => {
    const settings = settingsFrom({ RAPPORT_EVENTSTOREDB: 'esdb://one,two?tls=false' });
    expect(settings).toMatchObject({
      RAPPORT_EVENTSTOREDB: 'esdb://one,two?tls=false',
      ...{ RAPPORT_EVENTSTOREDB_APPEND_MS: 15_000, RAPPORT_EVENTSTOREDB_APPENDS_MAX: 64 },
    });
    expect(linesFor({ RAPPORT_EVENTSTOREDB: 'http://one' })).toEqual([
      expect.stringMatching(/^RAPPORT_EVENTSTOREDB=http:\/\/one: .*write esdb:/),
    ]);
    for (const namespace of ['$ours', '.ours', 'our streams'])
      expect(linesFor({ RAPPORT_EVENTSTOREDB_NAMESPACE: namespace })).toEqual([
        expect.stringContaining('begins with a letter or digit'),
      ]);
  });

  it('are all explained in one table', () => {
    expect(Object.keys(new Settings()).every((name) => name in VARIABLES)).toBe(true);
    expect(variablesTable()).toContainEqual(['RAPPORT_PORT', '3000', expect.stringContaining('Port')]);
    expect(variablesTable()).toHaveLength(Object.keys(VARIABLES).length);
  });
});
