import { scenario } from '@rapport/kernel/spec';
import { BUILT_IN_POLICY } from './slapolicy.builtin.rules';
import { PublishSlaPolicy, RetireSlaPolicy } from './slapolicy.commands';
import { slaPolicy } from './slapolicy.decider';
import { SlaPolicyPublished, SlaPolicyRetired } from './slapolicy.events';
import { SLA_VERSIONS_MAX, type SlaRule } from './slapolicy.values';
import { BUILT_IN_CALENDAR } from './workingcalendar.builtin.rules';
import type { CalendarVersion } from './workingcalendar.inforce.rules';

const NOW = '2024-03-01T09:00:00.000Z';
const APRIL = '2024-04-01T00:00:00.000Z';
const MAY = '2024-05-01T00:00:00.000Z';
const as = (role: string) => scenario(slaPolicy, { now: NOW, actor: { id: 'mia', role } });
const { given } = as('CRM_MANAGER');
const { rules, ladder } = BUILT_IN_POLICY;
const content = { policyId: 'default', basis: 'quarterly review', rules };

const publish = (change: Partial<PublishSlaPolicy> = {}) => PublishSlaPolicy.of({ ...content, ...change });
const published = (version: number, effectiveFrom = NOW, supersedes = version - 1, calendarId = 'default') =>
  SlaPolicyPublished.of({
    ...{ ...publish(), calendarId, ladder, version, effectiveFrom, supersedes },
  });
const knowing = (...versions: readonly Partial<CalendarVersion>[]) => ({
  calendar: {
    versions: versions.map((it) => ({ ...BUILT_IN_CALENDAR, version: 2, effectiveFrom: NOW, ...it })),
  },
});
const changed = (id: string, moment: SlaRule['moment'], change: Partial<SlaRule>): readonly SlaRule[] =>
  rules.map((rule) => (rule.id === id && rule.moment === moment ? { ...rule, ...change } : rule));

describe('publishing a policy (SYS-20.1)', () => {
  it('makes the next version effective, now or from a given time; version 1 is built in', () => {
    given().when(publish(), knowing()).then(published(2));
    given(published(2))
      .when(publish({ effectiveFrom: APRIL }), knowing())
      .then(published(3, APRIL));
  });
  it('the same again changes nothing', () => {
    given(published(2)).when(publish(), knowing()).thenNothing();
    given(published(2, APRIL))
      .when(publish({ effectiveFrom: APRIL }), knowing())
      .thenNothing();
  });
  it('the same again after it was retired is a new version', () => {
    given(published(2), retired(2))
      .when(publish(), knowing())
      .then(published(3, NOW, 1));
  });
  it('is for the CRM manager and senior management', () => {
    for (const role of ['SERVICE_SPECIALIST', 'SUPERVISOR', 'ANALYST', 'AUDITOR'])
      as(role).given().when(publish(), knowing()).thenRefused('ROLE_NOT_ALLOWED');
    as('SENIOR_MANAGEMENT').given().when(publish(), knowing()).then(published(2));
  });
  it('refuses two policies effective at one time', () => {
    given(published(2, APRIL)).when(publish(), knowing()).thenRefused('SLA_POLICY_OVERLAP');
    given(published(2, APRIL))
      .when(publish({ effectiveFrom: APRIL, basis: 'other' }), knowing())
      .thenRefused('SLA_POLICY_OVERLAP');
    given(published(2, MAY), retired(2, MAY))
      .when(publish({ effectiveFrom: APRIL }), knowing())
      .then(published(3, APRIL, 1));
  });
  it('refuses one for the past', () =>
    given()
      .when(publish({ effectiveFrom: '2024-03-01T08:59:59.999Z' }), knowing())
      .thenRefused('EFFECTIVE_IN_PAST'));
  it('refuses the version after a thousand', () => {
    const before = (n: number) => new Date(Date.parse(NOW) - n * 1_000).toISOString();
    const some = (n: number) => Array.from({ length: n }, (_, k) => published(k + 2, before(n - k)));
    const last = given(...some(SLA_VERSIONS_MAX - 1)).when(publish({ basis: 'another' }), knowing());
    expect(last.decided()).toHaveLength(1);
    given(...some(SLA_VERSIONS_MAX))
      .when(publish({ basis: 'another' }), knowing())
      .thenRefused('SLA_POLICIES_FULL');
  });
  it('refuses zero duration', () =>
    given()
      .when(
        publish({
          rules: changed('SLA-ANY', 'FIRST_RESPONSE', { within: { kind: 'CONTINUOUS', minutes: 0 } }),
        }),
      )
      .thenRefused('DURATION_ZERO'));
  it('refuses minutes where days are counted, and nothing at all', () => {
    for (const within of [
      { kind: 'WORKING_DAY', minutes: 60 },
      { kind: 'CONTINUOUS', days: 1 },
      { kind: 'CONTINUOUS', minutes: 60, days: 1 },
      { kind: 'CALENDAR_DAY' },
    ] as const)
      given()
        .when(publish({ rules: changed('SLA-ANY', 'FIRST_RESPONSE', { within }) }))
        .thenRefused('DURATION_UNIT');
    given()
      .when(
        publish({
          rules: changed('SLA-ENQ', 'PLAN', { within: { kind: 'SERVICE_WINDOW', minutes: 44_641 } }),
        }),
      )
      .thenRefused('DURATION_TOO_LONG');
  });
  it('refuses moments and calendars that nobody knows', () => {
    const unknown = { moment: 'LUNCH' } as unknown as Partial<SlaRule>;
    expect(() =>
      given()
        .when(publish({ rules: changed('SLA-ANY', 'FIRST_RESPONSE', unknown) }))
        .decided(),
    ).toThrow();
    given()
      .when(publish({ calendarId: 'berlin' }), knowing())
      .thenRefused('CALENDAR_UNKNOWN');
    given()
      .when(publish({ calendarId: 'berlin' }), knowing({ calendarId: 'berlin', effectiveFrom: APRIL }))
      .thenRefused('CALENDAR_UNKNOWN');
    given()
      .when(publish({ calendarId: 'berlin' }), knowing({ calendarId: 'berlin' }))
      .then(published(2, NOW, 1, 'berlin'));
  });
  it('refuses no rules, a rule that stands twice, and the ids of promises', () => {
    given()
      .when(publish({ rules: [] }))
      .thenRefused('POLICY_EMPTY');
    given()
      .when(publish({ rules: [...rules, ...rules.slice(0, 1)] }))
      .thenRefused('RULE_LISTED_TWICE');
    given()
      .when(publish({ rules: changed('SLA-ANY', 'FIRST_RESPONSE', { id: 'PROMISE:fast' }) }))
      .thenRefused('RULE_ID_RESERVED');
  });
  it('refuses a ladder on which senior management is called first', () =>
    given()
      .when(publish({ ladder: { ...ladder, departmentHeadAtPercent: 200 } }))
      .thenRefused('LADDER_ORDER'));
  it('refuses more limits of rounds than it can weigh', () => {
    const many = [2, 3, 4, 5, 6, 7].map((roundMin): SlaRule => ({
      ...{ id: `R${roundMin}`, match: { roundMin }, moment: 'PLAN', start: 'RAISED' },
      within: { kind: 'WORKING_DAY', days: 1 },
    }));
    given()
      .when(publish({ rules: [...rules, ...many] }))
      .thenRefused('LIMITS_TOO_MANY');
  });
});

describe('strictness (2.4, invariants 2 and 3)', () => {
  const refusedFor = (changedRules: readonly SlaRule[], ...words: readonly string[]) => {
    const when = given().when(publish({ rules: changedRules }), knowing());
    when.thenRefused('STRICTNESS_BROKEN');
    for (const word of words) expect(when.decided).toThrow(word);
  };
  it('refuses URGENT later than IMPORTANT, and names the pair', () =>
    refusedFor(
      changed('SLA-URG', 'RESOLVE', { within: { kind: 'WORKING_DAY', days: 16 } }),
      ...['RESOLVE', 'urgency URGENT', 'urgency IMPORTANT', 'SLA-IMP', '15 days of WORKING_DAY'],
    ));
  it('refuses IMPORTANT later than ROUTINE', () =>
    refusedFor(changed('SLA-ROU', 'PLAN', { within: { kind: 'WORKING_DAY', days: 2 } }), 'urgency ROUTINE'));
  it('refuses a graver complaint later than a lighter one', () =>
    refusedFor(
      changed('SLA-CMP2', 'RESOLVE', { within: { kind: 'CONTINUOUS', minutes: 72 * 60 } }),
      ...['complaintLevel SERIOUS', 'complaintLevel ORDINARY'],
    ));
  it('refuses a graver level that has no deadline where the lighter one has', () =>
    refusedFor(
      rules.filter(({ id, moment }) => id !== 'SLA-CMP3' || moment !== 'ACKNOWLEDGE'),
      ...['ACKNOWLEDGE', 'complaintLevel MAJOR', 'complaintLevel SERIOUS'],
    ));
  it('refuses a moment that the stricter case has not at all, however soon the next one is due', () =>
    refusedFor(
      [
        ...rules,
        {
          ...quick,
          match: { urgency: 'ROUTINE' },
          moment: 'ACKNOWLEDGE',
          within: { kind: 'WORKING_DAY', days: 2 },
        },
      ],
      ...['ACKNOWLEDGE', 'urgency IMPORTANT', 'urgency ROUTINE'],
    ));
  it('refuses Q2 before Q1', () =>
    refusedFor([...rules, { ...quick, match: { quadrant: 2 } }], ...['quadrant 1', 'quadrant 2']));
  it('refuses a rule for customers who are not a priority alone', () =>
    refusedFor([...rules, { ...quick, match: { priorityCustomer: false } }], 'priorityCustomer true'));
  it('refuses what holds only if no holidays come between: a working day against 48 hours', () =>
    refusedFor(
      changed('SLA-URG', 'RESOLVE', { within: { kind: 'WORKING_DAY', days: 1 } }).map((rule) =>
        rule.id === 'SLA-IMP' && rule.moment === 'RESOLVE'
          ? { ...rule, within: { kind: 'CONTINUOUS', minutes: 48 * 60 } as const }
          : rule,
      ),
    ));
  it('takes 8 service hours against a working day of 9, by this calendar', () => {
    const hours = changed('SLA-URG', 'PLAN', { within: { kind: 'SERVICE_WINDOW', minutes: 480 } });
    const day = hours.map((rule) =>
      rule.id === 'SLA-IMP' && rule.moment === 'PLAN'
        ? { ...rule, within: { kind: 'WORKING_DAY', days: 1 } as const }
        : rule,
    );
    expect(
      given()
        .when(publish({ rules: day }), knowing())
        .decided(),
    ).toHaveLength(1);
    const short = [{ weekday: 'MONDAY', opens: '09:00', closes: '16:59' }] as const;
    given()
      .when(publish({ rules: day }), knowing({ standard: short }))
      .thenRefused('STRICTNESS_BROKEN');
  });
});
const quick: SlaRule = {
  ...{ id: 'QUICK', match: {}, moment: 'FIRST_RESPONSE', start: 'RAISED' },
  within: { kind: 'CONTINUOUS', minutes: 10 },
};

const retire = (change: Partial<RetireSlaPolicy> = {}) =>
  RetireSlaPolicy.of({ policyId: 'default', version: 2, reason: 'too ambitious', ...change });
const retired = (version: number, retiredFrom = NOW, successor = version - 1) =>
  SlaPolicyRetired.of({ policyId: 'default', version, retiredFrom, successor, reason: 'too ambitious' });

describe('retiring a policy', () => {
  it('brings back the version before, in the end the one built in', () => {
    given(published(2)).when(retire()).then(retired(2));
    given(published(2), published(3, APRIL))
      .when(retire({ version: 3, retiredFrom: MAY }))
      .then(retired(3, MAY));
  });
  it('one that has not begun never begins', () => given(published(2, APRIL)).when(retire()).then(retired(2)));
  it('twice changes nothing; to another time it is refused', () => {
    given(published(2), retired(2)).when(retire()).thenNothing();
    given(published(2), retired(2, APRIL))
      .when(retire({ retiredFrom: MAY }))
      .thenRefused('SLA_POLICY_RETIRED');
  });
  it('is refused for the past, for version 1 and for what nobody knows', () => {
    given(published(2))
      .when(retire({ retiredFrom: '2024-02-01T00:00:00.000Z' }))
      .thenRefused('EFFECTIVE_IN_PAST');
    given()
      .when(retire({ version: 1 }))
      .thenRefused('SLA_POLICY_BUILT_IN');
    given().when(retire()).thenRefused('SLA_POLICY_UNKNOWN');
    as('SUPERVISOR').given(published(2)).when(retire()).thenRefused('ROLE_NOT_ALLOWED');
  });
});
