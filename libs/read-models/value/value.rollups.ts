import { rollup } from '@rapport/kernel';
import { revenue } from './revenue.projection';
import { value } from './value.projection';
import { patternOf } from './value.rules';

export const valueTiers = rollup(value, {
  name: 'value-tiers',
  version: 1,
  about: 'How many customers of each tier are there, how many of them buy, and how often?',
  source: 'SYS-65.3',
  by: { tier: ({ tier }) => tier },
  sums: {
    purchases: ({ purchases }) => purchases,
    buying: ({ purchases }) => Number(purchases >= 1),
    buyingAgain: ({ purchases }) => Number(purchases >= 2),
    downgradePending: ({ downgradePending }) => Number(downgradePending),
  },
  says: {
    tier: 'HIGH_VALUE, GROWTH or STANDARD',
    rows: 'Customers who bought or were scored',
    purchases: 'All that they ever bought, added up',
    buying: 'Customers who bought at least once',
    buyingAgain: 'Customers who bought at least twice (SYS-65.1)',
    downgradePending: 'Customers whom the next score may take down (SYS-36.2)',
  },
});

export const valueCohorts = rollup(value, {
  name: 'value-cohorts',
  version: 1,
  about:
    'In which months did the customers of each cohort buy? (The cohort triangle without looking at customers.)',
  source: 'SYS-65.1',
  where: ({ firstMonth }) => firstMonth !== null,
  by: {
    firstMonth: ({ firstMonth }) => firstMonth ?? '',
    pattern: ({ activeMonths }) => patternOf(activeMonths),
  },
  sums: {},
  says: {
    firstMonth: ['The month of the first purchase (UTC)', 'month'],
    pattern:
      'A mark for each month from that one to the last with a purchase: 1 where the customer bought, else 0',
    rows: 'Customers with this pattern',
  },
});

export const revenueFigures = rollup(revenue, {
  name: 'revenue-figures',
  version: 1,
  about: 'How much was paid and went back, currency by currency?',
  source: 'SYS-65.3',
  by: { currency: ({ currency }) => currency },
  sums: {
    purchases: ({ purchases }) => purchases,
    grossMinor: ({ grossMinor }) => grossMinor,
    refundedMinor: ({ refundedMinor }) => refundedMinor,
  },
  says: {
    currency: ['What it was paid in, such as CNY', 'ISO 4217'],
    rows: 'Customers who paid or got back in it',
    purchases: 'What they bought in it, added up',
    grossMinor: ['What was paid, refunds not taken off', 'minor units'],
    refundedMinor: ['What went back', 'minor units'],
  },
});
