export type Outcome<Out> = { readonly result: Out } | { readonly error: unknown };
interface Waiting<In, Out> {
  readonly item: In;
  readonly resolve: (out: Out) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One desk a lane: what comes in while the desk is busy waits and is then served together, in order. Desks work side
 * by side, so a process never conflicts with itself and a hot lane costs one append for many commands.
 */
export class Desks<In, Out> {
  private readonly queues = new Map<string, Waiting<In, Out>[]>();

  constructor(
    private readonly serve: (lane: string, items: readonly In[]) => Promise<readonly Outcome<Out>[]>,
    private readonly togetherMax: number,
  ) {}

  submit(lane: string, item: In): Promise<Out> {
    return new Promise((resolve, reject) => {
      const queue = this.queues.get(lane);
      if (queue) return void queue.push({ item, resolve, reject });
      this.queues.set(lane, [{ item, resolve, reject }]);
      void this.work(lane);
    });
  }

  private async work(lane: string): Promise<void> {
    const queue = this.queues.get(lane) ?? [];
    while (queue.length > 0) await this.serveSome(lane, queue.splice(0, this.togetherMax));
    this.queues.delete(lane);
  }

  private async serveSome(lane: string, some: readonly Waiting<In, Out>[]): Promise<void> {
    try {
      const outcomes = await this.serve(
        lane,
        some.map(({ item }) => item),
      );
      some.forEach(({ resolve, reject }, n) => {
        const outcome = outcomes[n] ?? { error: new Error(`no answer for ${lane}`) };
        if ('result' in outcome) resolve(outcome.result);
        else reject(outcome.error);
      });
    } catch (error) {
      for (const { reject } of some) reject(error);
    }
  }
}
