import { Unavailable, type RowStore } from '@rapport/kernel';

type Call = 'commit' | 'position' | 'find' | 'arrange' | 'open';
/** Which calls fail, and how. */
interface Meant {
  readonly times: number;
  readonly when: (args: readonly unknown[]) => boolean;
  /** It is done all the same, and only the answer is lost. */
  readonly isDone: boolean;
}
interface Fault extends Omit<Meant, 'times'> {
  readonly call: Call;
  left: number;
}
const always = (): boolean => true;

/** Rows of which some calls fail, as those of a server that is away, or that are held up until they may go on. */
export class FaultyRows {
  readonly rows: RowStore;
  private faults: Fault[] = [];
  private held: (Pick<Fault, 'call' | 'when'> & { readonly until: Promise<void> }) | null = null;

  constructor(under: RowStore) {
    const through =
      <In extends unknown[], Out>(call: Call, work: (...args: In) => Promise<Out>) =>
      async (...args: In): Promise<Out> => {
        if (this.held?.call === call && this.held.when(args)) await this.held.until;
        const fault = this.faults.find((each) => each.left > 0 && each.call === call && each.when(args));
        if (!fault) return work(...args);
        fault.left--;
        if (fault.isDone) await work(...args);
        throw new Unavailable(`${call}: nobody there`);
      };
    this.rows = Object.assign(Object.create(under) as RowStore, {
      commit: through('commit', (...args: Parameters<RowStore['commit']>) => under.commit(...args)),
      position: through('position', (...args: Parameters<RowStore['position']>) => under.position(...args)),
      find: through('find', (...args: Parameters<RowStore['find']>) => under.find(...args)),
      arrange: through('arrange', (...args: Parameters<RowStore['arrange']>) => under.arrange(...args)),
      open: through('open', (...args: Parameters<RowStore['open']>) => under.open(...args)),
    });
  }

  /** The next calls of this kind fail, so many (default: one), or those that are meant. */
  fail(call: Call, { times = 1, isDone = false, when = always }: Partial<Meant> = {}): void {
    this.faults.push({ call, when, isDone, left: times });
  }
  recover(): void {
    this.faults = [];
  }
  /** Calls of this kind, or those that are meant, wait until the answer is called. */
  hold(call: Call, when: Meant['when'] = always): () => void {
    let go: () => void = () => undefined;
    this.held = { call, when, until: new Promise((resolve) => (go = resolve)) };
    return () => {
      this.held = null;
      go();
    };
  }
}
