import { rollup } from '@rapport/kernel';
import { revenue } from './revenue.projection';
import { value } from './value.projection';
import { patternOf } from './value.rules';

/** Customers and purchases per tier. */
export const valueTiers = rollup(value, {
  name: 'value-tiers',
  version: 2,
  by: { tier: ({ tier }) => tier },
  sums: {
    purchases: ({ purchases }) => purchases,
    buying: ({ purchases }) => Number(purchases >= 1),
    buyingAgain: ({ purchases }) => Number(purchases >= 2),
    downgradePending: ({ downgradePending }) => Number(downgradePending),
  },
});

/** Customers per month of the first purchase and pattern of months: the cohort triangle without looking at customers. */
export const valueCohorts = rollup(value, {
  name: 'value-cohorts',
  version: 2,
  where: ({ firstMonth }) => firstMonth !== null,
  by: {
    firstMonth: ({ firstMonth }) => firstMonth ?? '',
    pattern: ({ activeMonths }) => patternOf(activeMonths),
  },
  sums: {},
});

/** Money per currency. */
export const revenueFigures = rollup(revenue, {
  name: 'revenue-figures',
  version: 1,
  by: { currency: ({ currency }) => currency },
  sums: {
    purchases: ({ purchases }) => purchases,
    grossMinor: ({ grossMinor }) => grossMinor,
    refundedMinor: ({ refundedMinor }) => refundedMinor,
  },
});
