import { reject } from '@rapport/kernel';
import {
  isYesProposed,
  type HandlingSuggestion,
  type RationalityTests,
  type RationalityVerdict,
  type RequiredResources,
} from './ticket.analysis.values';
import type { TicketType } from './ticket.values';

/** An assessment as far as its parts can contradict each other. */
export interface Assessment extends RationalityTests {
  readonly type: TicketType;
  readonly verdict: RationalityVerdict;
  readonly reason?: string;
  readonly suggestionCode: HandlingSuggestion;
  readonly alternative?: string;
  readonly noAlternative?: boolean;
  readonly roadmapPosition?: string;
  readonly resources: Pick<RequiredResources, 'people'> & {
    readonly budget?: { readonly minor: number };
  };
}
interface Contradiction {
  readonly code: string;
  readonly field: keyof Assessment;
  readonly sentence: string;
  readonly when: (of: Assessment) => boolean;
}

/** What makes no sense together (SYS-13.2, SYS-13.3, SYS-13.4, SYS-13.6). The first that holds is named. */
export const CONTRADICTIONS: readonly Contradiction[] = [
  {
    ...{ code: 'CONTRADICTORY_ASSESSMENT', field: 'suggestionCode' },
    sentence: 'what cannot be done cannot be satisfied at once',
    when: ({ verdict, suggestionCode }) => verdict === 'NO' && suggestionCode === 'IMMEDIATELY_SATISFIABLE',
  },
  {
    ...{ code: 'CONTRADICTORY_ASSESSMENT', field: 'noAlternative' },
    sentence: 'an alternative is named and there is none: say one of the two',
    when: ({ alternative, noAlternative }) => alternative !== undefined && noAlternative === true,
  },
  {
    ...{ code: 'REASON_MISSING', field: 'reason' },
    sentence: 'a verdict of NO or PARTIAL, or of YES although a test failed, needs a reason',
    when: (of) => of.reason === undefined && (of.verdict !== 'YES' || !isYesProposed(of)),
  },
  {
    ...{ code: 'ALTERNATIVE_MISSING', field: 'alternative' },
    sentence: 'what cannot be done as wished needs an alternative, or the word that there is none',
    when: ({ verdict, suggestionCode, alternative, noAlternative }) =>
      (verdict !== 'YES' || suggestionCode === 'NOT_NOW_ALTERNATIVE') &&
      alternative === undefined &&
      noAlternative !== true,
  },
  {
    ...{ code: 'DEPARTMENT_REPEATED', field: 'resources' },
    sentence: 'each department stands in the resources once, with all its people',
    when: ({ resources: { people } }) =>
      new Set(people.map(({ department }) => department)).size < people.length,
  },
  {
    ...{ code: 'BUDGET_NEGATIVE', field: 'resources' },
    sentence: 'a budget is nothing or more',
    when: ({ resources: { budget } }) => (budget?.minor ?? 0) < 0,
  },
  {
    ...{ code: 'NOT_A_FUNCTION', field: 'roadmapPosition' },
    sentence: 'only a FUNCTIONAL need has a place on the roadmap',
    when: ({ type, roadmapPosition }) => roadmapPosition !== undefined && type !== 'FUNCTIONAL',
  },
];

/** Refuses an assessment that contradicts itself, with the field at fault. */
export const assertConsistent = (of: Assessment): void => {
  const found = CONTRADICTIONS.find(({ when }) => when(of));
  if (found) reject(found.code, found.field, found.sentence);
};
