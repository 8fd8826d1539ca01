import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { TestServer } from '../support/eventstoredb/test-server';

const HOOK = join(__dirname, '..', 'support', 'typescript-hook.cjs');
const PROCESS = join(__dirname, '..', 'support', 'two-writers-process.ts');

/** How a process with two writers ends when one of them is given up while the server stands still. */
const twoWriters = async (way: 'bare' | 'ours') => {
  const server = await TestServer.start();
  const child = spawn(process.execPath, ['-r', HOOK, PROCESS, way, server.url], { stdio: 'pipe' });
  let [out, complaint] = ['', ''];
  child.stdout.on('data', (some: Buffer) => (out += String(some)));
  child.stderr.on('data', (some: Buffer) => (complaint += String(some)));
  const says = async (word: string) => {
    while (!out.includes(word) && child.exitCode === null) await pause(5);
  };
  await says('ready');
  server.freeze();
  child.stdin.write('frozen\n');
  await says('given up');
  await pause(100);
  server.thaw();
  const [code] = child.exitCode === null ? ((await once(child, 'exit')) as [number]) : [child.exitCode];
  await server.stop();
  return { code, out, complaint };
};

/** Why appends are calls of their own here: see `Appender`. When the first of these fails, the client was mended. */
describe('two writers in one process, one of which is given up', () => {
  it('end the process when they append in the way of the client: it takes the answer of one for that of nobody', async () => {
    const { code, complaint } = await twoWriters('bare');
    expect(code).not.toBe(0);
    expect(complaint).toMatch(/TypeError: undefined is not iterable/);
  }, 30_000);
  it('do not disturb each other when they append in ours', async () => {
    const { code, out, complaint } = await twoWriters('ours');
    expect([code, complaint]).toEqual([0, '']);
    expect(out).toContain('stored');
  }, 30_000);
});
