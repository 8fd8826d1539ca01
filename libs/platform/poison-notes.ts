import type { Batch, Told } from '@rapport/kernel';

/** So many events that could not be read are told of a model in a minute, each with a line; of a flood, that it is one. */
const LINES_MAX = 10;
const MINUTE_MS = 60_000;

/** Tells of events that could not be read: where they stand and what broke, without saying whom they concern. */
export const poisonNotes = (tell: Told, clock: () => number = Date.now): ((batch: Batch) => void) => {
  const minutes = new Map<string, { readonly since: number; lines: number }>();
  return ({ model, failed }) => {
    for (const row of failed) {
      const known = minutes.get(model);
      const minute = known && clock() - known.since < MINUTE_MS ? known : { since: clock(), lines: 0 };
      minutes.set(model, minute);
      minute.lines++;
      if (minute.lines <= LINES_MAX) tell('warn', `${model}: ${failureIn(row)}`);
      if (minute.lines === LINES_MAX + 1) tell('warn', `${model}: more of these follow, untold for a minute`);
    }
  };
};

const failureIn = (row: Readonly<Record<string, unknown>>): string => {
  const what = String(row['errorClass'] || 'no error class');
  return `${String(row['type'])} at position ${String(row['position'])} could not be read (${what}); it is parked, and later events of its key behind it: rapport projections parked list`;
};
