import type * as commands from '@rapport/domain/commands';
import { BUILT_IN_CALENDAR, BUILT_IN_POLICY, type SlaRule } from '@rapport/domain/values';
import { Edge } from '../support/edge';
import { storyFrom, type Story } from '../support/story';

const MARCH = '2024-03-01T09:00:00.000Z';
const APRIL = '2024-04-01T00:00:00.000Z';
const MAY = '2024-05-01T00:00:00.000Z';
const mia = { 'x-actor-id': 'mia', 'x-actor-role': 'CRM_MANAGER' };
const { zone, standard, priority } = BUILT_IN_CALENDAR;
const calendar = { calendarId: 'default', zone, standard, priority, holidays: [], makeUpDays: [] };
const policy = { policyId: 'default', basis: 'review of March' };

let told: Story;
let edge: Edge;
beforeEach(async () => {
  told = await storyFrom(MARCH, { id: 'mia', role: 'CRM_MANAGER' });
  edge = await Edge.of(told.application, {}, false);
});
afterEach(() => edge.stop());

const post = async (
  type: keyof typeof commands,
  body: object,
  headers: Readonly<Record<string, string>> = mia,
) => {
  const { status, body: answer } = await edge.post(type, body, headers);
  await told.application.settle();
  return [status, answer.code];
};
const ask = async (question: string, at = '') =>
  (await edge.get(`/reports/${question}${at && `?at=${at}`}`)).body.data;
/** The built-in rules with other durations for some plans. */
const withPlans = (plans: Readonly<Record<string, SlaRule['within']>>): readonly SlaRule[] =>
  BUILT_IN_POLICY.rules.map((rule) => {
    const within = rule.moment === 'PLAN' ? plans[rule.id] : undefined;
    return within ? { ...rule, within } : rule;
  });

describe('policies, promises and calendars, published over HTTP (SYS-20)', () => {
  it('hold from their time on; what held before can be asked for ever', async () => {
    expect((await ask('sla-policy-in-force'))['version']).toBe(1);
    const rules = withPlans({ 'SLA-IMP': { kind: 'WORKING_DAY', days: 2 } });
    expect(await post('PublishSlaPolicy', { ...policy, effectiveFrom: APRIL, rules })).toEqual([
      200,
      undefined,
    ]);
    const fast = { promiseId: 'fast', text: '4-hour response', moment: 'FIRST_RESPONSE' };
    const within = { kind: 'CONTINUOUS', minutes: 240 };
    await post('DeclarePublishedPromise', { policyId: 'default', ...fast, within });
    await told.at('2024-04-02T09:00:00.000Z');
    await post('RetirePublishedPromise', {
      policyId: 'default',
      promiseId: 'fast',
      endsAt: MAY,
      reason: 'replaced',
    });
    const [now, march, may] = await Promise.all(['', MARCH, MAY].map((at) => ask('sla-policy-in-force', at)));
    expect([now, march, may].map((it) => it?.['version'])).toEqual([2, 1, 2]);
    const promised = (it: object | undefined) => JSON.stringify(it).includes('PROMISE:fast');
    expect([now, march, may].map(promised)).toEqual([true, true, false]);
  });

  it('hold holidays and make-up days by name', async () => {
    const holidays = [{ day: '2024-04-04', name: 'Qingming' }];
    const makeUpDays = [{ day: '2024-04-07', name: 'for the 5th' }];
    expect(await post('PublishWorkingCalendar', { ...calendar, holidays, makeUpDays })).toEqual([
      200,
      undefined,
    ]);
    expect(await ask('working-calendar-in-force')).toMatchObject({ version: 2, zone, holidays, makeUpDays });
    const [row] = (await edge.get('/working-calendar?calendarId=default')).body.data;
    expect(row).toMatchObject({ version: 2, holidays, makeUpDays });
  });

  it('watch over each other: a calendar by which a policy is no longer strict, a policy that a calendar makes lax', async () => {
    const rules = withPlans({
      'SLA-URG': { kind: 'SERVICE_WINDOW', minutes: 960 },
      'SLA-IMP': { kind: 'WORKING_DAY', days: 2 },
    });
    const short = { ...calendar, standard: [{ weekday: 'MONDAY', opens: '10:00', closes: '16:00' }] };
    expect(await post('PublishSlaPolicy', { ...policy, rules })).toEqual([200, undefined]);
    expect(await post('PublishWorkingCalendar', short)).toEqual([409, 'STRICTNESS_BROKEN']);
    await post('RetireSlaPolicy', { policyId: 'default', version: 2, reason: 'no' });
    expect(await post('PublishWorkingCalendar', short)).toEqual([200, undefined]);
    expect(await post('PublishSlaPolicy', { ...policy, rules, basis: 'again' })).toEqual([
      422,
      'STRICTNESS_BROKEN',
    ]);
    expect(await ask('sla-policy-in-force')).toMatchObject({ version: 1 });
  });

  it('are not for everybody', async () => {
    const ann = { 'x-actor-id': 'ann', 'x-actor-role': 'SUPERVISOR' };
    expect(await post('PublishWorkingCalendar', calendar, ann)).toEqual([409, 'ROLE_NOT_ALLOWED']);
    expect(await post('PublishSlaPolicy', { ...policy, rules: BUILT_IN_POLICY.rules }, ann)).toEqual([
      ...[409, 'ROLE_NOT_ALLOWED'],
    ]);
  });

  it('a calendar without zone is no calendar', async () => {
    const { zone: _, ...without } = calendar;
    expect((await post('PublishWorkingCalendar', without))[0]).toBe(400);
  });
});
