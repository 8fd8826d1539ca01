import { hydrate } from '@rapport/kernel';
import { scenario } from '@rapport/kernel/spec';
import { BUILT_IN_POLICY } from './slapolicy.builtin.rules';
import type { SlaPolicies } from './slapolicy.inforce.rules';
import { SLA_VERSIONS_MAX, type SlaRule } from './slapolicy.values';
import { BUILT_IN_CALENDAR } from './workingcalendar.builtin.rules';
import { PublishWorkingCalendar } from './workingcalendar.commands';
import { workingCalendar } from './workingcalendar.decider';
import { WorkingCalendarPublished } from './workingcalendar.events';
import { calendarInForce } from './workingcalendar.inforce.rules';
import type { ServiceWindow } from './workingcalendar.values';

const NOW = '2024-03-01T09:00:00.000Z';
const APRIL = '2024-04-01T00:00:00.000Z';
const as = (role: string) => scenario(workingCalendar, { now: NOW, actor: { id: 'mia', role } });
const { given } = as('CRM_MANAGER');
const { version: _, ...content } = {
  ...BUILT_IN_CALENDAR,
  holidays: [{ day: '2024-04-04', name: 'Qingming' }],
  makeUpDays: [{ day: '2024-04-07', name: 'for the 5th' }],
};
const NO_POLICIES = { policies: { versions: [], promises: [] } };

const publish = (change: Partial<PublishWorkingCalendar> = {}) =>
  PublishWorkingCalendar.of({ ...content, ...change });
const published = (version: number, effectiveFrom = NOW) =>
  WorkingCalendarPublished.of(hydrate(WorkingCalendarPublished, { ...content, version, effectiveFrom }));
const on = (weekday: ServiceWindow['weekday'], opens: string, closes: string): ServiceWindow => ({
  ...{ weekday, opens, closes },
});
const refused = (code: string, change: Partial<PublishWorkingCalendar>) =>
  given().when(publish(change), NO_POLICIES).thenRefused(code);

describe('publishing a working calendar (SYS-20)', () => {
  it('gives the next version, now or from a given time; the first is built in', () => {
    given().when(publish(), NO_POLICIES).then(published(2));
    given(published(2))
      .when(publish({ effectiveFrom: APRIL }), NO_POLICIES)
      .then(published(3, APRIL));
  });
  it('the same again changes nothing', () => given(published(2)).when(publish(), NO_POLICIES).thenNothing());
  it('is for the CRM manager and senior management', () =>
    as('SUPERVISOR').given().when(publish(), NO_POLICIES).thenRefused('ROLE_NOT_ALLOWED'));
  it('refuses one for the past', () =>
    refused('EFFECTIVE_IN_PAST', { effectiveFrom: '2024-02-01T00:00:00.000Z' }));

  it('refuses the version after a thousand', () => {
    const some = (n: number) => Array.from({ length: n }, (_, k) => published(k + 2));
    const next = publish({ holidays: [] });
    const last = given(...some(SLA_VERSIONS_MAX - 1)).when(next, NO_POLICIES);
    expect(last.decided()).toHaveLength(1);
    given(...some(SLA_VERSIONS_MAX))
      .when(next, NO_POLICIES)
      .thenRefused('CALENDAR_FULL');
  });
  it('refuses a calendar without zone', () => {
    const { zone: __, ...without } = content;
    expect(() => given().when(hydrate(PublishWorkingCalendar, without), NO_POLICIES).decided()).toThrow();
    refused('ZONE_UNKNOWN', { zone: 'Asia/Atlantis' });
    refused('ZONE_UNKNOWN', { zone: '+08:00' });
  });
  it('takes a zone under each of its names', () => {
    for (const zone of ['Asia/Kolkata', 'Asia/Calcutta', 'UTC'])
      expect(given().when(publish({ zone }), NO_POLICIES).decided()).toHaveLength(1);
  });
  it('refuses a holiday or make-up day that is listed twice, or is both', () => {
    const [holiday = { day: '', name: '' }] = content.holidays;
    refused('HOLIDAY_LISTED_TWICE', { holidays: [holiday, { ...holiday, name: 'again' }] });
    const [makeUp = { day: '', name: '' }] = content.makeUpDays;
    refused('MAKE_UP_DAY_LISTED_TWICE', { makeUpDays: [makeUp, makeUp] });
    refused('DAY_FREE_AND_WORKED', { holidays: [{ ...makeUp, name: 'free' }] });
  });
  it('refuses a make-up day like a day that is not worked', () =>
    refused('MAKE_UP_DAY_CLOSED', { makeUpDays: [{ day: '2024-04-07', name: 'x', like: 'SUNDAY' }] }));
  it('refuses windows that overlap; those that touch are one', () => {
    const morning = on('MONDAY', '09:00', '12:00');
    refused('WINDOWS_OVERLAP', { standard: [on('MONDAY', '11:59', '18:00'), morning] });
    const two = { standard: [morning, on('MONDAY', '12:00', '18:00')] };
    expect(given().when(publish(two), NO_POLICIES).decided()).toHaveLength(1);
  });
  it('refuses windows that are no times, or end before they begin', () => {
    refused('WINDOW_MALFORMED', { standard: [on('MONDAY', '9:00', '18:00')] });
    refused('WINDOW_MALFORMED', { standard: [on('MONDAY', '09:00', '24:01')] });
    refused('WINDOW_ENDS_BEFORE_IT_BEGINS', { standard: [on('MONDAY', '18:00', '02:00')] });
    refused('WINDOW_ENDS_BEFORE_IT_BEGINS', { standard: [on('MONDAY', '09:00', '09:00')] });
  });
  it('refuses one that is hardly ever open', () =>
    refused('CALENDAR_NEVER_OPEN', { standard: [on('MONDAY', '09:00', '13:59')] }));
  it('refuses a priority window that does not contain the standard one, on any day of the week', () => {
    const priority = content.priority.filter(({ weekday }) => weekday !== 'FRIDAY');
    refused('PRIORITY_WINDOW_TOO_NARROW', { priority });
    refused('PRIORITY_WINDOW_TOO_NARROW', { priority: [...priority, on('FRIDAY', '09:01', '18:00')] });
    refused('PRIORITY_WINDOW_TOO_NARROW', { priority: [...priority, on('FRIDAY', '08:00', '17:59')] });
  });
  it('nor on a make-up day', () =>
    refused('PRIORITY_WINDOW_TOO_NARROW', {
      priority: content.priority.filter(({ weekday }) => weekday !== 'SUNDAY'),
    }));
  it('takes priority windows that touch for one', () => {
    const priority = content.priority.flatMap(({ weekday }) => [
      ...[on(weekday, '08:00', '12:00'), on(weekday, '12:00', '20:00')],
    ]);
    expect(given().when(publish({ priority }), NO_POLICIES).decided()).toHaveLength(1);
  });

  describe('by which a policy would no longer be strict', () => {
    const plans = {
      URG: { kind: 'SERVICE_WINDOW', minutes: 960 },
      IMP: { kind: 'WORKING_DAY', days: 2 },
    } as const;
    const hours = (rule: SlaRule): SlaRule => {
      const within = rule.moment === 'PLAN' && plans[rule.id.slice(4) as keyof typeof plans];
      return within ? { ...rule, within } : rule;
    };
    const rules = BUILT_IN_POLICY.rules.map(hours);
    const version = { ...BUILT_IN_POLICY, rules, version: 2, basis: 'x', effectiveFrom: NOW };
    const knowing = (change: Partial<SlaPolicies['versions'][number]> = {}) => ({
      policies: { versions: [{ ...version, ...change }], promises: [] },
    });
    const short = { standard: [on('MONDAY', '12:00', '17:00')] };

    it('is refused: 16 service hours are more than 2 working days of 5 hours', () =>
      given().when(publish(short), knowing()).thenRefused('STRICTNESS_BROKEN'));
    it('is taken where that policy is retired, or counts by another calendar', () => {
      expect(
        given()
          .when(publish(short), knowing({ retiredFrom: NOW }))
          .decided(),
      ).toHaveLength(1);
      expect(
        given()
          .when(publish(short), knowing({ calendarId: 'berlin' }))
          .decided(),
      ).toHaveLength(1);
      expect(given().when(publish(), knowing()).decided()).toHaveLength(1);
    });
  });
});

it('what is published later holds from its time on, whatever was to begin then', () => {
  const version = (number: number, effectiveFrom: string) => ({
    ...{ ...BUILT_IN_CALENDAR, version: number, effectiveFrom },
  });
  const versions = [version(2, NOW), version(3, '2024-05-01T00:00:00.000Z'), version(4, APRIL)];
  const at = (moment: string) => calendarInForce(versions, moment).version;
  expect([at('2024-02-29T00:00:00.000Z'), at(NOW), at(APRIL), at('2024-06-01T00:00:00.000Z')]).toEqual([
    1, 2, 4, 4,
  ]);
});
