import { refuse, type Actor } from '@rapport/kernel';

/** May set how soon we act and when we work; an import brings what held elsewhere. */
const RULERS = new Set(['CRM_MANAGER', 'SENIOR_MANAGEMENT', 'SYSTEM', 'MIGRATION']);

/** Refuses whoever may not publish policies, promises and calendars. */
export const assertMaySetRules = ({ role }: Actor): void => {
  if (!RULERS.has(role))
    refuse(
      'ROLE_NOT_ALLOWED',
      'only the CRM manager or senior management may set policies, promises and calendars',
    );
};
