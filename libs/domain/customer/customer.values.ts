import { options } from '@rapport/kernel';

/** Who a customer came through (SYS-01). */
export const RegistrationSource = options(
  'SALES_HANDOVER',
  'ONLINE_QUESTIONNAIRE',
  'OFFLINE_EVENT',
  'REFERRAL',
  'IMPORT',
  'OTHER',
);
export type RegistrationSource = keyof typeof RegistrationSource;

/** The contractual grade (C-11); the computed one is the value tier. */
export const CustomerGrade = options('VIP', 'REGULAR', 'PROSPECT');
export type CustomerGrade = keyof typeof CustomerGrade;

export const CompanySize = options('MICRO', 'SMALL', 'MEDIUM', 'LARGE');
export type CompanySize = keyof typeof CompanySize;

/** What a profile says about a customer and may say differently one day (SYS-01.2). */
export const ProfileField = options(
  'INDUSTRY',
  'SIZE',
  'CONSUMPTION_PREFERENCE',
  'BUSINESS_MODEL',
  'COOPERATION_HISTORY',
  'ZONE',
  'GRADE',
  'KEY_ACCOUNT',
  'STRATEGIC_PARTNER',
);
export type ProfileField = keyof typeof ProfileField;

/** A yes-or-no field of the profile as text. */
export const YesNo = options('YES', 'NO');
export type YesNo = keyof typeof YesNo;

/** A profile is complete when these say something (SYS-01.4). */
export const MANDATORY_FIELDS: readonly ProfileField[] = [
  'INDUSTRY',
  'SIZE',
  'CONSUMPTION_PREFERENCE',
  'BUSINESS_MODEL',
  'COOPERATION_HISTORY',
];

/** What a contact person decides in the customer's house (SYS-02.1). */
export const ContactRole = options(
  'DECISION_MAKER',
  'TECHNICAL_EVALUATOR',
  'DAILY_CONTACT',
  'FINANCIAL_REVIEWER',
);
export type ContactRole = keyof typeof ContactRole;

export const DEFAULT_ZONE = 'Asia/Shanghai';

const zones = new Map<string, boolean>();
const ZONES_MAX = 2_000;

/** True for an IANA time zone such as `Europe/Berlin`. */
export const isZone = (zone: string): boolean => {
  const known = zones.get(zone);
  if (known !== undefined) return known;
  if (zones.size >= ZONES_MAX) zones.clear();
  const found = inTheCalendar(zone);
  zones.set(zone, found);
  return found;
};
const inTheCalendar = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

/** A customer that gets the closer attention of C-11, by what is in the contract; the value tier adds to it. */
export const isPriorityCustomer = (of: {
  readonly grade: CustomerGrade;
  readonly keyAccount: boolean;
  readonly strategicPartner: boolean;
}): boolean => of.grade === 'VIP' || of.keyAccount || of.strategicPartner;
