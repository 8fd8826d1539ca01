import { TestServer } from './test-server';

/** The test server as a process of its own: `serve.ts [--port N]`. It ends on SIGTERM or with its standard input. */
const portIn = (words: readonly string[]): number => {
  const at = words.indexOf('--port');
  const port = at < 0 ? 0 : Number(words[at + 1]);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error('--port takes a number up to 65535');
  return port;
};

const main = async (): Promise<void> => {
  const server = await TestServer.start({ port: portIn(process.argv.slice(2)), direct: true });
  const end = () => void server.stop().then(() => process.exit(0));
  process.on('SIGTERM', end).on('SIGINT', end);
  process.stdin.on('end', end).on('close', end).resume();
  console.log(`ready ${server.url}`);
};
void main();
