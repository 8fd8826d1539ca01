import 'reflect-metadata';
import { parentPort, workerData } from 'node:worker_threads';
import { declaredIn, Hand, type TableComparison } from '@rapport/kernel';
import { openBeside } from './beside';
import { failureOf } from './failures';
import type { FromHand, HandPlace, ToHand } from './words';

const say = (word: FromHand): void => parentPort?.postMessage(word);
type Task = Extract<ToHand, { readonly say: 'fold' | 'compare' }>;

/** A hand in a thread of its own, with connections of its own: it folds and compares until it may go. */
const main = async ({ place, ...how }: HandPlace): Promise<void> => {
  const application = await openBeside(place, how);
  const { rows, store, plan } = application;
  const hand = new Hand({ rows, store }, declaredIn(plan.readModels, plan.rollups));
  const underWay = new Map<number, AbortController>();

  const done = async (task: Task): Promise<readonly TableComparison[]> => {
    if (task.say === 'compare') return hand.compare(task.model);
    const { id } = task;
    const ending = new AbortController();
    underWay.set(id, ending);
    const onEvents = (events: number) => say({ say: 'read', id, events });
    await hand.fold(task.stretches, task.plan, { onEvents, signal: ending.signal });
    return [];
  };
  const work = async (task: Task): Promise<void> => {
    const { id } = task;
    try {
      say({ say: 'done', id, tables: await done(task) });
    } catch (error) {
      say({ say: 'failed', id, failure: failureOf(error) });
    } finally {
      underWay.delete(id);
    }
  };
  parentPort?.on('message', (word: ToHand) => {
    if (word.say === 'stop') underWay.get(word.id)?.abort();
    else if (word.say === 'go') void application.stop().then(() => parentPort?.close());
    else void work(word);
  });
  say({ say: 'ready' });
};

main(workerData as HandPlace).catch((error: unknown) => {
  say({ say: 'failed', id: null, failure: failureOf(error) });
  parentPort?.close();
});
