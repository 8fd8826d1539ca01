import { reject } from '@rapport/kernel';
import {
  graverThan,
  ORDINARY_UNRESOLVED_HOURS,
  type ComplaintCause,
  type ComplaintFindings,
  type ComplaintLevel,
  type ToldFindings,
} from './complaint.values';

const NOTHING_FOUND: ComplaintFindings = {
  ...{ businessInterrupted: false, dataLeak: false, publicThreat: false, safety: false },
};
/** All findings after what was told now: what nobody has named was not found. */
export const findingsAfter = (
  told: ToldFindings = {},
  before: ComplaintFindings = NOTHING_FOUND,
): ComplaintFindings => {
  const { businessInterrupted, dataLeak, publicThreat, safety, personComplainedAbout: person } = told;
  return {
    businessInterrupted: businessInterrupted ?? before.businessInterrupted,
    dataLeak: dataLeak ?? before.dataLeak,
    publicThreat: publicThreat ?? before.publicThreat,
    safety: safety ?? before.safety,
    ...whoseOf(person ?? before.personComplainedAbout),
  };
};
const whoseOf = (personComplainedAbout: string | undefined) =>
  personComplainedAbout === undefined ? {} : { personComplainedAbout };

/** What a complaint is weighed by. */
export interface GradingFacts {
  readonly findings: ComplaintFindings;
  /** Grade VIP, tier HIGH_VALUE, key account or strategic partner (C-11). */
  readonly priorityCustomer: boolean;
  /** Second complaint of this customer on the same cause within 30 days. */
  readonly recurrence: boolean;
  /** Hours since it was raised, 0 once it is solved. */
  readonly unresolvedHours: number;
}
interface GradingLine {
  readonly level: ComplaintLevel;
  readonly code: string;
  readonly because: string;
  readonly when: (facts: GradingFacts) => boolean;
}

/** Raise it with every change of the table: a grade says by which version it came about. */
export const GRADING_RULE_VERSION = 1;

/** Gravest first (handbook 2.5). The first line that holds gives the level, all that hold are the reasons. */
export const gradingLines: readonly GradingLine[] = [
  {
    ...{ level: 'MAJOR', code: 'BUSINESS_INTERRUPTED', because: "the customer's business is interrupted" },
    when: ({ findings }) => findings.businessInterrupted,
  },
  {
    ...{ level: 'MAJOR', code: 'DATA_LEAK', because: 'data has leaked' },
    when: ({ findings }) => findings.dataLeak,
  },
  {
    ...{ level: 'MAJOR', code: 'PUBLIC_THREAT', because: 'law, a regulator or the media are threatened' },
    when: ({ findings }) => findings.publicThreat,
  },
  {
    ...{ level: 'MAJOR', code: 'SAFETY', because: 'the safety of people is at stake' },
    when: ({ findings }) => findings.safety,
  },
  {
    ...{ level: 'SERIOUS', code: 'PRIORITY_CUSTOMER', because: 'it comes from a priority customer' },
    when: ({ priorityCustomer }) => priorityCustomer,
  },
  {
    ...{ level: 'SERIOUS', code: 'RECURRENCE', because: 'it is the second on the same cause within 30 days' },
    when: ({ recurrence }) => recurrence,
  },
  {
    ...{ level: 'SERIOUS', code: 'UNRESOLVED', because: 'it is unresolved 24 hours after it was raised' },
    when: ({ unresolvedHours }) => unresolvedHours >= ORDINARY_UNRESOLVED_HOURS,
  },
];
const NOTHING_GRAVER = {
  level: 'ORDINARY',
  code: 'NOTHING_GRAVER',
  because: 'nothing graver was found',
} as const;

/** The level and why, in the words of the table. */
export const gradeOf = (facts: GradingFacts) => {
  const hits = gradingLines.filter(({ when }) => when(facts));
  const lines = hits.length > 0 ? hits : [NOTHING_GRAVER];
  const [gravest = NOTHING_GRAVER] = [...lines].sort((one, other) => graverThan(other.level, one.level));
  return {
    level: gravest.level,
    codes: lines.map(({ code }) => code),
    reasons: lines.map(({ because }) => because),
    ruleVersion: GRADING_RULE_VERSION,
  };
};

/** OTHER says nothing by itself: it needs words (SYS-28). */
export const assertCausesExplained = (
  causes: readonly ComplaintCause[],
  text: string | undefined,
  field: string,
): void => {
  if (causes.includes('OTHER') && text === undefined)
    reject('CAUSE_UNEXPLAINED', field, 'the cause OTHER needs words that say what it is');
};
