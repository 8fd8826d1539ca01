import { Worker } from 'node:worker_threads';
import { Turns, turnsForThreads } from './turns';

/** Holds the turn until it is told, in a thread of its own: the same slots, written by hand. */
const HOLDER = `
  const { workerData, parentPort } = require('node:worker_threads');
  const slots = new BigInt64Array(workerData);
  Atomics.store(slots, 0, 1n);
  parentPort.once('message', () => {
    Atomics.store(slots, 0, 0n);
    Atomics.notify(slots, 0, 1);
    parentPort.postMessage('given back');
  });
  parentPort.postMessage('taken');`;

describe('threads that write to one file', () => {
  it('wait for their turn without asking again and again, and go on as soon as it is given back', async () => {
    const shared = turnsForThreads();
    const holder = new Worker(HOLDER, { eval: true, workerData: shared });
    await new Promise((taken) => holder.once('message', taken));
    holder.postMessage('give it back'); // heard by the other thread while this one sleeps
    const cpu = process.cpuUsage();
    expect(new Turns({ shared, leavesRoom: false }).take(() => 'written')).toBe('written');
    expect(process.cpuUsage(cpu).user).toBeLessThan(1_000_000);
    expect(new BigInt64Array(shared)[0]).toBe(0n);
    await holder.terminate();
  });
  it('give the turn back also when the write has failed', () => {
    const turns = new Turns({ shared: turnsForThreads(), leavesRoom: false });
    const failing = () =>
      turns.take(() => {
        throw new Error('the disk is full');
      });
    expect(failing).toThrow('the disk is full');
    expect(turns.take(() => 1)).toBe(1);
  });
  it('leave the file free for as long as they had it, where somebody serves from it', () => {
    const shared = turnsForThreads();
    const turns = new Turns({ shared, leavesRoom: true });
    const [busy] = [new BigInt64Array(shared)];
    turns.take(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 40));
    const freeAt = Number(busy[1]);
    expect(turns.take(() => Date.now())).toBeGreaterThanOrEqual(freeAt);
  });
});
