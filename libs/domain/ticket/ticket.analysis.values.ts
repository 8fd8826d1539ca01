import { Count, ListOf, Money, OneOf, Optional, options, Text, type Amount } from '@rapport/kernel';
import { Department } from './ticket.values';

/** Can it be done as it is wished? (template 2) */
export const RationalityVerdict = options('YES', 'NO', 'PARTIAL');
export type RationalityVerdict = keyof typeof RationalityVerdict;
/** What is to become of it, in the analyst's view (template 2). */
export const HandlingSuggestion = options(
  'IMMEDIATELY_SATISFIABLE',
  'NEEDS_COORDINATION',
  'NOT_NOW_ALTERNATIVE',
);
export type HandlingSuggestion = keyof typeof HandlingSuggestion;
/** What the customer says to an alternative (SYS-13). */
export const AlternativeAnswer = options('ACCEPTED', 'REJECTED');
export type AlternativeAnswer = keyof typeof AlternativeAnswer;

/** So many people of one department (SYS-13.4). */
export class PeopleNeeded {
  @OneOf(Department) department!: Department;
  @Count(0, 10_000) people!: number;
}
/** What it takes: people, technology, money. All of it may be nothing (SYS-13.4). */
export class RequiredResources {
  @ListOf(PeopleNeeded, 20) people!: readonly PeopleNeeded[];
  @Optional() @Text(2000) technology?: string;
  @Money() budget!: Amount;
}
/** The same as a command brings it: a budget that nobody names is none. */
export class ToldResources {
  @ListOf(PeopleNeeded, 20) people!: readonly PeopleNeeded[];
  @Optional() @Text(2000) technology?: string;
  @Optional() @Money() budget?: Amount;
}

/** The three tests of an assessment (SYS-13.1). */
export interface RationalityTests {
  readonly inScope: boolean;
  readonly matchesIndustryNorm: boolean;
  readonly operable: boolean;
}
/** All three tests passed: YES is proposed; otherwise a person weighs NO against PARTIAL (template 2). */
export const isYesProposed = ({ inScope, matchesIndustryNorm, operable }: RationalityTests): boolean =>
  inScope && matchesIndustryNorm && operable;
