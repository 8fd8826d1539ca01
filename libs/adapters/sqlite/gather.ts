import { faultOf } from './answer';

interface Waiting<In, Out> {
  readonly item: In;
  readonly resolve: (out: Out) => void;
  readonly reject: (error: unknown) => void;
}
/** One transaction takes at most so many. */
const GROUP_MAX = 1_000;

/** Calls that meet in one turn of the event loop are answered together: one transaction and one fsync for all. */
export const gather = <In, Out>(answerAll: (items: readonly In[]) => readonly Out[]) => {
  const waiting: Waiting<In, Out>[] = [];
  const flush = () => {
    const group = waiting.splice(0, GROUP_MAX);
    if (waiting.length > 0) setImmediate(flush);
    try {
      const outs = answerAll(group.map(({ item }) => item));
      group.forEach(({ resolve }, n) => {
        resolve(outs[n] as Out);
      });
    } catch (error) {
      const fault = faultOf(error);
      for (const { reject } of group) reject(fault);
    }
  };
  return (item: In): Promise<Out> =>
    new Promise((resolve, reject) => {
      if (waiting.push({ item, resolve, reject }) === 1) setImmediate(flush);
    });
};
