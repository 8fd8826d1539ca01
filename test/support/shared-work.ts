import type { Position } from '@rapport/kernel';

/** Processes that share the lanes of one product; real ones, or such as are played. The n-th is the n-th that came. */
export interface Crew {
  joins(): Promise<unknown>;
  leaves(n: number): Promise<void>;
  /** Without a word. */
  crashes(n: number): Promise<void>;
  /** Some commands come in, spread over all lanes. */
  hearsOf(n: number): Promise<void>;
  passes(seconds: number): Promise<void>;
  /** How many lanes each has, in the order in which they came. */
  shares(): Promise<readonly number[]>;
  /** Everything up to here is in the rows, according to somebody who keeps none of them. */
  watermark(): Promise<Position>;
  head(): Promise<Position>;
  /** How many events up to a position are in rows, and how many there are. */
  readUpTo(position: Position): Promise<{ readonly inRows: number; readonly inLog: number }>;
}

/** What was seen on the way: the shares after each change, and what was wrong with the watermark. */
export interface SharedWork {
  readonly shares: readonly (readonly number[])[];
  readonly wrong: readonly string[];
}

/** One begins with six lanes, a second and a third come, one crashes, one leaves; commands come in all the time. */
export const sharedWork = async (crew: Crew, leaseSeconds: number): Promise<SharedWork> => {
  const shares: (readonly number[])[] = [];
  const wrong: string[] = [];
  let before = await crew.watermark();
  let heard = 0;
  const goOn = async (seconds: number) => {
    for (let passed = 0; passed < seconds; passed++) {
      await crew.hearsOf(heard++);
      await crew.passes(1);
      const mark = await crew.watermark();
      if (mark < before) wrong.push(`${mark} after ${before}`);
      const { inRows, inLog } = await crew.readUpTo(mark);
      if (inRows !== inLog) wrong.push(`${inRows} of ${inLog} events in rows up to ${mark}`);
      before = mark;
    }
  };
  const change = async (happens: () => Promise<unknown>, seconds: number) => {
    await happens();
    await goOn(seconds);
    shares.push(await crew.shares());
  };
  await change(() => crew.joins(), 2);
  await change(() => crew.joins(), leaseSeconds);
  await change(() => crew.joins(), leaseSeconds);
  await change(() => crew.crashes(1), 2 * leaseSeconds);
  await change(() => crew.leaves(0), leaseSeconds);
  await crew.passes(leaseSeconds);
  if ((await crew.watermark()) !== (await crew.head()))
    wrong.push(`${await crew.watermark()} of ${await crew.head()}`);
  return { shares, wrong };
};
