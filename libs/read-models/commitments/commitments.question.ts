import { Count, groupsBy, Id, OneOf, Optional, options, question, Text, type Group } from '@rapport/kernel';
import { linesOf, shareOf, sumOf } from '../figures';
import { periodOf, wanted } from '../period';
import { commitmentFigures, commitments } from './commitments.projection';

class UnwrittenParams {
  @Optional() @Id() makerId?: string;
  @Optional() @Id() customerId?: string;
  /** The longest list; 100 if nothing is said. */
  @Optional() @Count(1, 1_000) limit?: number;
}
const LIMIT = 100;

/** What was only said and had to be in writing by now (SYS-25): the one that has waited longest first. */
export const unwrittenCommitments = question({
  name: 'unwritten-commitments',
  about: 'Which open commitments have not been confirmed in writing within 4 hours?',
  params: UnwrittenParams,
  reads: [commitments],
  answer: async ({ makerId, customerId, limit = LIMIT }, { rows, now }) => {
    const found = await rows.find(commitments.table, {
      where: [
        ['written', '=', false],
        ['state', '=', 'OPEN'],
        ['writtenBy', '<', now],
        ...(makerId === undefined ? [] : [['makerId', '=', makerId] as const]),
        ...(customerId === undefined ? [] : [['customerId', '=', customerId] as const]),
      ],
      ...{ orderBy: { column: 'writtenBy' }, limit },
    });
    return {
      asOf: now,
      unwritten: found.map(({ key: commitmentId, ...row }) => ({ commitmentId, ...row })),
    };
  },
});

const KeepRateBy = options('MAKER', 'DEPARTMENT', 'CUSTOMER');
type KeepRateBy = keyof typeof KeepRateBy;
const COLUMNS: Readonly<Record<KeepRateBy, string>> = {
  MAKER: 'makerId',
  DEPARTMENT: 'department',
  CUSTOMER: 'customerId',
};

class KeepRateParams {
  /** MAKER if nothing is said. */
  @Optional() @OneOf(KeepRateBy) by?: KeepRateBy;
  /** Commitments due from this month on, `2024-03` (UTC). */
  @Optional() @Text(7) from?: string;
  /** Commitments due up to this month, itself included. */
  @Optional() @Text(7) to?: string;
  @Optional() @Id() makerId?: string;
  @Optional() @Id() department?: string;
  @Optional() @Id() customerId?: string;
}

/** How reliable promises are (SYS-25). What is open or was taken back counts neither as kept nor as broken. */
export const commitmentKeepRate = question({
  name: 'commitment-keep-rate',
  about: 'What share of commitments was kept, by maker, department or customer?',
  params: KeepRateParams,
  reads: [commitments],
  answer: async ({ by = 'MAKER', from, to, ...only }, { rows, now }) => {
    const where = [...periodOf(from, to).where, ...wanted(only)];
    const column = COLUMNS[by];
    const { all, lines } = await groupsBy(rows, commitmentFigures, { all: [], lines: [column] }, where);
    return {
      ...{ asOf: now, by, total: figuresOf(all) },
      lines: linesOf(lines, column, figuresOf),
    };
  },
});

const figuresOf = (groups: readonly Group[]) => {
  const sum = (column: string) => sumOf(groups, column);
  const [kept, broken] = [sum('kept'), sum('broken')];
  return {
    ...{ commitments: sum('rows'), open: sum('open'), kept, broken, fulfilledLate: sum('fulfilledLate') },
    ...{ withdrawn: sum('withdrawn'), rescheduled: sum('rescheduled') },
    keepRate: shareOf(kept, kept + broken),
  };
};
