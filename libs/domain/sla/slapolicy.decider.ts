import { refuse, reject, stateOf, type Aggregate, type DataOf } from '@rapport/kernel';
import { isPublishedPromise } from '../commitment/trustrepair.values';
import { alike } from './sla.alike';
import { assertMaySetRules } from './sla.roles';
import * as commands from './slapolicy.commands';
import { BUILT_IN_POLICY } from './slapolicy.builtin.rules';
import type * as events from './slapolicy.events';
import {
  SlaPolicyPublished,
  SlaPolicyRetired,
  PublishedPromiseDeclared,
  PublishedPromiseRetired,
} from './slapolicy.events';
import {
  versionInForce,
  type PublishedPromise,
  type PolicyVersion,
  type SlaPolicies,
} from './slapolicy.inforce.rules';
import { assertDuration, assertSoundPolicy, laxity } from './slapolicy.sound.rules';
import { slaPolicies } from './slapolicy.state';
import { SLA_PROMISES_MAX, SLA_VERSIONS_MAX, type SlaRule } from './slapolicy.values';
import { calendarsFrom } from './workingcalendar.inforce.rules';
import { workingCalendars, type WorkingCalendars } from './workingcalendar.state';
import { DEFAULT_CALENDAR } from './workingcalendar.values';

interface Known {
  PublishSlaPolicy: { calendar: WorkingCalendars };
}
/** One family of policies: its versions, of which one holds at a time, and what was promised to everybody (2.4, SYS-20). */
export const slaPolicy: Aggregate<SlaPolicies, typeof events, typeof commands, Known> = {
  ...slaPolicies,
  ...{ id: 'policyId', commands },

  needs: {
    PublishSlaPolicy: (_, { calendarId = DEFAULT_CALENDAR }) => ({
      calendar: stateOf(workingCalendars, calendarId),
    }),
  },

  decide: {
    PublishSlaPolicy: ({ versions }, command, { now, actor, known }) => {
      assertMaySetRules(actor);
      const { effectiveFrom = now, ladder = BUILT_IN_POLICY.ladder, calendarId = DEFAULT_CALENDAR } = command;
      const draft = { ...command, effectiveFrom, ladder, calendarId };
      assertSoundPolicy(draft);
      const last = versions.at(-1);
      if (last && sameVersion(last, draft, command.effectiveFrom, now)) return [];
      assertNotPast('effectiveFrom', effectiveFrom, now);
      assertAlone(versions, effectiveFrom);
      assertRoom('SLA_POLICIES_FULL', versions, SLA_VERSIONS_MAX);
      assertCalendarThen(known.calendar, draft);
      const broken = laxity(draft, calendarsFrom(known.calendar.versions, effectiveFrom), effectiveFrom);
      if (broken !== null) reject('STRICTNESS_BROKEN', 'rules', broken);
      const { version: supersedes, rules: before } = versionInForce(versions, effectiveFrom);
      if (effectiveFrom <= now) assertPromised(before, draft.rules);
      return [SlaPolicyPublished.of({ ...draft, version: nextOf(versions), supersedes })];
    },

    RetireSlaPolicy: ({ versions }, command, { now, actor }) => {
      assertMaySetRules(actor);
      const { policyId, version, reason, retiredFrom = now } = command;
      if (version === BUILT_IN_POLICY.version)
        refuse('SLA_POLICY_BUILT_IN', 'version 1 is built in: publish another one');
      const found = versions.find((it) => it.version === version);
      if (!found) return refuse('SLA_POLICY_UNKNOWN', 'there is no such version', { version });
      if (found.retiredFrom !== undefined) return retiredAlready(found.retiredFrom, command.retiredFrom);
      assertNotPast('retiredFrom', retiredFrom, now);
      const others = versions.filter((it) => it.version !== version);
      const { version: successor } = versionInForce(others, retiredFrom);
      return [SlaPolicyRetired.of({ policyId, version, retiredFrom, successor, reason })];
    },

    DeclarePublishedPromise: ({ promises }, command, { now, actor }) => {
      assertMaySetRules(actor);
      const { promiseId, within, effectiveFrom = now } = command;
      assertDuration('within', within, promiseId);
      const found = promises.find((it) => it.promiseId === promiseId);
      if (found) {
        if (found.endsAt === undefined && samePromise(found, command, now)) return [];
        refuse('PROMISE_KNOWN', 'this promise was published before in other words, or was taken back', {
          promiseId,
        });
      }
      assertNotPast('effectiveFrom', effectiveFrom, now);
      assertRoom('PROMISES_FULL', promises, SLA_PROMISES_MAX);
      return [PublishedPromiseDeclared.of({ ...command, effectiveFrom })];
    },

    RetirePublishedPromise: ({ promises }, { policyId, promiseId, endsAt, reason }, { now, actor }) => {
      assertMaySetRules(actor);
      const found = promises.find((it) => it.promiseId === promiseId);
      if (!found) return refuse('PROMISE_UNKNOWN', 'there is no such promise', { promiseId });
      if (found.endsAt === endsAt) return [];
      if (found.endsAt !== undefined)
        refuse('PROMISE_RETIRED', 'this promise has an end already', { endsAt: found.endsAt });
      if (endsAt <= now)
        reject('PROMISE_END_NOT_FUTURE', 'endsAt', 'a published promise ends in the future only');
      if (endsAt <= found.effectiveFrom)
        reject('PROMISE_ENDS_BEFORE_IT_BEGINS', 'endsAt', 'the promise would end before it begins to bind');
      const { moment, within } = found;
      return [PublishedPromiseRetired.of({ policyId, promiseId, moment, within, endsAt, reason })];
    },
  },
};

/** The promise that the documents gave everybody is a rule: a policy that keeps it no longer ends it (SYS-20.4). */
const assertPromised = (before: readonly SlaRule[], after: readonly SlaRule[]): void => {
  const ended = before.find(
    (rule) => isPublishedPromise(rule.id, rule.moment) && !after.some((other) => keeps(rule, other)),
  );
  if (ended)
    reject(
      'PROMISE_END_NOT_FUTURE',
      'effectiveFrom',
      `without ${ended.id} for ${ended.moment} a published promise ends, which it may in the future only: name a later time`,
    );
};
/** It asks for no less of every ticket that the other asks it of. */
const keeps = (rule: SlaRule, other: SlaRule): boolean =>
  alike([rule.moment, rule.start, rule.match], [other.moment, other.start, other.match]) &&
  rule.within.kind === other.within.kind &&
  (other.within.minutes ?? 0) <= (rule.within.minutes ?? 0) &&
  (other.within.days ?? 0) <= (rule.within.days ?? 0);

const sameVersion = (
  last: PolicyVersion,
  draft: Publishing,
  asked: string | undefined,
  now: string,
): boolean =>
  last.retiredFrom === undefined && sameTime(last, asked, now) && alike(contentOf(last), contentOf(draft));
const contentOf = ({ basis, calendarId, rules, ladder }: Omit<Publishing, 'policyId'>) => [
  ...[basis, calendarId, rules, ladder],
];
const samePromise = (
  found: PublishedPromise,
  { text, moment, within, effectiveFrom }: Declaring,
  now: string,
): boolean =>
  alike([found.text, found.moment, found.within], [text, moment, within]) &&
  sameTime(found, effectiveFrom, now);
/** It begins when it is asked to; where nothing is asked, it has begun. */
const sameTime = (
  found: { readonly effectiveFrom: string },
  asked: string | undefined,
  now: string,
): boolean => (asked === undefined ? found.effectiveFrom <= now : found.effectiveFrom === asked);
const retiredAlready = (retiredFrom: string, asked: string | undefined): [] =>
  asked === undefined || asked === retiredFrom
    ? []
    : refuse('SLA_POLICY_RETIRED', 'this version has an end already', { retiredFrom });

const nextOf = (versions: readonly PolicyVersion[]): number =>
  (versions.at(-1) ?? BUILT_IN_POLICY).version + 1;
const assertNotPast = (field: string, at: string, now: string): void => {
  if (at < now)
    reject('EFFECTIVE_IN_PAST', field, `${field} lies in the past: what held then stays as it was`);
};
const assertRoom = (code: string, some: readonly unknown[], most: number): void => {
  if (some.length >= most) refuse(code, `no more than ${most} are kept: begin another family`);
};
/** Of two versions the one that was published later begins later, so that one of them holds at any time. */
const assertAlone = (versions: readonly PolicyVersion[], effectiveFrom: string): void => {
  const standing = versions.find(
    (it) => it.effectiveFrom >= effectiveFrom && (it.retiredFrom ?? LAST) > it.effectiveFrom,
  );
  if (standing)
    refuse(
      'SLA_POLICY_OVERLAP',
      'another version begins then or later: two would hold at one time, retire it first',
      {
        ...{ version: standing.version, effectiveFrom: standing.effectiveFrom },
      },
    );
};
/** Later than any time that is written in this form. */
const LAST = 'Z';

type Publishing = Omit<DataOf<typeof events.SlaPolicyPublished>, 'version' | 'supersedes'>;
type Declaring = DataOf<typeof commands.DeclarePublishedPromise>;
const assertCalendarThen = (
  { versions }: WorkingCalendars,
  { calendarId, effectiveFrom }: Publishing,
): void => {
  const begun = versions.some((it) => it.effectiveFrom <= effectiveFrom);
  if (calendarId !== DEFAULT_CALENDAR && !begun)
    reject('CALENDAR_UNKNOWN', 'calendarId', `there is no working calendar ${calendarId} then`);
};
