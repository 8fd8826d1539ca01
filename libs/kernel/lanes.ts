/** A part of the keys of a model: so many lanes, and which of them this is. */
export interface Lane {
  readonly n: number;
  readonly of: number;
}
export const ONLY: Lane = { n: 0, of: 1 };

const FNV_START = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** The lane of a key: the same in every process and for ever, or rows would have two owners. */
export const laneOf = (key: string, lanes: number): number => {
  if (lanes === 1) return 0;
  let hash = FNV_START;
  for (let n = 0; n < key.length; n++) hash = Math.imul(hash ^ key.charCodeAt(n), FNV_PRIME);
  return (hash >>> 0) % lanes;
};

/** What keeps one lane of a model: `churn-risk@1`, or `churn-risk@1#3` where there are several. */
export const laneName = (model: string, { n, of }: Lane): string => (of === 1 ? model : `${model}#${n}`);
export const lanesOf = (of: number): readonly Lane[] => Array.from({ length: of }, (_, n) => ({ n, of }));
/** Everybody who keeps a part of a model. */
export const keepersOf = (model: string, of: number): readonly string[] =>
  lanesOf(of).map((lane) => laneName(model, lane));
