import { APART, LIVE, Stride } from './pace';

/** So many full steps, each of them as fast as so many events a millisecond. */
const stepped = (stride: Stride, steps: number, perMs: number): number => {
  for (let n = 0; n < steps; n++) stride.took(stride.limit, stride.limit / perMs);
  return stride.limit;
};

describe('who follows the log', () => {
  it('takes few events at a time where others need the process too, however many are waiting', () => {
    const slow = 2; // events a millisecond
    expect(stepped(new Stride(LIVE), 20, slow) / slow).toBeLessThanOrEqual(2 * LIVE.stepMs);
  });
  it('takes all that is waiting where nothing else is done, up to a second of work and to a limit', () => {
    expect(stepped(new Stride(APART), 20, 100)).toBe(APART.batchMax);
    expect(stepped(new Stride(APART), 20, 2) / 2).toBeGreaterThan(APART.stepMs / 4);
    expect(stepped(new Stride(APART), 20, 0.5) / 0.5).toBeLessThanOrEqual(2 * APART.stepMs);
  });
  it('does not commit event by event, however slow it is', () =>
    expect(stepped(new Stride(APART), 50, 0.001)).toBeGreaterThan(1));
});
