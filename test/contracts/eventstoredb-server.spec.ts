import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { conversation } from '../support/eventstoredb/conversation';
import { TestServer } from '../support/eventstoredb/test-server';

const FILE = join(__dirname, '../support/eventstoredb/conversation.txt');
const real = process.env['EVENTSTOREDB_URL'];
const MINUTE = 60_000;
if (!real) process.stdout.write('skipped: what a real server says today, EVENTSTOREDB_URL is not set\n');

const lines = (text: string) => text.split('\n');

/** What a real server (24.6) said is kept in a file; the test server must say the same, word for word. */
describe('the test server', () => {
  it(
    'answers like a real one',
    async () => {
      const server = await TestServer.start();
      const said = await conversation(server.url);
      await server.stop();
      expect(lines(said)).toEqual(lines(readFileSync(FILE, 'utf8')));
    },
    MINUTE,
  );

  (real ? it : it.skip)(
    'is compared with what a real server says today',
    async () => {
      const said = await conversation(real!);
      if (process.env['RECORD']) writeFileSync(FILE, said);
      expect(lines(said)).toEqual(lines(readFileSync(FILE, 'utf8')));
    },
    MINUTE,
  );
});
