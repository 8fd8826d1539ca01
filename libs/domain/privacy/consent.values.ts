import { options } from '@rapport/kernel';

/** What data may be used for, one consent each (SYS-55). */
export const ConsentPurpose = options(
  'SERVICE',
  'MARKETING',
  'ANALYTICS',
  'PROFILE_ENRICHMENT',
  'THIRD_PARTY_SHARING',
  'TESTIMONIAL',
);
export type ConsentPurpose = keyof typeof ConsentPurpose;
/** What the person did to consent. A box that was ticked for them is no consent. */
export const ConsentAct = options('TICKED', 'SIGNED', 'WROTE', 'SAID');
export type ConsentAct = keyof typeof ConsentAct;
/** What a form tells of it. */
export const ToldConsentAct = { ...ConsentAct, ...options('PRE_TICKED') };
export type ToldConsentAct = keyof typeof ToldConsentAct;
/** What is known of the person who consents: only an adult may allow more than SERVICE (SYS-55). */
export const ConsentSubject = options('ADULT', 'MINOR', 'UNKNOWN');
export type ConsentSubject = keyof typeof ConsentSubject;
