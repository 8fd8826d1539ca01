import * as events from '@rapport/domain/events';
import { MANDATORY_FIELDS, type ProfileField } from '@rapport/domain/values';
import { integer, json, projection, text } from '@rapport/kernel';
import { completenessOf } from './customer-profile.rules';

/**
 * What each profile lacks, now and at any moment of the past. It stands apart from the profile so that its versions hold
 * no name and no number of a person: what is kept of the past cannot be forgotten by folding anew.
 */
export const profileCompleteness = projection(events, {
  name: 'profile-completeness',
  version: 1,
  about: 'How complete is each profile, and which mandatory fields are missing?',
  // prettier-ignore
  columns: {
    completenessPercent: integer().says('How many of the mandatory fields say something (SYS-01.4)', '%'),
    missing: json<readonly ProfileField[]>(MANDATORY_FIELDS).says('The mandatory fields that say nothing (SYS-01.4)'),
    gaps: text(MANDATORY_FIELDS.join()).says('The same list as one text, joined by commas, to be counted by (SYS-01.4)'),
  },
  indexes: [['gaps'], ['completenessPercent']],
  history: true,
  key: 'customerId',
}).on({
  CustomerRegistered: ({ missing }, { size }) =>
    without(missing, 'INDUSTRY', ...(size === undefined ? [] : (['SIZE'] as const))),
  CustomerProfileUpdated: ({ missing }, { field }) =>
    missing.includes(field) ? without(missing, field) : undefined,
});

const without = (missing: readonly ProfileField[], ...known: readonly ProfileField[]) => {
  const left = missing.filter((field) => !known.includes(field));
  return { missing: left, gaps: left.join(), completenessPercent: completenessOf(left) };
};
