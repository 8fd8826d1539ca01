const STEP_MS = 20;
const PATIENCE_MS = 45_000;

/** Waits until it is so; says what never came to be, instead of hanging. */
export const until = async (
  what: string,
  isSo: () => boolean | Promise<boolean>,
  patienceMs = PATIENCE_MS,
): Promise<void> => {
  for (const end = performance.now() + patienceMs; !(await isSo());) {
    if (performance.now() > end) throw new Error(`it never came to be that ${what}`);
    await new Promise((go) => setTimeout(go, STEP_MS));
  }
};
