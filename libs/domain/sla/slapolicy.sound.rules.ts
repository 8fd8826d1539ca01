import { reject } from '@rapport/kernel';
import { amountOf } from './calendar.rules';
import type { SlaDuration } from './sla.values';
import { PROMISE_PREFIX } from './slapolicy.inforce.rules';
import { LIMITS_MAX, limitsOf, strictnessBreach, type StrictnessBreach } from './slapolicy.strictness.rules';
import type { SlaCase, SlaLadder, SlaPolicy } from './slapolicy.values';
import type { WorkingCalendar } from './workingcalendar.values';

type Draft = Pick<SlaPolicy, 'rules' | 'ladder'>;

/** Service hours may be few a week: so many minutes of them at most, so that a deadline is never years away. */
export const SERVICE_MINUTES_MAX = 44_640;

/** Refuses rules that stand twice, give no time, or are counted in the wrong unit; and a ladder that goes down (SYS-20). */
export const assertSoundPolicy = ({ rules, ladder }: Draft): void => {
  if (rules.length === 0) reject('POLICY_EMPTY', 'rules', 'a policy needs at least one rule');
  const seen = new Set<string>();
  for (const { id, moment, within } of rules) {
    if (id.startsWith(PROMISE_PREFIX))
      reject('RULE_ID_RESERVED', 'rules', `${id}: only published promises are called so`);
    if (seen.size === seen.add(`${id} ${moment}`).size)
      reject('RULE_LISTED_TWICE', 'rules', `${id} stands twice for ${moment}`);
    assertDuration('rules', within, `${id}, ${moment}`);
  }
  for (const limit of ['roundMin', 'longerThanDays'] as const)
    if (limitsOf(rules, limit).length > LIMITS_MAX)
      reject('LIMITS_TOO_MANY', 'rules', `rules set more than ${LIMITS_MAX} different limits for ${limit}`);
  assertLadder(ladder);
};
const assertLadder = ({
  departmentHeadAtPercent: head,
  seniorManagementAtPercent: senior,
}: SlaLadder): void => {
  if (senior <= head)
    reject('LADDER_ORDER', 'ladder', 'senior management is called after the department head');
};

/** Refuses no time at all, and minutes where days are counted. */
export const assertDuration = (field: string, within: SlaDuration, of: string): void => {
  const { kind, minutes, days } = within;
  const inMinutes = kind === 'CONTINUOUS' || kind === 'SERVICE_WINDOW';
  if ((inMinutes ? days : minutes) !== undefined || (minutes ?? days) === undefined)
    reject('DURATION_UNIT', field, `${of}: ${kind} is counted in ${inMinutes ? 'minutes' : 'days'}`);
  if (amountOf(within) === 0) reject('DURATION_ZERO', field, `${of}: a duration must be longer than nothing`);
  if (kind === 'SERVICE_WINDOW' && amountOf(within) > SERVICE_MINUTES_MAX)
    reject('DURATION_TOO_LONG', field, `${of}: at most ${SERVICE_MINUTES_MAX} minutes of service time`);
};

/** What is wrong with a policy under one of the calendars it may be counted by, in a sentence; null: nothing. */
export const laxity = (
  policy: Pick<SlaPolicy, 'rules'>,
  calendars: readonly WorkingCalendar[],
  from: string,
): string | null => {
  for (const calendar of calendars) {
    const breach = strictnessBreach(policy, calendar, from);
    if (breach) return sentenceOf(breach, calendar);
  }
  return null;
};
const sentenceOf = (
  { moment, stricter, milder, rule }: StrictnessBreach,
  { calendarId, version }: WorkingCalendar,
) =>
  `${moment} of ${described(stricter, milder)} may be due later than of ${described(milder, stricter)}, ` +
  `which ${rule.id} gives ${amountOf(rule.within)} ${unitOf(rule.within)} (calendar ${calendarId}, version ${version}); ` +
  `both: ${alikeOf(stricter, milder)}`;
const unitOf = ({ kind, minutes }: SlaDuration): string =>
  `${minutes === undefined ? 'days' : 'minutes'} of ${kind}`;
const entriesOf = (of: SlaCase): readonly (readonly [string, unknown])[] =>
  Object.entries(of).filter(([, value]) => value !== undefined);
const textOf = (entries: readonly (readonly [string, unknown])[]): string =>
  entries.map(([name, value]) => `${name} ${String(value)}`).join(', ');
const described = (of: SlaCase, other: SlaCase): string =>
  `a ticket with ${textOf(entriesOf(of).filter(([name, value]) => other[name as keyof SlaCase] !== value))}`;
const alikeOf = (of: SlaCase, other: SlaCase): string =>
  textOf(entriesOf(of).filter(([name, value]) => other[name as keyof SlaCase] === value));
