import { EventStoreDbEventLog } from '@rapport/adapters/eventstoredb';
import { realEventStoreDb } from '../support/real-servers';

/** Real servers, by the variable that names them. */
describe('EVENTSTOREDB_URL', () => {
  it('names a server that answers: the contracts and the journeys of this run are held to it', async () => {
    if (realEventStoreDb === undefined)
      return void process.stdout.write('skipped: EventStoreDB, EVENTSTOREDB_URL is not set\n');
    const log = await EventStoreDbEventLog.open({ url: realEventStoreDb });
    expect(log.driver).toContain('eventstoredb');
    await log.close();
  });
});

/** No suite speaks to these yet: they come with their adapters. */
const SERVERS = { DATABASE_URL: 'PostgreSQL' };

describe.each(Object.entries(SERVERS))('%s', (variable, server) => {
  it(`is not promised to work: no adapter of this release speaks to ${server}`, () => {
    if (process.env[variable] === undefined)
      process.stdout.write(`skipped: ${server}, ${variable} is not set\n`);
    // whoever names a server expects it to be tested: that must not look like a pass
    expect(process.env[variable]).toBeUndefined();
  });
});
