interface Waiting<In, Out> {
  readonly item: In;
  readonly resolve: (out: Out) => void;
  readonly reject: (error: unknown) => void;
}
/** One question to the server takes at most so many. */
const GROUP_MAX = 1_000;

/** Calls that come while the server answers others wait, and then go to it together. */
export const gather = <In, Out>(answerAll: (items: readonly In[]) => Promise<readonly Out[]>) => {
  const waiting: Waiting<In, Out>[] = [];
  let isAsking = false;
  const ask = async (): Promise<void> => {
    for (isAsking = true; waiting.length > 0;) {
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
