export const LATE = Symbol('late');

/** What was asked for, or `LATE` when it takes longer: then nobody waits for it any more. */
export const inTime = async <T>(asked: Promise<T>, withinMs: number): Promise<T | typeof LATE> => {
  let late: NodeJS.Timeout | undefined;
  const patience = new Promise<typeof LATE>((resolve) => (late = setTimeout(resolve, withinMs, LATE)));
  return Promise.race([asked, patience]).finally(() => clearTimeout(late));
};
