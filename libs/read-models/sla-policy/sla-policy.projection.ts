import * as events from '@rapport/domain/events';
import type { SlaRule } from '@rapport/domain/values';
import { instant, integer, json, maybe, projection, text } from '@rapport/kernel';

/** Every version of every policy that was published, with its rules (SYS-20): what held at any time follows from it. */
export const slaPolicy = projection(events, {
  name: 'sla-policy',
  version: 1,
  about: 'Which versions of the SLA policy were published, from when to when, and with which rules?',
  // prettier-ignore
  columns: {
    policyId: text().says('Its family: default, or another one (SYS-20.1)'),
    version: integer().says('2 at first: version 1 is built in and has no row (SYS-20.1)', 'version'),
    effectiveFrom: instant().says('From then on it may hold; clocks that run keep the version they began with (SYS-20.2)'),
    retiredFrom: maybe(instant()).says('From then on the version before holds again; null: not retired (SYS-20)'),
    supersedes: integer().says('The version that would have held from then on; 1: the one built in (SYS-20.1)', 'version'),
    calendarId: text().says('The working calendar by which it counts days and windows (SYS-20.3)'),
    basis: text().says('What it rests on, in the words of whoever published it (SYS-20.1)'),
    retiredBecause: maybe(text()).says('Why it ends, in the words of whoever retired it; null: not retired (SYS-20)'),
    rules: json<readonly SlaRule[]>([]).says('For which tickets, what is due, how soon after what; the strictest wins (SYS-20.1, C-04)'),
    warnAtPercent: integer().says('When the owner is warned, as a share of the duration (SYS-22.1)', '%'),
    departmentHeadAtPercent: integer().says('When the department head is called; the supervisor is at 100 (SYS-22.2)', '%'),
    seniorManagementAtPercent: integer().says('When senior management is called (SYS-22.2)', '%'),
  },
  indexes: [['policyId', 'version']],
  history: true,
  key: 'policyId',
  per: 'policy and version',
  keys: {
    SlaPolicyPublished: ({ policyId, version }) => [`${policyId}|${version}`],
    SlaPolicyRetired: ({ policyId, version }) => [`${policyId}|${version}`],
  },
}).on({
  SlaPolicyPublished: (_, { ladder, ...version }) => {
    const { policyId, version: number, effectiveFrom, supersedes, calendarId, basis, rules } = version;
    return { policyId, version: number, effectiveFrom, supersedes, calendarId, basis, rules, ...ladder };
  },
  SlaPolicyRetired: (_, { retiredFrom, reason: retiredBecause }) => ({ retiredFrom, retiredBecause }),
});
