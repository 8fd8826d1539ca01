import { refuse, reject, stateOf, type Aggregate, type DataOf } from '@rapport/kernel';
import { alike } from './sla.alike';
import { assertMaySetRules } from './sla.roles';
import { laxity } from './slapolicy.sound.rules';
import type { SlaPolicies } from './slapolicy.inforce.rules';
import { slaPolicies } from './slapolicy.state';
import { DEFAULT_POLICY, SLA_VERSIONS_MAX } from './slapolicy.values';
import { BUILT_IN_CALENDAR } from './workingcalendar.builtin.rules';
import * as commands from './workingcalendar.commands';
import type * as events from './workingcalendar.events';
import { WorkingCalendarPublished } from './workingcalendar.events';
import { assertSoundCalendar } from './workingcalendar.sound.rules';
import { workingCalendars, type WorkingCalendars } from './workingcalendar.state';

interface Known {
  PublishWorkingCalendar: { policies: SlaPolicies };
}
type Draft = Omit<DataOf<typeof events.WorkingCalendarPublished>, 'version'>;

/** When people work: zone, windows, holidays and make-up days, version by version (2.4, SYS-20). */
export const workingCalendar: Aggregate<WorkingCalendars, typeof events, typeof commands, Known> = {
  ...workingCalendars,
  ...{ id: 'calendarId', commands },

  needs: {
    PublishWorkingCalendar: () => ({ policies: stateOf(slaPolicies, DEFAULT_POLICY) }),
  },

  decide: {
    PublishWorkingCalendar: ({ versions }, command, { now, actor, known }) => {
      assertMaySetRules(actor);
      const { effectiveFrom = now } = command;
      const draft: Draft = { ...command, effectiveFrom };
      assertSoundCalendar(draft);
      const last = versions.at(-1);
      if (last && sameVersion(last, draft, command.effectiveFrom, now)) return [];
      if (effectiveFrom < now)
        reject('EFFECTIVE_IN_PAST', 'effectiveFrom', 'what held in the past stays as it was');
      if (versions.length >= SLA_VERSIONS_MAX)
        refuse('CALENDAR_FULL', `no more than ${SLA_VERSIONS_MAX} versions are kept: begin another calendar`);
      const version = (last ?? BUILT_IN_CALENDAR).version + 1;
      assertPoliciesStayStrict(known.policies, draft, version);
      return [WorkingCalendarPublished.of({ ...draft, version })];
    },
  },
};

const sameVersion = (last: Draft, draft: Draft, asked: string | undefined, now: string): boolean =>
  (asked === undefined ? last.effectiveFrom <= now : last.effectiveFrom === asked) &&
  alike(contentOf(last), contentOf(draft));
const contentOf = ({ zone, standard, priority, holidays, makeUpDays }: Draft) => [
  ...[zone, standard, priority, holidays, makeUpDays],
];

/** A policy was found strict by the calendars of its day: it has to stay so, also one that would come back when a later one is retired. */
const assertPoliciesStayStrict = ({ versions }: SlaPolicies, draft: Draft, version: number): void => {
  const standing = versions.filter(
    ({ calendarId, retiredFrom }) =>
      calendarId === draft.calendarId && (retiredFrom === undefined || retiredFrom > draft.effectiveFrom),
  );
  for (const policy of standing) {
    const broken = laxity(policy, [{ ...draft, version }], draft.effectiveFrom);
    if (broken !== null)
      refuse('STRICTNESS_BROKEN', broken, { policyId: DEFAULT_POLICY, policyVersion: policy.version });
  }
};
