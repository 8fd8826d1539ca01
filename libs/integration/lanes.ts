/**
 * Lanes side by side, at most so many at once, and each lane in its order. When one fails its lane stops there, no
 * further lane is begun, and the failure is thrown after all that was under way has come to its end: nothing is left
 * that could overtake the next attempt.
 */
export const inLanes = async <T>(
  items: readonly T[],
  laneOf: (item: T) => string,
  lanesMax: number,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const waiting = lanesIn(items, laneOf);
  const failures: unknown[] = [];
  const serve = async (): Promise<void> => {
    for (let lane = waiting.shift(); lane && failures.length === 0; lane = waiting.shift())
      await inOrder(lane, work).catch((error: unknown) => void failures.push(error));
  };
  await Promise.all(Array.from({ length: Math.min(lanesMax, waiting.length) }, serve));
  if (failures.length > 0) throw failures[0];
};

const lanesIn = <T>(items: readonly T[], laneOf: (item: T) => string): T[][] => {
  const lanes = new Map<string, T[]>();
  for (const item of items) {
    const lane = lanes.get(laneOf(item));
    if (lane) lane.push(item);
    else lanes.set(laneOf(item), [item]);
  }
  return [...lanes.values()];
};

const inOrder = async <T>(lane: readonly T[], work: (item: T) => Promise<void>): Promise<void> => {
  for (const item of lane) await work(item);
};
