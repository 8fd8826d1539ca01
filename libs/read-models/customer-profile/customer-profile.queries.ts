import { MANDATORY_FIELDS, ProfileField } from '@rapport/domain/values';
import {
  Count,
  keptGroups,
  OneOf,
  Optional,
  question,
  rollup,
  type Asking,
  type Group,
} from '@rapport/kernel';
import { sumOf } from '../figures';
import { profileCompleteness } from './profile-completeness.projection';

export const profileGaps = rollup(profileCompleteness, {
  name: 'profile-gaps',
  version: 2,
  about: 'How many customers lack which mandatory fields? (One group for each set of them: 32 at most.)',
  source: 'SYS-01.4',
  by: { gaps: ({ gaps }) => gaps },
  sums: { percent: ({ completenessPercent }) => completenessPercent },
  says: {
    gaps: 'The mandatory fields that say nothing, joined by commas; empty text: none',
    rows: 'Customers with exactly these gaps',
    percent: ['Their completeness added up, for a mean', '%'],
  },
});

export class ProfileGapsParams {
  /** Only customers that lack this field. */
  @Optional() @OneOf(ProfileField) field?: ProfileField;
  /** Customers listed at most. Default: 50. */
  @Optional() @Count(1, 500) limit?: number;
}

/** How complete the profiles are, and which customers lack what (SYS-01.4). */
export const profileGapsReport = question({
  name: 'profile-gaps',
  about: 'How complete the profiles are, how often each mandatory field is missing, and where.',
  params: ProfileGapsParams,
  reads: [profileCompleteness],
  answer: async ({ field, limit = 50 }: Readonly<ProfileGapsParams>, { rows }: Asking) => {
    const groups = await keptGroups(rows, profileGaps);
    const lacking = groups.filter((group) =>
      field ? gapsOf(group).includes(field) : gapsOf(group).length > 0,
    );
    const found = await rows.find(profileCompleteness.table, {
      where: [['gaps', 'in', lacking.map(({ gaps }) => String(gaps))]],
      orderBy: { column: 'completenessPercent' },
      limit,
    });
    const customers = sumOf(groups, 'rows');
    return {
      customers,
      complete:
        customers -
        sumOf(
          groups.filter((group) => gapsOf(group).length > 0),
          'rows',
        ),
      /** Mean, in per cent; null: nobody to count. */
      completenessPercent: customers === 0 ? null : Math.floor(sumOf(groups, 'percent') / customers),
      missing: MANDATORY_FIELDS.map((name) => ({
        field: name,
        customers: sumOf(
          groups.filter((group) => gapsOf(group).includes(name)),
          'rows',
        ),
      })),
      incomplete: found.map(({ key: customerId, completenessPercent, missing }) => ({
        ...{ customerId, completenessPercent, missing },
      })),
    };
  },
});

const gapsOf = ({ gaps }: Group): readonly string[] => (gaps === '' ? [] : String(gaps).split(','));
