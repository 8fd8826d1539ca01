import { scenario } from '@rapport/kernel/spec';
import { ticket } from './ticket.decider';
import * as c from './ticket.greenchannel.commands';
import * as e from './ticket.greenchannel.events';
import {
  analysed,
  closed,
  formed,
  led,
  member,
  opened,
  planned,
  registered,
  T0,
} from './ticket.greenchannel.story';

const as = (role: string, id = 'ann') => scenario(ticket, { now: T0, actor: { id, role } }).given;
const given = as('SERVICE_SPECIALIST');
const value = { tier: 'STANDARD', months: [], scoredTier: 'STANDARD' };
const ofGrade = (GRADE: string) => ({
  customer: { stage: 'known', profile: { GRADE }, contacts: {} },
  value,
});
const regular = ofGrade('REGULAR');
const vip = ofGrade('VIP');
const two = [member('ann', 'CUSTOMER_SERVICE'), member('tom', 'TECHNICAL')];
const form = (more: Partial<c.FormTaskForce> = {}) =>
  c.FormTaskForce.of({ ticketId: 't-1', leaderId: 'ann', members: two, ...more });
const change = (more: Partial<c.ChangeTaskForce> = {}) =>
  c.ChangeTaskForce.of({ ticketId: 't-1', reason: 'tom is ill', ...more });
const DEPARTMENTS = ['CUSTOMER_SERVICE', 'TECHNICAL'] as const;
const force = formed({ members: two, departments: DEPARTMENTS });

describe('a task force (SYS-24)', () => {
  it('works on a green channel: leader, members and their departments', () => {
    given(registered, opened()).when(form(), regular).then(force);
    given(registered, opened(), force).when(form(), regular).thenNothing();
  });

  it('is formed without a channel for a priority customer, under the head of a department (SYS-24.2)', () => {
    const headed = { leaderId: 'hua', leaderRole: 'DEPARTMENT_HEAD' } as const;
    const care = formed({ ...headed, purpose: 'UPGRADED_CARE', members: two, departments: DEPARTMENTS });
    given(registered).when(form(headed), vip).then(care);
    given(registered).when(form(headed), regular).thenRefused('TASK_FORCE_UNFOUNDED');
    given(registered).when(form(), vip).thenRefused('LEADER_TOO_LOW');
    const [byHead] = as(
      'DEPARTMENT_HEAD',
      'hua',
    )(registered)
      .when(form({ leaderId: 'hua' }), vip)
      .decided();
    expect(byHead?.data).toMatchObject(headed);
    given(registered, care)
      .when(change({ leaderId: 'ann' }), vip)
      .thenRefused('LEADER_TOO_LOW');
    expect(
      given(registered, { ...care })
        .when(change({ members: [two[0]!] }), vip)
        .decided(),
    ).toHaveLength(1);
  });

  it('of one department does not serve a case of several', () => {
    const alone = [member('ann', 'CUSTOMER_SERVICE'), member('bea', 'CUSTOMER_SERVICE')];
    const crossing = given(registered, led, analysed, opened());
    crossing.when(form({ members: alone }), regular).thenRefused('TASK_FORCE_ONE_DEPARTMENT');
    expect(
      crossing.when(form({ members: alone, departments: ['TECHNICAL'] }), regular).decided(),
    ).toHaveLength(1);
    given(registered, led, analysed, opened(), force)
      .when(change({ members: alone }), regular)
      .thenRefused('TASK_FORCE_ONE_DEPARTMENT');
    expect(
      given(registered, led, opened())
        .when(form({ members: alone }), regular)
        .decided(),
    ).toHaveLength(1);
  });

  it('has members, each once', () => {
    given(registered, opened())
      .when(form({ members: [] }), regular)
      .thenRefused('MEMBERS_MISSING');
    given(registered, opened())
      .when(form({ members: [two[0]!, two[0]!] }), regular)
      .thenRefused('MEMBER_REPEATED');
  });

  it('is changed with a reason, which names who it was before', () => {
    const next = [two[0]!, member('tim', 'TECHNICAL')];
    const before = { fromLeaderId: 'ann', fromMembers: two, reason: 'tom is ill', changedAt: T0 };
    const { formedAt: _, ...stood } = force.data;
    const changed = e.TaskForceChanged.of({ ...stood, ...before, members: next });
    given(registered, opened(), force)
      .when(change({ members: next }), regular)
      .then(changed);
    given(registered, opened(), force, changed)
      .when(change({ members: next }), regular)
      .thenNothing();
    given(registered, opened(), force)
      .when(form({ members: next }), regular)
      .thenRefused('TASK_FORCE_EXISTS');
    given(registered, opened()).when(change(), regular).thenRefused('TASK_FORCE_UNKNOWN');
  });

  it('is done when its channel is closed', () => {
    given(registered, opened(), force, planned(T0), closed())
      .when(change({ leaderId: 'bea' }), regular)
      .thenRefused('TASK_FORCE_UNKNOWN');
  });
});
