/** Day, month, year, hour, minute, second as they are written. */
export type Parts = readonly number[];

export interface Reading {
  /** Day and month stand in each other's place wherever both readings are dates. */
  readonly swapped: boolean;
  readonly findings: readonly (readonly [finding: string, times: number])[];
}

const isAmbiguous = ([day = 0]: Parts): boolean => day <= 12;

/**
 * A day above 12 cannot be a month: those dates are sure. The others are taken as swapped when all of them fall between
 * the first and the last month of the sure ones that way, and some of them do not as they are written.
 */
export const readingOf = (dates: readonly Parts[]): Reading => {
  const sure = dates.filter((date) => !isAmbiguous(date)).map(monthOf);
  const unsure = dates.filter(isAmbiguous);
  const [from, to] = [Math.min(...sure), Math.max(...sure)];
  const fits = (month: number): boolean => month >= from && month <= to;
  const asWritten = unsure.filter((date) => fits(monthOf(date))).length;
  const swapped =
    unsure.length > 0 && unsure.every((date) => fits(monthOf(turned(date)))) && asWritten < unsure.length;
  const turnedAround = unsure.filter(([day, month]) => day !== month).length;
  return {
    swapped,
    findings: [
      ['dates with a day above 12: these are sure', sure.length],
      ['dates that could be read both ways', unsure.length],
      ['of these, within the months of the sure ones as written', asWritten],
      [
        swapped
          ? 'dates whose day and month were swapped back: only so they all lie within the months of the sure ones'
          : 'dates left as they are written, although day and month could be swapped',
        turnedAround,
      ],
    ],
  };
};

/** Year first, as the reading says. */
export const datedAs = (date: Parts, swapped: boolean): Parts => {
  const [day = 0, month = 0, year = 0, ...time] = swapped && isAmbiguous(date) ? turned(date) : date;
  return [year, month, day, ...time];
};

const turned = ([day = 0, month = 0, ...rest]: Parts): Parts => [month, day, ...rest];
/** Months counted on, so that years do not matter. */
const monthOf = ([, month = 0, year = 0]: Parts): number => year * 12 + month;
