import type { Projection, Question, Rollup } from '@rapport/kernel';

/** The door for the host: what we know. */
export const readModels: readonly Projection[] = [];
/** Figures over rows, kept true as rows change. */
export const rollups: readonly Rollup[] = [];
/** Reports: questions with parameters of their own. */
export const questions: readonly Question[] = [];
