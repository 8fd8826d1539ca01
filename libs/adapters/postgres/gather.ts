interface Waiting<In, Out> {
  readonly item: In;
  readonly resolve: (out: Out) => void;
  readonly reject: (error: unknown) => void;
}
/** One question to the server takes at most so many. */
const GROUP_MAX = 1_000;

/** Calls of one moment go to the server together; those that come while it answers wait, and are the next to go together. */
export const gather = <In, Out>(answerAll: (items: readonly In[]) => Promise<readonly Out[]>) => {
  const waiting: Waiting<In, Out>[] = [];
  let isAsking = false;
  const ask = async (): Promise<void> => {
    isAsking = true;
    await Promise.resolve(); // whoever else calls at this moment
    while (waiting.length > 0) {
      const group = waiting.splice(0, GROUP_MAX);
      try {
        const outs = await answerAll(group.map(({ item }) => item));
        group.forEach(({ resolve }, n) => resolve(outs[n] as Out));
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    isAsking = false;
  };
  return (item: In): Promise<Out> =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isAsking) void ask();
    });
};
