import { options } from '@rapport/kernel';

/** What a customer did with what we offer, without talking to us (SYS-10). */
export const BehaviourKind = options('PAGE_VIEW', 'FEATURE_USE', 'DOCUMENT_VISIT');
export type BehaviourKind = keyof typeof BehaviourKind;
/** Nothing that is watched lasts longer than a day at a time, in seconds. */
export const BEHAVIOUR_SECONDS_MAX = 86_400;
