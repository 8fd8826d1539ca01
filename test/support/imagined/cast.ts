import type { Actor } from '@rapport/kernel';
import { Department, type ComplaintCause } from '@rapport/domain/values';
import type { Dice } from './dice';

const numbered = (count: number, name: (n: number) => string): readonly string[] =>
  Array.from({ length: count }, (_, n) => name(n + 1));

const BRANCHES = ['Retail', 'Machinery', 'Logistics', 'Chemistry', 'Software', 'Food', 'Energy', 'Health'];
const KINDS = ['wholesale', 'parts', 'services', 'equipment', 'trade', 'consulting', 'rental', 'research'];
const REGIONS = ['north', 'south', 'east', 'west', 'inland'];
/** Some three hundred, as a business directory has them. */
export const INDUSTRIES: readonly string[] = BRANCHES.flatMap((branch) =>
  KINDS.flatMap((kind) => REGIONS.map((region) => `${branch} ${kind} ${region}`)),
);
/** The house's own departments, and the groups of a help desk. */
export const DEPARTMENTS: readonly string[] = [
  ...Object.keys(Department),
  ...numbered(240, (n) => `GROUP.${String(n).padStart(3, '0')}`),
];
export const PRODUCTS = numbered(300, (n) => `Article ${1_000 + n}`);
export const PAGES = numbered(500, (n) => `/help/topic-${n}`);
export const FEATURES = numbered(80, (n) => `feature ${n}`);

const staff = (role: string, count: number): readonly Actor[] =>
  numbered(count, (n) => `${role.toLowerCase().replaceAll('_', '-')}.${n}`).map((id) => ({ id, role }));
export const SPECIALISTS = staff('SERVICE_SPECIALIST', 300);
export const SUPERVISORS = staff('SUPERVISOR', 30);
export const HEADS = staff('DEPARTMENT_HEAD', 12);
export const SENIORS = staff('SENIOR_MANAGEMENT', 4);
export const CRM_MANAGERS = staff('CRM_MANAGER', 12);
export const SHOP: Actor = { id: 'shop', role: 'SYSTEM' };
export const TRACKER: Actor = { id: 'tracker', role: 'SYSTEM' };

/** Single causes, and the combinations in which they are told: several hundred in all. */
const CAUSES: readonly ComplaintCause[] = [
  ...(['LATE_DELIVERY', 'PRODUCT_FAULT', 'SLOW_RESPONSE', 'POOR_QUALITY', 'BROKEN_PROMISE'] as const),
  ...(['EXECUTION_ERROR', 'INSUFFICIENT_COMMUNICATION', 'RETURN_EXCHANGE', 'SYSTEM_OUTAGE'] as const),
  ...(['OPERATION_COMPLEXITY', 'HIDDEN_FEE', 'PROMOTION_DISPUTE', 'DISHONEST_QUOTE'] as const),
  ...(['CULTURE_COMPLIANCE', 'STAFF_NON_BUSINESS', 'OTHER'] as const),
];
const CAUSES_TOLD = [
  [0.62, 1],
  [0.28, 2],
  [0.1, 3],
] as const;
export const causesOf = (dice: Dice): readonly ComplaintCause[] => {
  const count = dice.weighed(CAUSES_TOLD);
  return [...new Set(Array.from({ length: count }, () => dice.skewed(CAUSES)))];
};

const WHO = ['The export', 'Order entry', 'The delivery', 'The invoice', 'The new release', 'The login'];
const WHAT = [
  ...['stops half way', 'shows last month’s figures', 'came two days late', 'misses a page', 'takes minutes'],
  ...['asks for a code that nobody has', 'differs from the offer', 'cannot be opened', 'was sent twice'],
];
const THEN = ['', ' since Monday', ' in both branches', ' when several people work at once', ' again'];

/** What a customer says, between a sentence and a paragraph. */
export const words = (dice: Dice): string =>
  Array.from(
    { length: dice.int(1, 3) },
    () => `${dice.of(WHO)} ${dice.of(WHAT)}${dice.of(THEN)}, article ${dice.int(1_000, 9_999)}.`,
  ).join(' ');

const FIRST = [
  'North',
  'Bright',
  'Silver',
  'Harbour',
  'Green',
  'Stone',
  'River',
  'Summit',
  'Orchard',
  'Iron',
];
const SECOND = ['field', 'line', 'works', 'gate', 'mark', 'bridge', 'wood', 'point', 'lake', 'forge'];
export const companyName = (dice: Dice, n: number): string => `${dice.of(FIRST)}${dice.of(SECOND)} ${n} Ltd`;
const GIVEN = ['Ann', 'Bo', 'Chen', 'Dora', 'Emil', 'Fang', 'Gita', 'Hugo', 'Ines', 'Jin'];
const FAMILY = ['Albers', 'Bauer', 'Costa', 'Diaz', 'Ek', 'Fu', 'Graf', 'Hu', 'Iqbal', 'Jansen'];
export const personName = (dice: Dice): string => `${dice.of(GIVEN)} ${dice.of(FAMILY)}`;
