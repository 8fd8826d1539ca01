import type { Actor } from '@rapport/kernel';

/** Roles that look and do not act, or look after the machines and not the customers: nobody of them may send a command (default permission matrix, SYS-58). */
const READ_ONLY: ReadonlySet<string> = new Set(['ANALYST', 'AUDITOR', 'DATA_SECURITY_REGULATOR', 'OPERATOR']);
/** Roles that meet the customer, and so may read what names a person in clear. All others see that it is sealed. */
const READS_PERSONAL: ReadonlySet<string> = new Set([
  ...['SERVICE_SPECIALIST', 'ACCOUNT_MANAGER', 'CUSTOMER_SUCCESS_MANAGER', 'SALES_CONSULTANT'],
  ...['SUPERVISOR', 'DEPARTMENT_HEAD', 'CRM_MANAGER'],
]);

export const maySendCommands = ({ role }: Actor): boolean => !READ_ONLY.has(role);
export const mayReadPersonal = ({ role }: Actor): boolean => READS_PERSONAL.has(role);
