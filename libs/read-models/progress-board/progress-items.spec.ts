import * as e from '@rapport/domain/events';
import { folded, type NewEvent } from '@rapport/kernel';
import { recorded, rowsOf } from '@rapport/kernel/spec';
import { hour, RAISED } from '../clocks.story';
import { capacity, formed, FR, green, raised, ranked, t } from './progress-board.story';
import { progressItems } from './progress-items.projection';
import { staffCapacity } from './staff-capacity.projection';

const ms = (n: number): number => Date.parse(hour(n));

describe('what there is to do (SYS-62.1)', () => {
  const { given } = rowsOf(progressItems);

  it('lies in a department, with somebody, until some time', () => {
    given(t.registered({ grade: 'VIP', priority: 1 }), t.numbered, t.owned('ann'), t.led('RND'))
      .row('t-1')
      .is({ grade: 'VIP', quadrant: 'Q1', ownerId: 'ann', department: 'RND', state: 'NEW', dueAt: null });
    const clocks = [
      t.started('PLAN', hour(72)),
      t.started(FR, hour(24), 1, { priorityCustomer: true }),
    ] as const;
    given(t.registered(), ...clocks)
      .row('t-1')
      .is({ waitsFor: 'FIRST_RESPONSE 1', dueAt: hour(24), warnAt: hour(19), priorityCustomer: true });
    given(t.registered(), ...clocks, t.met(FR, hour(24), hour(9)))
      .row('t-1')
      .is({ waitsFor: 'PLAN 1', dueAt: hour(72) });
    given(t.registered(), ...clocks, t.moved('PLAN', hour(20)))
      .row('t-1')
      .is({ waitsFor: 'PLAN 1', dueAt: hour(20) });
  });

  it('keeps each deadline by what is to come, and nothing of what is over', () => {
    const plan = [1, ms(48), ms(19)] as const;
    const [first, second] = [[1, ms(24), ms(19)] as const, [2, ms(30), ms(19)] as const];
    const clocks = [
      t.started('PLAN', hour(48)),
      t.started(FR, hour(24)),
      t.started(FR, hour(30), 2),
    ] as const;
    given(t.registered(), ...clocks)
      .row('t-1')
      .is({ waited: { PLAN: [plan], FIRST_RESPONSE: [first, second] } });
    given(t.registered(), ...clocks, t.met(FR, hour(24), hour(9)))
      .row('t-1')
      .is({ waited: { PLAN: [plan], FIRST_RESPONSE: [second] }, waitsFor: 'FIRST_RESPONSE 2' });
    given(t.registered(), ...clocks, t.met('PLAN', hour(48), hour(9)))
      .row('t-1')
      .is({ waited: { FIRST_RESPONSE: [first, second] } });
    given(t.registered(), ...clocks, t.moved(FR, hour(60)))
      .row('t-1')
      .is({
        ...{ waitsFor: 'FIRST_RESPONSE 2', dueAt: hour(30) },
        waited: { PLAN: [plan], FIRST_RESPONSE: [[1, ms(60), ms(40)], second] },
      });
    given(t.registered(), t.started(FR, hour(24)), t.met(FR, hour(24), hour(9)))
      .row('t-1')
      .is({ waited: {}, waitsFor: null, dueAt: null, warnAt: null });
  });

  it('waits first for what was told first, where several things are due at the same instant', () => {
    const step = t.step(2, 'INTAKE', { nextNode: 'x', nextDue: hour(48) });
    const both = [t.started('RESOLVE', hour(48)), t.started('PLAN', hour(48))] as const;
    given(t.registered(), ...both, step)
      .row('t-1')
      .is({ waitsFor: 'RESOLVE 1', dueAt: hour(48) });
    given(t.registered(), ...both, t.moved('RESOLVE', hour(48)))
      .row('t-1')
      .is({ waitsFor: 'PLAN 1', dueAt: hour(48) });
    given(t.registered(), step, ...both)
      .row('t-1')
      .is({ waitsFor: 'NEXT_NODE', dueAt: hour(48) });
    given(t.registered(), step, ...both, t.delivered(9))
      .row('t-1')
      .is({ waitsFor: 'RESOLVE 1', dueAt: hour(48) });
  });

  it('stays the very row when something ends that it did not wait for, so that no version is made of it', () => {
    const row = given(t.registered(), t.started('PLAN', hour(48)))
      .row('t-1')
      .value();
    const after = (event: NewEvent) => folded(progressItems, row, 't-1', recorded(event, 0));
    expect(after(t.met(FR, hour(24), hour(9)))).toBe(row);
    expect(after(t.cancelled(FR, hour(24)))).toBe(row);
    expect(after(t.met('PLAN', hour(48), hour(9)))).not.toBe(row);
  });

  it('waits for the next step too, until it is done', () => {
    const step = t.step(2, 'INTAKE', { nextNode: 'evaluation', nextDue: hour(10) });
    given(t.registered(), step)
      .row('t-1')
      .is({ nextNode: 'evaluation', waitsFor: 'NEXT_NODE', dueAt: hour(10) });
    given(t.registered(), step, t.step(9, 'x')).row('t-1').is({ nextNode: null, dueAt: null });
    given(t.registered(), step, t.delivered(9)).row('t-1').is({ dueAt: null, state: 'SOLVED' });
  });

  it('waits for nothing while only the customer can go on', () => {
    const plan = t.started('PLAN', hour(72));
    given(t.registered(), plan, t.waits, t.paused('PLAN', hour(72)))
      .row('t-1')
      .is({ state: 'WAITING', dueAt: null });
    given(t.registered(), plan, t.waits, t.paused('PLAN', hour(72)), t.resumed, t.goesOn('PLAN', hour(73)))
      .row('t-1')
      .is({ state: 'WORKING', dueAt: hour(73) });
    given(t.registered(), t.delivered(4), t.waits, t.resumed).row('t-1').is({ state: 'SOLVED' });
    given(t.registered(), plan, t.cancelled('PLAN', hour(72)))
      .row('t-1')
      .is({ dueAt: null });
  });

  it('stays what it waits for when it was missed, until it is reached late', () => {
    const late = [t.started(FR, hour(24)), t.breached(FR, hour(24))] as const;
    given(t.registered(), ...late)
      .row('t-1')
      .is({ dueAt: hour(24), breaches: 1 });
    given(t.registered(), ...late, t.metLate(FR, hour(24), hour(30)))
      .row('t-1')
      .is({ dueAt: null, breaches: 1 });
  });

  it('shows how pressing it is, and who is called to it', () => {
    given(t.registered(), ranked({}, 'Q1'), raised({}, 'MAJOR'), green({}), formed({}, 'ann', 'tom'))
      .row('t-1')
      .is({ quadrant: 'Q1', complaintLevel: 'MAJOR', green: true, force: ['ann', 'tom'] });
    const over = e.GreenChannelClosed.of({
      ...{ ...t.of, cause: 'BY_HAND', openedAt: hour(1), planBy: hour(3), end: 'RESTORED', planLate: false },
      closedAt: hour(5),
    });
    given(t.registered(), green({}), formed({}, 'ann'), over).row('t-1').is({ green: false, force: [] });
  });

  it('shows the highest level that is called to it, of all that wait', () => {
    const call = (escalation: number, level: 'SUPERVISOR' | 'DEPARTMENT_HEAD') => ({
      ...{ ticketId: 't-1', customerId: 'c-1', raisedAt: RAISED, escalation, level },
      ...{ urgency: 'ROUTINE' as const, escalatedAt: hour(24) },
    });
    const escalated = (...of: Parameters<typeof call>) =>
      e.TicketEscalated.of({ ...call(...of), trigger: 'CUSTOMER', reason: 'x', priorityCustomer: false });
    const settled = (...of: Parameters<typeof call>) =>
      e.EscalationResolved.of({ ...call(...of), note: 'x', resolvedAt: hour(25) });
    const both = [escalated(1, 'SUPERVISOR'), escalated(2, 'DEPARTMENT_HEAD')] as const;
    given(t.registered(), ...both)
      .row('t-1')
      .is({ escalatedTo: 'DEPARTMENT_HEAD' });
    given(t.registered(), ...both, settled(2, 'DEPARTMENT_HEAD'))
      .row('t-1')
      .is({ escalatedTo: 'SUPERVISOR' });
    given(t.registered(), ...both, settled(1, 'SUPERVISOR'))
      .row('t-1')
      .is({ escalatedTo: 'DEPARTMENT_HEAD' });
    given(t.registered(), escalated(1, 'SUPERVISOR'), settled(1, 'SUPERVISOR'))
      .row('t-1')
      .is({ calls: {}, escalatedTo: null });
    given(t.registered(), escalated(1, 'SUPERVISOR'), escalated(1, 'DEPARTMENT_HEAD'))
      .row('t-1')
      .is({ calls: { DEPARTMENT_HEAD: [1] } });
    given(t.registered(), ...both, escalated(1, 'DEPARTMENT_HEAD'))
      .row('t-1')
      .is({ calls: { DEPARTMENT_HEAD: [1, 2] } });
    given(t.registered(), ...both, escalated(1, 'DEPARTMENT_HEAD'), settled(2, 'DEPARTMENT_HEAD'))
      .row('t-1')
      .is({ calls: { DEPARTMENT_HEAD: [1] }, escalatedTo: 'DEPARTMENT_HEAD' });
  });

  it('is gone with its ticket, and back with it', () => {
    const after = [
      t.breached(FR, hour(24)),
      t.metLate(FR, hour(24), hour(91)),
      t.numbered,
      raised({}, 'MAJOR'),
    ] as const;
    given(t.registered(), t.started(FR, hour(24)), t.closed, ...after)
      .row('t-1')
      .isGone();
    given(t.registered(), t.withdrawn).row('t-1').isGone();
    given(t.registered(), t.closed, t.reopened)
      .row('t-1')
      .is({ state: 'WORKING', ownerId: 'bob', dueAt: null });
    const vip = e.TicketReopened.of({ ...t.reopened.data, grade: 'VIP' });
    const clock = t.started(FR, hour(120), 2, { complaintLevel: 'MAJOR', priorityCustomer: true });
    given(t.registered({ grade: 'VIP' }), raised({}, 'MAJOR'), t.closed, vip, clock)
      .row('t-1')
      .is({ grade: 'VIP', complaintLevel: 'MAJOR', priorityCustomer: true });
    given(t.registered(), t.delivered(3), t.again).row('t-1').is({ state: 'WORKING', solved: false });
    const says = e.CustomerReportedDissatisfied.of({ ...t.of, reason: 'x', reportedAt: hour(80), round: 1 });
    given(t.registered(), t.delivered(3), says).row('t-1').is({ state: 'WORKING', solved: false });
    const confirmed = e.CustomerConfirmedSatisfied.of({ ...t.of, confirmedAt: hour(80), round: 1 });
    given(t.registered(), t.delivered(3), confirmed).row('t-1').is({ state: 'CONFIRMED' });
  });
});

describe('what somebody can do at a time', () => {
  it('is as it was said last (SYS-62.3)', () => {
    const { given } = rowsOf(staffCapacity);
    given(capacity('ann', 8), capacity('ann', 5))
      .row('ann')
      .is({ capacity: 5, department: 'RND', setById: 'uma' });
  });
});
