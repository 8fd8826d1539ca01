import { HistoryDamaged, RowsOfAnotherShape, StandsStill, Unavailable } from '@rapport/kernel';
import type { Failure } from './words';

/** What whoever waits has to tell apart. */
const KINDS: Readonly<Record<string, new (message: string) => Error>> = {
  ...{ Unavailable, HistoryDamaged, StandsStill, RowsOfAnotherShape },
};

export const failureOf = (error: unknown): Failure => {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const [kind = 'Error'] = Object.entries(KINDS).find(([, known]) => error instanceof known) ?? [];
  return { kind, message, stack };
};
export const errorOf = ({ kind, message, stack }: Failure): Error => {
  const error = new (KINDS[kind] ?? Error)(message);
  if (stack !== undefined) error.stack = stack;
  return error;
};
