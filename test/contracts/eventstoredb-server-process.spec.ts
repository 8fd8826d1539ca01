import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { TestServer } from '../support/eventstoredb/test-server';
import {
  connect,
  event,
  failureOf,
  leave,
  MINUTE,
  places,
  UNARY,
  visit,
} from '../support/eventstoredb/visit';

jest.setTimeout(MINUTE); // a busy machine may be slow

const HOOK = join(__dirname, '../support/typescript-hook.cjs');
const SERVE = join(__dirname, '../support/eventstoredb/serve.ts');

const started = async (...words: string[]) => {
  const child = spawn(process.execPath, ['-r', HOOK, SERVE, ...words], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, line };
};
const ended = async (child: ChildProcess) => ((await once(child, 'exit')) as [number | null])[0];

describe('the test server as a process of its own', () => {
  it('says where it is ready, answers there, and ends when it is told to', async () => {
    const { child, line } = await started();
    expect(line).toMatch(/^ready esdb:\/\/127\.0\.0\.1:\d+\?tls=false$/);
    const client = connect(line.replace('ready ', ''));
    await client.appendToStream('s', event());
    await client.appendToStream('s', event(), UNARY);
    expect(await places(client.readStream('s'))).toEqual(['s@0', 's@1']);
    leave(client);
    child.kill('SIGTERM');
    expect(await ended(child)).toBe(0);
  });
  it('takes the port it is given, and ends with its standard input', async () => {
    const free = await TestServer.start();
    await free.stop();
    const { child, line } = await started('--port', String(free.port));
    expect(line).toBe(`ready ${free.url}`);
    child.stdin.end();
    expect(await ended(child)).toBe(0);
  });
});

describe('a server without its gate', () => {
  it('keeps its port over a restart, and its data', () =>
    visit(
      async (server, client) => {
        await client.appendToStream('s', event());
        const { port } = server;
        server.kill();
        expect(await failureOf(places(client.readStream('s')))).toMatchObject({ code: 14 });
        await server.up();
        expect(server.port).toBe(port);
        expect(await places(client.readStream('s'))).toEqual(['s@0']);
      },
      { direct: true },
    ));
  it('stands still when it is frozen, but cannot break connections alone', () =>
    visit(
      async (server, client) => {
        await client.appendToStream('s', event());
        server.freeze();
        const failed = await failureOf(client.appendToStream('s', event(), { ...UNARY, deadline: 100 }));
        expect(failed).toMatchObject({ type: 'deadline-exceeded' });
        server.thaw();
        expect(await places(client.readStream('s'))).toEqual(['s@0', 's@1']);
        expect(() => server.reset()).toThrow('cannot reset');
      },
      { direct: true },
    ));
});
